"""The usual ways to a due date (cách tính thông thường), for comparison: pandas where it is installed, else a loop.

Both know days alone: no hours of a desk, no reason for any of them. pandas is no dependency of the product; put it on
the path of one run to have it measured.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from importlib import import_module
from typing import Any

from app.cli.calendars import official
from workflows.calendar import VIETNAM
from workflows.ledger import Suspension

RECEIVED = datetime(2025, 4, 21, 9, 0, tzinfo=VIETNAM)
LONGEST = 400
Micros = Callable[[Callable[[], object]], float]


def of_days(micros: Micros) -> tuple[str, float]:
    """Return the name and the microseconds of 400 working days, without suspensions."""
    if not _has_pandas():
        return _by_loop(micros)
    offsets, days = import_module("pandas.tseries.offsets"), _business_days()
    start = _naive(RECEIVED)
    return "pandas, ngày làm việc", micros(lambda: start + offsets.CustomBusinessDay(LONGEST, calendar=days))


def of_stops(micros: Micros, amount: int, stops: Sequence[Suspension]) -> tuple[str, float]:
    """Return the name and the microseconds of a limit in working days with its suspensions given back."""
    if not _has_pandas():
        return _by_loop(micros)
    pandas, offsets, days = import_module("pandas"), import_module("pandas.tseries.offsets"), _business_days()
    start, each_day = _naive(RECEIVED), offsets.CustomBusinessDay(calendar=days)
    spans = [(_naive(stop.start), _naive(stop.end or stop.start)) for stop in stops]

    def due() -> Any:
        found = start + offsets.CustomBusinessDay(amount, calendar=days)
        for begun, ended in spans:
            still = len(pandas.date_range(begun.normalize(), ended.normalize(), freq=each_day)) - 1
            found += offsets.CustomBusinessDay(still, calendar=days)
        return found

    return "pandas, ngày làm việc, năm lần dừng", micros(due)


def _has_pandas() -> bool:
    return importlib.util.find_spec("pandas") is not None


def _naive(at: datetime) -> Any:
    return import_module("pandas").Timestamp(at.replace(tzinfo=None))


def _business_days() -> Any:
    return import_module("numpy").busdaycalendar(holidays=[day for day in _days_off() if day.weekday() < 5])


def _by_loop(micros: Micros) -> tuple[str, float]:
    off = set(_days_off())
    return "vòng lặp từng ngày (không có pandas)", micros(lambda: _day_by_day(off))


def _days_off() -> list[date]:
    calendar = official()
    first, last = date(calendar.years[0], 1, 1), date(calendar.years[-1], 12, 31)
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in days if (entry := calendar.entry(day)) and entry.kind.is_off]


def _day_by_day(off: set[date]) -> date:
    day, left = RECEIVED.date(), LONGEST
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < 5 and day not in off
    return day
