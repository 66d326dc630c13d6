"""Scanning at the desk: handed in, watched, compared, found by words; a wrong file changes nothing."""

from __future__ import annotations

import io
import re

from app.scheduler.table import WORKSHOP
from tests.scanning import pages
from tests.support.seeded import Desk
from tests.web.desk.worker import Worker


def test_a_scan_goes_from_the_page_through_the_workshop_back_to_the_page(clerk: Worker, desk: Desk):
    code = desk.receive().code
    papers = f"/mot-cua/ho-so/{code}/so-hoa"
    clerk.open(papers)
    page = clerk.send(f"{papers}/1/quet", files=[(io.BytesIO(pages.jpeg(pages.page(dpi=110), dpi=110)), "a.jpg")])
    assert "Chờ số hóa" in page.text
    assert clerk.client.get(f"{papers}/tien-do").json["scans"][0]["state"] == "waiting"
    try:
        assert WORKSHOP.run(desk.house, desk.clock.now()) >= 1
    finally:
        WORKSHOP.close()
    page = clerk.open(papers)
    assert "Chưa đối chiếu" in page.text
    assert "125/QĐ-UBND" in clerk.shown("proposals")
    compare = re.search(r'action="([^"]+/doi-chieu)"', page.text)
    assert compare
    assert clerk.send(compare[1], number="125/QĐ-UBND", issued_on="32/13/2026").status_code == 422
    page = clerk.send(compare[1], number="125/QĐ-UBND", issued_on="12/10/2026")
    assert "Đã đối chiếu" in page.text
    assert "số 125/QĐ-UBND" in page.text
    clerk.open("/mot-cua/tim-giay")
    assert code in clerk.send("/mot-cua/tim-giay", q="cong nhan thửa đất").text
    assert "Không có giấy tờ nào" in clerk.send("/mot-cua/tim-giay", q="lâm nghiệp").text


def test_a_wrong_file_is_refused_by_name_at_once(clerk: Worker, desk: Desk):
    code = desk.receive().code
    clerk.open(f"/mot-cua/ho-so/{code}/so-hoa")
    page = clerk.send(f"/mot-cua/ho-so/{code}/so-hoa/1/quet", files=[(io.BytesIO(b"<html>%PDF-1.4"), "gia.pdf")])
    assert (page.status_code, "gia.pdf" in page.text) == (422, True)
    assert "Chờ số hóa" not in page.text
