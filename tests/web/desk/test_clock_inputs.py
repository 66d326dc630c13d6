"""What the clock cannot reckon with, as the pages answer it: a clear sentence, what was typed kept, nothing written."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from app.db.base import Base
from app.db.models import CalendarDay, Dossier, LedgerEntry
from tests.scheduler.words import local
from tests.support.seeded import Desk
from tests.web.desk.worker import USUAL, Worker

CALENDAR = "/quan-tri/lich"


def count(desk: Desk, table: type[Base]) -> int:
    with desk.house.reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


@pytest.mark.parametrize(
    ("now", "missing"), [("Friday 2027-12-31 09:00", "2028"), ("Tuesday 2031-06-03 09:00", "2031")]
)
def test_a_reception_outside_the_calendar_names_the_year_and_keeps_what_was_typed(
    sit_down: Callable[[str], Worker], desk: Desk, now: str, missing: str
):
    desk.clock.set(local(now))
    page = sit_down("clerk").receive()
    assert page.status_code in (409, 422)
    assert missing in page.text
    assert USUAL["name"] in page.text
    assert count(desk, Dossier) == 0


def test_a_day_that_contradicts_another_is_refused_naming_it(sit_down: Callable[[str], Worker], desk: Desk):
    admin = sit_down("admin")
    admin.open(CALENDAR)
    before = count(desk, CalendarDay)
    page = admin.send(f"{CALENDAR}/ngay", day="24/11/2026", kind="swapped_work", name="Làm bù", source="TB 12")
    assert "24/11/2026" in page.text
    assert "Ngày Văn hóa Việt Nam" in page.text
    assert count(desk, CalendarDay) == before


def test_a_second_stop_beside_an_open_one_is_refused(sit_down: Callable[[str], Worker], desk: Desk):
    code = desk.receive().code
    desk.digitize(code)
    sit_down("clerk").act(code, "forward")
    officer = sit_down("officer")
    told = {"document": "BB-1", "reason": "Theo luật"}
    officer.act(code, "pause", ground="public_notice", **told)
    page = officer.act(code, "pause", ground="verification", **told)
    assert page.status_code in (409, 422)
    assert count(desk, LedgerEntry) == 1
