"""Notices on the desk's pages: counted in the frame, said in words, gone from the count when read."""

from __future__ import annotations

import re
from collections.abc import Callable

from app.scheduler.ticks import run_once
from tests.scheduler.words import local
from tests.support.seeded import SINGLE, Desk
from tests.web.desk.test_every_page import unlabelled
from tests.web.desk.worker import Worker
from tests.web.public.test_every_page import problems_of


def late_dossier(desk: Desk) -> str:
    """Return the code of a dossier that the house has had to call late. The clock goes back to this morning."""
    code = desk.receive(SINGLE).code
    for moment in ("Thursday 2026-11-26 11:00", "Friday 2026-11-27 09:00"):
        run_once(desk.house, local(moment))
    return code


def test_what_was_called_to_mind_is_counted_said_and_read(desk: Desk, sit_down: Callable[[str], Worker]) -> None:
    code = late_dossier(desk)
    leader = sit_down("leader")
    assert 'data-testid="unread-notices"' in leader.open("/mot-cua/").text
    page = leader.open("/mot-cua/nhac-viec").text
    assert problems_of(page) == []
    assert unlabelled(page) == []
    assert "Quá hạn từ 17:00 26/11/2026, vẫn chưa có kết quả." in page
    assert "đã dự thảo văn bản xin lỗi (Mẫu 04)" in page
    assert f"/mot-cua/ho-so/{code}" in page
    draft = re.search(r'href="(/mot-cua/ho-so/[^"]+/phieu/\d+\.pdf)"', page)
    assert draft
    assert leader.client.get(draft[1]).mimetype == "application/pdf"
    leader.send("/mot-cua/nhac-viec")
    assert 'data-testid="unread-notices"' not in leader.open("/mot-cua/").text
    assert "0 chưa đọc" in leader.open("/mot-cua/nhac-viec").text


def test_nobody_reads_the_notices_of_another(desk: Desk, sit_down: Callable[[str], Worker]) -> None:
    late_dossier(desk)
    assert "Không có việc nào cần nhắc" in sit_down("clerk.so").open("/mot-cua/nhac-viec").text
