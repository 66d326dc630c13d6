"""The clock once more, the slow way: day by day and minute by minute, without tables and without the core.

Written from the rules alone, so that an error in the fast clock cannot hide in it.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from tests.core.days import DAYS
from workflows.calendar import VIETNAM, DayKind

_OFF = {row.day for row in DAYS if row.kind is not DayKind.SWAPPED_WORK}
_WORKED = {row.day for row in DAYS if row.kind is DayKind.SWAPPED_WORK}
_CLOSING = time(17, 0)
A_DAY = timedelta(days=1)
A_MINUTE = timedelta(minutes=1)


def works(day: date) -> bool:
    return day in _WORKED or (day.weekday() < 5 and day not in _OFF)


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


def or_next_working_day(day: date) -> date:
    while not works(day):
        day += A_DAY
    return day


def closing(day: date) -> datetime:
    return datetime.combine(day, _CLOSING, VIETNAM)


def midnight_after(day: date) -> datetime:
    return datetime.combine(day + A_DAY, time(0), VIETNAM)


def due_day_in_working_days(received: datetime, count: int, stops: list[tuple[datetime, datetime]]) -> date:
    """Return the due day: each working day that closed while the clock stood still is given back."""
    due = after_working_days(received.date(), count)
    for start, end in stops:
        if start >= midnight_after(due):
            continue
        day = start.date()
        while day <= end.date():
            if works(day) and start < closing(day) <= end:
                due = after_working_days(due, 1)
            day += A_DAY
        due = max(due, or_next_working_day(end.date()))
    return due


def due_at_in_working_hours(received: datetime, hours: int, stops: list[tuple[datetime, datetime]]) -> datetime:
    """Return the due instant: walk open minutes, passing over those in which the clock stood still."""
    left, at = hours * 60, received
    while left:
        stopped = any(start <= at < end for start, end in stops)
        left -= is_open(at) and not stopped
        at += A_MINUTE
    return at


def due_day_in_days(received: datetime, count: int, stops: list[tuple[datetime, datetime]]) -> date:
    """Return the due day: calendar days, moved by the midnights that passed, not ending on a day off."""
    end_of_limit = received.date() + timedelta(days=count)
    for start, end in stops:
        if start >= midnight_after(or_next_working_day(end_of_limit)):
            continue
        end_of_limit = max(end_of_limit + (end.date() - start.date()), end.date())
    return or_next_working_day(end_of_limit)


def due_day_of_entries(received: datetime, count: int, entries: list[tuple[str, datetime, datetime]]) -> date:
    """Return the due day in working days after entries in the order of time, none inside another.

    `stop` gives back, `restart` begins anew where it ends, `nothing` stops nothing, `extend` (at, new due) makes a
    new appointment for the end of the day before. Whatever begins after the due day's midnight, but for a new
    appointment, comes too late.
    """
    due = after_working_days(received.date(), count)
    for what, start, end in entries:
        if what == "extend":
            due = end.date() - A_DAY
        elif what == "nothing" or start >= midnight_after(due):
            continue
        elif what == "restart":
            due = after_working_days(end.date(), count)
        else:
            day = start.date()
            while day <= end.date():
                if works(day) and start < closing(day) <= end:
                    due = after_working_days(due, 1)
                day += A_DAY
            due = max(due, or_next_working_day(end.date()))
    return due
