"""Deadlines derived from the ledger (thời hạn, ngày hẹn trả): due time, consumed time, standing, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from workflows.calendar import WorkingCalendar
from workflows.due import Due, due_of
from workflows.first_day import FIRST_DAYS, FirstDay
from workflows.instants import minute_of
from workflows.ledger import Ledger, Reading
from workflows.limits import TimeLimit
from workflows.trace import TraceLine, trace
from workflows.walk import Walk, walk

__all__ = ["Due", "Projection", "Standing", "TraceLine", "project"]


class Standing(StrEnum):
    """How a dossier stands against a limit (tình trạng thời hạn); always derived, never set."""

    IN_TERM = "in_term"  # trong hạn
    OVERDUE = "overdue"  # quá hạn, chưa giải quyết
    SUSPENDED = "suspended"  # tạm dừng tính
    EARLY = "early"  # trước hạn
    ON_TIME = "on_time"  # đúng hạn
    LATE = "late"  # giải quyết quá hạn
    UNKNOWN = "unknown"  # chưa xác định


@dataclass(frozen=True, slots=True)
class Projection:
    """Where a clock stands at an instant. Minutes are working minutes (wall-clock for limits in hours).

    The due fields are None while an open suspension holds the clock; `if_resumed` then says what they would
    be if it ended at that instant. `original` is the due before an extension. `unconfirmed` are the days
    on which the due rests though their rows are only expected. `remaining_minutes` is negative once overdue.
    """

    due_day: date | None
    due_at: datetime | None
    promised_at: datetime | None
    consumed_minutes: int
    remaining_minutes: int | None
    standing: Standing
    trace: tuple[TraceLine, ...] = ()
    if_resumed: Due | None = None
    original: Due | None = None
    unconfirmed: tuple[date, ...] = ()


def project(
    limit: TimeLimit | None,
    ledger: Ledger,
    calendar: WorkingCalendar,
    *,
    at: datetime,
    reading: Reading = Reading.SUBTRACT,
    with_trace: bool = False,
    first_days: Sequence[FirstDay] = FIRST_DAYS,
) -> Projection:
    """Return due time, consumed and remaining time and standing of a ledger against a limit, seen at `at`.

    The whole ledger counts for the due time; to see a past instant as it was known then, pass
    `ledger.as_of(at)`. Without a limit only a declared due time is known, and it is compared by day.

    Raises NaiveTime, CalendarYearMissing.
    Legal basis: BLDS 2015 articles 147–148; NĐ 118/2025 art. 17.3, 18; NĐ 61/2018 art. 19.4, 19.9.
    """
    now = minute_of(at)
    walked = walk(limit, ledger, calendar, now=now, reading=reading, first_days=first_days)
    due = due_of(walked.end, walked, calendar) if walked.is_known else None
    stop = now if walked.ended is None else min(now, walked.ended)
    calendar.require_span(walked.start, max(stop, walked.end) if due else stop)
    final = None if walked.is_open else due
    return Projection(
        due_day=final.due_day if final else None,
        due_at=final.due_at if final else None,
        promised_at=final.promised_at if final else None,
        consumed_minutes=walked.consumed(stop),
        remaining_minutes=walked.remaining(stop),
        standing=_standing(walked, now),
        trace=trace(limit, ledger, calendar, walked) if with_trace else (),
        if_resumed=due if walked.is_open else None,
        original=due_of(walked.original, walked, calendar) if walked.original is not None else None,
        unconfirmed=calendar.unconfirmed_up_to(walked.start, due.due_day) if due else (),
    )


def _standing(walked: Walk, now: int) -> Standing:
    """Return the standing: days are compared for limits by day, minutes for limits by hour."""
    if not walked.is_known:
        return Standing.UNKNOWN
    if walked.ended is not None and walked.ended <= now:
        return _of_ended(walked.lead(walked.ended))
    if walked.stands_still(now):
        return Standing.SUSPENDED
    return Standing.OVERDUE if walked.lead(now) < 0 else Standing.IN_TERM


def _of_ended(lead: int) -> Standing:
    if lead == 0:
        return Standing.ON_TIME
    return Standing.EARLY if lead > 0 else Standing.LATE
