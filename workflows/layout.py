"""Days laid out in minutes (giờ làm việc của từng ngày): the pieces that a calendar's tables are built from."""

from __future__ import annotations

from datetime import date, time
from functools import lru_cache

from workflows.days import DayEntry
from workflows.opening import Interval, OpeningHours

Minutes = tuple[tuple[int, int], ...]  # opening intervals of a day, in minutes after midnight


def day_hours(day: date, entry: DayEntry | None, hours: OpeningHours) -> tuple[Minutes, bool]:
    """Return the opening intervals of a day and whether it counts for time limits.

    A worked Saturday takes the hours of the day it replaces, else Monday's.
    """
    if entry is None:
        return in_minutes(hours.weekly[day.weekday()]), day.weekday() in hours.counted
    if entry.kind.is_off:
        return (), False
    weekday = entry.replaces.weekday() if entry.replaces else 0
    return in_minutes(hours.weekly[weekday] or hours.weekly[min(hours.counted)]), True


@lru_cache(maxsize=256)  # years of days are laid out from the hours of a handful of weekdays
def in_minutes(intervals: tuple[Interval, ...]) -> Minutes:
    """Return intervals of times as minutes after midnight."""
    return tuple((_minute(start), _minute(end)) for start, end in intervals)


def length(minutes: Minutes) -> int:
    """Return how many minutes the intervals hold together."""
    return sum(shut - opens for opens, shut in minutes)


def minute_within(minutes: Minutes, amount: int) -> int:
    """Return the minute of the day by which `amount` minutes have passed; at most as many as it holds."""
    *earlier, (opens, _) = minutes
    for start, end in earlier:
        if amount <= end - start:
            return start + amount
        amount -= end - start
    return opens + amount


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute
