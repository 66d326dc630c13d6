"""Values of strangers on our paper: shown as they are, never run, never fetched, never over the edge."""

from __future__ import annotations

from dataclasses import replace

import pytest
from weasyprint import HTML

from app.adapters.pdf_assets import SCHEME, AssetRefusedError
from app.domain.documents import ListedPaper
from tests.documents.samples import APPLICANT, RECEIPT, REFUSAL, SUPPLEMENT_REQUEST
from tests.support.pdf_pages import page_count

HOSTILE = [
    "<script>alert(1)</script>",
    "{{7*7}} {% raw %}",
    '<img src="http://127.0.0.1:9/x.png">',
    '<link rel="stylesheet" href="file:///etc/passwd">',
    "]]> &amp; &#0; --> </title>",
]


@pytest.mark.parametrize("value", HOSTILE)
def test_markup_in_a_name_is_printed_as_text(printer, text_of, value):
    asked = len(printer.assets.refused)
    text = text_of(printer.render(replace(RECEIPT, applicant=replace(APPLICANT, name=value), procedure=value)))
    assert " ".join(value.split()) in text
    assert len(printer.assets.refused) == asked


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1:9/x.css", "https://example.com/x.css", "file:///etc/hostname", f"{SCHEME}../base.css", "x"],
)
def test_nothing_outside_the_bundle_is_loaded(printer, address):
    with pytest.raises(AssetRefusedError):
        printer.assets.fetch(address)
    assert printer.assets.refused[-1] == address


def test_even_a_careless_template_could_not_fetch(printer):
    page = '<img src="http://127.0.0.1:9/a.png"><link rel="stylesheet" href="file:///etc/passwd"><p>x</p>'
    HTML(string=page, base_url=SCHEME, url_fetcher=printer.assets).write_pdf()
    assert printer.assets.refused[-2:] == ["file:///etc/passwd", "http://127.0.0.1:9/a.png"]


ENDLESS = {"word": "x" * 5_000, "words": "Nguyễn Thị " * 450, "control": "một\x0bhai\x00ba"}


@pytest.mark.parametrize("value", ENDLESS.values(), ids=ENDLESS.keys())
@pytest.mark.parametrize("form", [RECEIPT, SUPPLEMENT_REQUEST, REFUSAL], ids=["01", "02", "03"])
def test_endless_and_broken_values_still_print(printer, text_of, form, value):
    pdf = printer.render(replace(form, applicant=replace(APPLICANT, name=value)))
    shown = text_of(pdf).replace(" ", "")
    assert shown.count("x") >= value.count("x")
    assert shown.count("Nguyễn") >= value.count("Nguyễn")
    assert page_count(pdf) < 6


def test_decomposed_vietnamese_prints_like_composed(printer, text_of):
    decomposed = "Nguye\u0302\u0303n Thi\u0323"
    text = text_of(printer.render(replace(RECEIPT, applicant=replace(APPLICANT, name=decomposed))))
    assert "Nguyễn Thị" in text or decomposed in text


def test_a_form_without_optional_parts_prints(printer, text_of):
    bare = replace(
        RECEIPT,
        applicant=replace(APPLICANT, identity_number="", address="", phone="", email=""),
        authorised=None,
        papers=(),
        why="",
        book="",
        hotline="",
        head=replace(RECEIPT.head, number="", dated=None, place="", superior=""),
    )
    text = text_of(printer.render(bare))
    assert "Thành phần hồ sơ nộp gồm: (không có)" in text
    assert "Email: (không có)" in text
    assert "Số: …………" in text


def test_the_longest_procedure_name_of_the_catalogue_wraps(printer, text_of):
    name = ("Cấp, cấp lại, điều chỉnh giấy phép theo danh mục quốc gia; " * 30)[:1_094]
    pdf = printer.render(replace(RECEIPT, procedure=name))
    assert text_of(pdf).count("điều chỉnh giấy") >= 15
    assert page_count(pdf) == 2


def test_many_components_run_on_and_signatures_stay_together(printer, text_of):
    papers = tuple(ListedPaper(f"Giấy tờ số {number}", "01 bản chính") for number in range(1, 15))
    pdf = printer.render(replace(RECEIPT, papers=papers))
    assert page_count(pdf) == 2
    second = text_of(pdf).partition("(tiếp theo)")[2]
    assert "Vào Sổ theo dõi hồ sơ" in second
    assert "NGƯỜI NỘP HỒ SƠ" in second
