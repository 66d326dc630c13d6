"""The clock once more, the slow way: day by day and minute by minute, without tables and without the core.

Written from the rules alone, so that an error in the fast clock cannot hide in it. It imports nothing of the product:
units and what entries do are plain words.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tests.core.days import OFF_DAYS, WORKED_DAYS

_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
_CLOSING = time(17, 0)
_CUTOFF = time(15, 0)
A_DAY = timedelta(days=1)
A_MINUTE = timedelta(minutes=1)
BY_HOUR = ("working_hours", "hours")


@dataclass(frozen=True)
class Entry:
    """`stop` gives back, `restart` begins anew where it ends, `nothing` stops nothing.

    `extend` makes at `start` a new appointment for `end`, a midnight being the end of the day before.
    """

    what: str
    start: datetime
    end: datetime


def works(day: date) -> bool:
    return day in WORKED_DAYS or (day.weekday() < 5 and day not in OFF_DAYS)


def is_open(at: datetime) -> bool:
    morning = time(7, 30) <= at.time() < time(11, 30)
    afternoon = time(13, 30) <= at.time() < _CLOSING
    return works(at.date()) and (morning or afternoon)


def working_minutes(start: datetime, end: datetime) -> int:
    minutes = 0
    while start < end:
        minutes += is_open(start)
        start += A_MINUTE
    return minutes


def after_working_minutes(start: datetime, minutes: int) -> datetime:
    while minutes:
        minutes -= is_open(start)
        start += A_MINUTE
    return start


def after_working_days(day: date, count: int) -> date:
    while count:
        day += A_DAY
        count -= works(day)
    return day


def midnight_after(day: date) -> datetime:
    return datetime.combine(day + A_DAY, time(0), _ZONE)


def due_of(unit: str, count: int, started: datetime, entries: Iterable[Entry]) -> date | datetime:
    """Return the due day, or for limits by the hour the due instant."""
    walk = _by_minute if unit in BY_HOUR else _by_day
    return walk(unit, count, started, sorted(entries, key=lambda entry: (entry.start, entry.what != "extend")))


# ── Day by day ───────────────────────────────────────────────────────────────────────────────────


def _by_day(unit: str, count: int, started: datetime, entries: list[Entry]) -> date:
    """Walk from the first day on: a day is used up when its closing found the clock running.

    The limit is over with the day on which enough are used up, where nothing stands still over its midnight.
    """
    left, not_before = _days_to_count(unit, count, started)
    floor = due = None
    stops: list[Entry] = []  # those that came in time
    day = started.date()
    while due is None or any(entry.what == "extend" and entry.start.date() >= day for entry in entries):
        passed = False
        for at, what, entry in _happening(day, entries):
            if what == "extend":
                floor, due = (entry.end - A_MINUTE).date(), None
                passed = _closing(unit, day) <= at
                left = sum(_counts(unit, one) for one in _days(max(day + A_DAY * passed, not_before), floor))
            elif what == "begins" and due is None and entry.what != "nothing":
                stops.append(entry)
            elif what == "ends" and entry.what == "restart" and entry in stops:
                left, not_before = _days_to_count(unit, count, at)
                floor = None
        still = any(stop.start < _closing(unit, day) <= stop.end for stop in stops)
        left -= day >= not_before and _counts(unit, day) and not passed and not still
        if due is None and left <= 0 and _may_end(unit, day, floor, stops):
            due = day
        day += A_DAY
    return due


def _days_to_count(unit: str, count: int, start: datetime) -> tuple[int, date]:
    """Return how many days the limit has, and the first that counts."""
    first = start.date()
    if unit == "same_day":
        return 1, first if start.time() <= _CUTOFF else first + A_DAY
    if unit == "months":
        return (_months_later(first, count) - first).days, first + A_DAY
    return count, first + A_DAY


def _months_later(day: date, months: int) -> date:
    year, month, last = day.year, day.month, day.day
    for _ in range(months):
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    while True:
        try:
            return date(year, month, last)
        except ValueError:
            last -= 1


def _happening(day: date, entries: list[Entry]) -> list[tuple[datetime, str, Entry]]:
    """Return what happens on a day, in order: at the same minute an end, then a new appointment, then a beginning."""
    seen = [(entry.start, "extend" if entry.what == "extend" else "begins", entry) for entry in entries]
    seen += [(entry.end, "ends", entry) for entry in entries if entry.what != "extend"]
    order = ("ends", "extend", "begins")
    return sorted((one for one in seen if one[0].date() == day), key=lambda one: (one[0], order.index(one[1])))


def _counts(unit: str, day: date) -> bool:
    return unit in ("days", "months") or works(day)


def _closing(unit: str, day: date) -> datetime:
    return midnight_after(day) if unit in ("days", "months") else datetime.combine(day, _CLOSING, _ZONE)


def _may_end(unit: str, day: date, floor: date | None, stops: list[Entry]) -> bool:
    if any(stop.start < midnight_after(day) <= stop.end for stop in stops) or (floor and day < floor):
        return False
    fixed = unit in ("working_days", "same_day") and day == floor
    return works(day) or fixed


def _days(first: date, last: date) -> list[date]:
    return [first + A_DAY * n for n in range((last - first).days + 1)]


# ── Minute by minute ─────────────────────────────────────────────────────────────────────────────


def _by_minute(unit: str, count: int, started: datetime, entries: list[Entry]) -> datetime:
    left, at, floor, due = count * 60, started, started, None
    stops: list[Entry] = []
    while due is None or any(entry.what == "extend" and entry.start >= at for entry in entries):
        for entry in entries:
            if entry.end == at and entry.what == "restart" and entry in stops:
                left, floor, due = count * 60, at, None
        if due is None and left <= 0 and at >= floor and not any(one.start < at < one.end for one in stops):
            due = at
        for entry in entries:
            if entry.start != at:
                continue
            if entry.what == "extend":
                due, floor = None, entry.end
                left = sum(_runs(unit, at + A_MINUTE * n) for n in range(int((floor - at) / A_MINUTE)))
            elif due is None and entry.what != "nothing":
                stops.append(entry)
        left -= _runs(unit, at) and not _stands(stops, at)
        at += A_MINUTE
    return due


def _runs(unit: str, at: datetime) -> bool:
    return unit == "hours" or is_open(at)


def _stands(stops: list[Entry], at: datetime) -> bool:
    return any(stop.start <= at < stop.end for stop in stops)
