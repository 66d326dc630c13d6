"""Two copies on one sheet, boxes kept free for signatures, long registers."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from app.adapters.fonts import FontsMissing, Tinos
from app.adapters.pdf_sheets import page_of
from app.domain.documents import ListedPaper, ReceiptPair, ReceiptSheets
from signing.places import box_kept_free
from tests.documents.samples import RECEIPT
from tests.documents.samples_a4 import register
from tests.support.pdf_pages import page_count, to_png


def test_a_long_list_puts_each_copy_on_two_halves(printer, text_of):
    papers = tuple(ListedPaper(f"Giấy tờ số {number} theo quy định") for number in range(1, 21))
    pdf = printer.render(ReceiptPair(replace(RECEIPT, papers=papers)))
    assert page_count(pdf) == 2
    text = text_of(pdf)
    assert text.count("Giấy tờ số 20") == 2
    assert text.count("(tiếp theo)") == 2


def test_nothing_is_cut_at_the_middle_of_the_sheet(drawn):
    picture = Image.open(BytesIO(to_png(drawn("mau-01-hai-lien"), dpi=100))).convert("L")
    middle = picture.width // 2
    strip = picture.crop((middle - 12, 60, middle + 12, picture.height - 60))
    assert min(strip.tobytes()) == 255


@pytest.mark.parametrize(
    ("name", "box", "least"),
    [
        ("ket-qua-quyet-dinh", "o-ky", (153, 84)),
        ("ket-qua-quyet-dinh", "o-so", (100, 12)),
        ("ket-qua-quyet-dinh", "o-ngay", (160, 12)),
        ("mau-04", "o-ky", (200, 67)),
        ("mau-03", "o-ky", (150, 39)),
        ("bieu-06a", "o-ky", (200, 56)),
    ],
)
def test_boxes_are_free_and_large_enough(drawn, name, box, least):
    place = box_kept_free(drawn(name), box)
    assert (place.box.width, place.box.height) >= least
    assert ink_inside(drawn(name), place) == 0


def ink_inside(pdf: bytes, place) -> int:
    """Dark points inside a box of a 72-dpi picture."""
    picture = Image.open(BytesIO(to_png(pdf, place.page, dpi=72))).convert("L")
    inside = (place.box.left + 1, picture.height - place.box.top + 1)
    corner = (place.box.right - 1, picture.height - place.box.bottom - 1)
    return sum(point < 128 for point in picture.crop((*map(int, inside), *map(int, corner))).tobytes())


def test_an_anchor_that_is_not_there_is_named(drawn):
    with pytest.raises(KeyError, match="nowhere"):
        page_of(drawn("mau-03"), "nowhere")


def test_a_long_register_has_every_row_its_heading_and_page_numbers(printer, text_of):
    week = register(250)
    rows = (replace(week.rows[0], applicant="<b>{{7*7}}</b> & Mẫu", address="x" * 5_000), *week.rows[1:])
    text = text_of(printer.render(replace(week, rows=rows)))
    assert all(row.code in text for row in rows)
    assert "<b>{{7*7}}</b>" in text
    assert text.replace(" ", "").count("x") >= 5_000
    assert text.count("Nhận và trả kết quả") == page_count(printer.render(replace(week, rows=rows)))


def test_a_register_without_rows_says_so(printer, text_of):
    assert "Không phát sinh hồ sơ trong kỳ." in text_of(printer.render(register(0)))


def test_missing_fonts_are_named_with_a_way_on(tmp_path):
    with pytest.raises(FontsMissing, match=r"Tinos-Bold\.ttf.*fonts-croscore"):
        Tinos.open(tmp_path)


@pytest.mark.parametrize("papers", [2, 30])
def test_on_a5_no_leaf_carries_both_copies(printer, text_of, papers):
    listed = tuple(ListedPaper(f"Giấy tờ số {number}, bản chính để đối chiếu") for number in range(papers))
    pdf = printer.render(ReceiptSheets(replace(RECEIPT, papers=listed)))
    with pikepdf.open(BytesIO(pdf)) as document:
        pages = len(document.pages)
    fronts = [page for page in range(pages) if "Liên 2" in page_text(pdf, page)]
    assert min(fronts) % 2 == 0  # counted from nought: the front of a leaf
    assert all("Liên 1" not in page_text(pdf, page) for page in fronts)


def page_text(pdf, page):
    document = pypdfium2.PdfDocument(pdf)
    try:
        return document[page].get_textpage().get_text_range()
    finally:
        document.close()
