"""The reports page: every number opens the list it was counted from; only one's own authority answers."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
import zxingcpp
from openpyxl import load_workbook
from PIL import Image

from app.domain.figures import CELLS_06A
from app.domain.rate_formulas import OTHER_READINGS, RATES
from tests.support.pdf_pages import to_png
from tests.support.seeded import COPIES, Desk
from tests.web.desk.worker import Worker

PAGE = "/mot-cua/bao-cao?tu=01/11/2026&den=30/11/2026"
LINK = re.compile(r'<a href="(/mot-cua/bao-cao/so/[^"]+)"[^>]*>([\d.]+)</a>')
COUNT = re.compile(r'data-testid="count">(?:([\d.]+), trên )?([\d.]+) hồ sơ<')


@pytest.fixture
def busy(desk: Desk) -> Desk:
    """Three dossiers received in November."""
    desk.receive()
    desk.receive()
    desk.receive(COPIES)
    return desk


def test_every_number_opens_as_many_dossiers_as_it_says(busy: Desk, clerk: Worker):
    page = clerk.open(PAGE).text
    links = [(html.unescape(address), int(text.replace(".", ""))) for address, text in LINK.findall(page)]
    printed = sum(1 for cell in CELLS_06A if cell.column)
    formulas = (*RATES, *OTHER_READINGS)
    assert len(links) == printed * 3 + 2 * len(formulas)  # two fields, the total, both counts of each rate
    assert max(count for _, count in links) == 3
    for address, count in links:
        listed = clerk.open(address).text
        told = COUNT.search(listed)
        assert told, address
        assert int(told[1] or told[2]) == count, address


def test_the_sums_are_said_on_the_page(busy: Desk, clerk: Worker):
    page = clerk.open(PAGE).text
    assert "(3) = (4) + (5) + (6): 3 = 0 + 3 + 0" in page
    assert "(3) = (7) + (11): 3 = 0 + 3" in page
    assert "không phát sinh" in page


@pytest.mark.parametrize(
    ("kind", "media", "begin"),
    [
        ("pdf", "application/pdf", b"%PDF-"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK"),
        ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", b"PK"),
        ("csv", "text/csv", b"\xef\xbb\xbfSTT"),
    ],
)
def test_the_form_as_a_file(clerk: Worker, kind: str, media: str, begin: bytes):
    answer = clerk.open(f"/mot-cua/bao-cao/06a.{kind}?tu=01/11/2026&den=30/11/2026")
    assert (answer.status_code, answer.mimetype) == (200, media)
    assert answer.data.startswith(begin)


def test_each_number_of_the_sheet_links_to_a_list_of_as_many(busy: Desk, clerk: Worker):
    sheet = load_workbook(io.BytesIO(clerk.open(PAGE.replace("?", "/06a.xlsx?")).data)).active
    links = [cell for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    assert len(links) == 3 * len(CELLS_06A)  # two fields and the total
    for cell in links[:: len(CELLS_06A) // 2]:
        told = COUNT.search(clerk.open(_inside(cell.hyperlink.target)).text)
        assert told
        assert int(told[2]) == cell.value


def test_the_paper_carries_the_address_of_its_page(busy: Desk, clerk: Worker):
    paper = clerk.open(PAGE.replace("?", "/06a.pdf?")).data
    code = zxingcpp.read_barcodes(Image.open(io.BytesIO(to_png(paper, 0, dpi=200))))[0]
    assert "06a" in clerk.open(_inside(code.text)).text


def _inside(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}"


def test_a_list_as_a_file_names_no_person(busy: Desk, clerk: Worker):
    answer = clerk.open("/mot-cua/bao-cao/so/received_total/danh-sach.csv?tu=01/11/2026&den=30/11/2026")
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert len(rows) == 4
    assert "Người nộp" not in rows[0]


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        ("tu=30/11/2026&den=01/11/2026", "không có ngày nào"),
        ("tu=32/11/2026&den=30/11/2026", "32/11/2026"),
        ("tu=01/01/1990&den=30/11/2026", "từ 2000"),
    ],
)
def test_days_that_cannot_be_are_named_and_the_page_still_counts(clerk: Worker, days: str, sentence: str):
    answer = clerk.open(f"/mot-cua/bao-cao?{days}")
    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'data-testid="form-06a"' in answer.text


def test_a_file_or_a_list_is_never_of_other_days_than_were_asked_for(clerk: Worker):
    for path in ("06a.csv", "06a.pdf", "so/pending_total", "so/pending_total/danh-sach.csv", "bieu/06b.csv"):
        page = clerk.open(f"/mot-cua/bao-cao/{path}?tu=31/02/2026&den=14/11/2026")
        assert page.status_code == 422, path
        assert "Ngày “31/02/2026” không có thật" in clerk.shown("error-message")


def test_others_figures_do_not_exist(clerk: Worker, sit_down: Callable[[str], Worker]):
    for unit in ("H99", "H99.9", "khong-co"):
        assert clerk.open(f"{PAGE}&don_vi={unit}").status_code == 404
    assert clerk.open("/mot-cua/bao-cao/so/khong-co").status_code == 404
    assert clerk.open("/mot-cua/bao-cao/06a.exe").status_code == 404
    assert sit_down("admin").open(PAGE).status_code == 403


def test_the_province_counts_everything_below_it_and_opens_no_dossier(busy: Desk, sit_down: Callable[[str], Worker]):
    province = sit_down("province")
    assert "(3) = (4) + (5) + (6): 3 = 0 + 3 + 0" in province.open(PAGE).text
    assert "(3) = (4) + (5) + (6): 3 = 0 + 3 + 0" in province.open(f"{PAGE}&don_vi=H99.105").text
    listed = province.open("/mot-cua/bao-cao/so/received_total?tu=01/11/2026&den=30/11/2026").text
    assert "H99.105-261123-0001" in listed.replace("<b>", "").replace("</b>", "")
    assert "/mot-cua/ho-so/" not in listed
