"""Every bad input that the clock must answer with a clear sentence, or with the one right date, in one place."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from tests.core.days import DESK, day, local
from workflows.calendar import DayEntry, DayKind, WorkingCalendar
from workflows.deadlines import project
from workflows.errors import RuleBroken
from workflows.ledger import Effect, Ledger, Suspension
from workflows.limits import TimeLimit

MONDAY = local("Monday 2026-04-20 09:00")
HOLIDAY = DayEntry(date(2026, 4, 30), DayKind.HOLIDAY, "Ngày Chiến thắng", "BLLĐ")
WORKED = DayEntry(date(2026, 4, 30), DayKind.SWAPPED_WORK, "Làm bù", "TB 1/TB-UBND")


def due(limit, at):
    return project(TimeLimit.parse(limit), Ledger(at), DESK, at=at).due_day


def stop(start, end):
    return Suspension(MONDAY + timedelta(hours=start), MONDAY + timedelta(hours=end), "supplement", Effect.SUBTRACT)


@pytest.mark.parametrize(
    ("act", "words"),
    [
        pytest.param(lambda: TimeLimit.parse("3 tuần"), "tuần", id="unknown unit"),
        pytest.param(lambda: TimeLimit.parse("0 working days"), "từ 1 đến", id="zero"),
        pytest.param(lambda: TimeLimit.parse("-3 working days"), "từ 1 đến", id="negative"),
        pytest.param(lambda: Ledger(MONDAY, (stop(1, 9), stop(5, 12))), "chồng lên nhau", id="overlapping stops"),
        pytest.param(lambda: Ledger(MONDAY, (stop(-1, 9),)), "trước thời điểm tiếp nhận", id="stop before receipt"),
        pytest.param(lambda: Ledger(MONDAY, (stop(9, 1),)), "", id="stop backwards"),
        pytest.param(
            lambda: WorkingCalendar("Đo", DESK.hours, (HOLIDAY, WORKED), (2026,)), "30/04/2026", id="contradiction"
        ),
        pytest.param(
            lambda: WorkingCalendar("Đo", DESK.hours, (HOLIDAY,), (2026, 2026)), "2026 có hai lịch", id="two calendars"
        ),
        pytest.param(lambda: due("3 working days", MONDAY.replace(year=2019)), "2019", id="receipt outside the years"),
        pytest.param(lambda: due("3 working days", MONDAY.replace(year=2041)), "2041", id="receipt beyond the years"),
        pytest.param(lambda: Ledger(datetime(2026, 4, 20, 9, 0)), "thiếu múi giờ", id="naive time"),  # noqa: DTZ001 - refused
    ],
)  # fmt: skip
def test_a_clear_sentence(act, words):
    with pytest.raises(RuleBroken) as refused:
        act()
    assert words in str(refused.value)


@pytest.mark.parametrize(
    ("limit", "received", "expected"),
    [
        pytest.param("1 month", local("Wednesday 2024-01-31 09:00"), "Thursday 2024-02-29", id="31 + 1 month, leap"),
        pytest.param("1 month", local("Monday 2022-01-31 09:00"), "Monday 2022-02-28", id="31 + 1 month"),
        pytest.param("12 months", local("Thursday 2024-02-29 09:00"), "Friday 2025-02-28", id="leap day + a year"),
        pytest.param("1 day", local("Wednesday 2024-02-28 09:00"), "Thursday 2024-02-29", id="onto the leap day"),
        pytest.param("1 working day", local("Wednesday 2025-12-31 16:00"), "Monday 2026-01-05", id="over new year"),
        pytest.param("2 days", local("Tuesday 2024-12-31 09:00"), "Thursday 2025-01-02", id="days over the year's end"),
    ],
)  # fmt: skip
def test_the_one_right_date(limit, received, expected):
    assert due(limit, received) == day(expected)


@pytest.mark.parametrize("zone", [UTC, timezone(timedelta(hours=9)), timezone(timedelta(hours=-8))])
def test_a_foreign_zone_is_the_same_instant(zone):
    received = local("Monday 2026-04-20 23:30")  # another day in each of these zones
    assert due("3 working days", received.astimezone(zone)) == due("3 working days", received)
