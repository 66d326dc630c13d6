"""Ours beside the national portal's, and the month's report in words: every number is a cell of a form."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime

from docx import Document

from tests.support.seeded import BIRTH, COPIES, Desk
from tests.web.desk.worker import Worker
from tests.web.public.test_every_page import problems_of
from workflows.calendar import VIETNAM

DAYS = "tu=15/11/2026&den=14/12/2026"
PORTAL = f"/mot-cua/ngay-bao-cao/doi-chieu?{DAYS}"


def after_the_month(desk: Desk) -> None:
    for procedure in (BIRTH, BIRTH, COPIES):
        desk.receive(procedure)
    desk.clock.set(datetime(2026, 12, 15, 8, 30, tzinfo=VIETNAM))


def test_differences_are_told_with_sign_and_source(desk: Desk, sit_down: Callable[[str], Worker]):
    after_the_month(desk)
    clerk, leader = sit_down("clerk"), sit_down("leader")
    assert "chưa nhập" in clerk.open(PORTAL).text
    assert 'data-testid="enter-portal"' not in clerk.page.text
    assert clerk.send(PORTAL, item="portal.received_total", value="5").status_code == 403
    assert problems_of(leader.open(PORTAL).text) == []
    said = {"source": "Cổng DVCQG, màn hình báo cáo", "told_on": "15/12/2026"}
    wrong = leader.send(PORTAL, item="portal.received_total", value="năm", **said)
    assert (wrong.status_code, 'value="năm"' in wrong.text) == (422, True)
    leader.send(PORTAL, item="portal.received_total", value="5", **said)
    assert "Đã ghi số liệu." in leader.page.text
    assert "-2" in leader.shown("portal-cells")
    assert "màn hình báo cáo, ngày 15/12/2026" in leader.shown("portal-cells")


def test_the_report_in_words_is_filled_in_and_says_what_nobody_entered(desk: Desk, sit_down: Callable[[str], Worker]):
    after_the_month(desk)
    leader = sit_down("leader")
    words = told(leader)
    assert "Nhận giải quyết 3 hồ sơ (trực tuyến 0; trực tiếp, bưu chính 3; kỳ trước chuyển qua 0)" in words
    assert "tăng 3 so với 0 của kỳ trước" in words
    assert "Chưa có số liệu của Cổng" in words
    assert "Chứng thực: nhận 1" in words
    assert "chưa xếp loại" in words or "Chưa đủ số liệu" in words
    assert "không phát sinh" in words
    leader.open(PORTAL)
    said = {"source": "Cổng DVCQG", "told_on": "15/12/2026"}
    leader.send(PORTAL, item="portal.received_total", value="5", **said)
    assert "ở đây 3, ở Cổng 5, chênh -2" in told(leader)
    assert leader.open(f"/mot-cua/ngay-bao-cao/bao-cao.docx?{DAYS}&don_vi=H00").status_code == 404


def told(leader: Worker) -> str:
    answer = leader.open(f"/mot-cua/ngay-bao-cao/bao-cao.docx?{DAYS}")
    paper = Document(io.BytesIO(answer.data))
    return "\n".join(line.text for line in paper.paragraphs)
