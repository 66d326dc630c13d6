"""One lay-out of a working calendar for all houses of a test process.

A running house lays its calendar out once. Each test has a house of its own, and a fifth of its first reception would
go into laying out the very days that the house before it had laid out already.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from app.db import calendars
from workflows.calendar import DayEntry, OpeningHours, WorkingCalendar


def share_calendars() -> None:
    """Let every house from here on know the calendars of the ones before it, by all that they are made of."""
    calendars.WorkingCalendar = _calendar  # type: ignore[assignment,misc] # the same, with a memory


def _calendar(name: str, hours: OpeningHours, days: Iterable[DayEntry], years: Iterable[int]) -> WorkingCalendar:
    return _laid_out(name, hours, tuple(days), tuple(years))


@lru_cache(maxsize=32)
def _laid_out(name: str, hours: OpeningHours, days: tuple[DayEntry, ...], years: tuple[int, ...]) -> WorkingCalendar:
    return WorkingCalendar(name, hours, days, years=years)
