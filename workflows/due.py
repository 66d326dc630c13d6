"""The end of a limit as a citizen needs it (ngày hẹn trả, giờ hẹn trả)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from workflows.calendar import WorkingCalendar
from workflows.instants import MINUTES_A_DAY, from_minute
from workflows.walk import Walk


@dataclass(frozen=True, slots=True)
class Due:
    """An end of a limit: its local day, the legal instant (24:00, exclusive, for limits by day), the promise.

    The promised instant (giờ hẹn trả) lies inside opening hours and, but for a due before the first opening
    after reception, not after the legal one.
    """

    due_day: date
    due_at: datetime
    promised_at: datetime


def due_of(end: int, walked: Walk, calendar: WorkingCalendar) -> Due:
    """Return the due that a limit ending at a local minute gives."""
    day = date.fromordinal((end - 1 if walked.is_by_day else end) // MINUTES_A_DAY)
    return Due(day, from_minute(end), from_minute(_promised(end, walked, calendar)))


def _promised(end: int, walked: Walk, calendar: WorkingCalendar) -> int:
    """Return the last open minute before the end, or the first after it when reception came later still."""
    fixed = walked.pinned if walked.pinned is not None and end == walked.end else end
    promised = calendar.last_opening(fixed)
    if promised is None or promised < walked.start:
        return calendar.minute_after(end, 1) - 1
    return promised
