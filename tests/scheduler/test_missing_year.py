"""A desk whose calendar lacks the coming year does not keep other desks from being looked after."""

from __future__ import annotations

from app.services.sweeps.effects import Desks, looked_up
from tests.core.days import DESK
from workflows.errors import CalendarYearMissing


def test_one_calendar_without_its_year_is_passed_over_and_said(caplog) -> None:
    def ask(desk: Desks) -> list[int]:
        if desk.units == (1,):
            raise CalendarYearMissing(where="calendar", calendar="Xã Một", year=2028)
        return list(desk.units)

    assert looked_up([Desks(DESK, (1,)), Desks(DESK, (2, 3))], ask) == [2, 3]
    assert "2028" in caplog.text
