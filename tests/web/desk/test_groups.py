"""Receiving by list through the page: the empty sheet, wrong lines named, the codes and the slip."""

from __future__ import annotations

import io

from app.adapters.spreadsheet import Column, Sheet, xlsx
from app.domain.group_list import heads
from tests.web.desk.test_every_page import problems_of
from tests.web.desk.worker import Worker

PAGE = "/mot-cua/tiep-nhan/danh-sach"


OWN = ({"key": "papers", "label": "Giấy tờ cần chứng thực", "required": True},)


def workbook(*rows: tuple[str, ...]) -> tuple[io.BytesIO, str]:
    columns = tuple(Column(head) for head in heads(OWN))
    return io.BytesIO(xlsx(Sheet("Danh sách", (), columns, rows))), "danh-sach.xlsx"


def test_a_list_from_the_empty_sheet_to_the_slip(clerk: Worker):
    sheet = clerk.client.get(f"{PAGE}/mau.xlsx?thu_tuc=tthn")
    assert sheet.data.startswith(b"PK")
    clerk.open(PAGE)
    token = clerk.hidden("token")
    typed = {"token": token, "procedure": "sy", "representative": "Đỗ Văn Nháp", "papers_there": "y"}
    sheet_with_faults = workbook(("Lò Thị Mai", "", "1990", "", "", "", "Bằng"), ("", "12", "", "", "", "", "Bằng"))
    wrong = clerk.send(PAGE, **typed, file=sheet_with_faults)
    assert wrong.status_code == 422
    assert problems_of(wrong.text) == []
    assert ">3</td><td>Họ và tên" in wrong.text
    unread = clerk.send(PAGE, **typed, file=(io.BytesIO(b"not a sheet \x00\xff"), "x.xlsx"))
    assert unread.status_code == 422
    two = workbook(("Lò Thị Mai", "", "1990", "", "", "", "Bằng"), ("Y Blok", "", "", "Nam", "", "", "Bằng"))
    done = clerk.send(PAGE, **typed, file=two)
    assert "2 hồ sơ" in done.text
    assert problems_of(done.text) == []
    assert clerk.client.get(f"{clerk.where()}.pdf").data.startswith(b"%PDF")
    assert clerk.send(PAGE, **typed).status_code == 422  # no file
