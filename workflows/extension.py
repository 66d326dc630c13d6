"""The one new appointment the law allows (hẹn lại ngày trả kết quả, Mẫu 04)."""

from __future__ import annotations

from datetime import date, datetime

from workflows.calendar import WorkingCalendar
from workflows.deadlines import Projection
from workflows.due import Due
from workflows.errors import ExtensionNotLater
from workflows.instants import day_of, day_vi, end_of
from workflows.ledger import Extension, Ledger
from workflows.states import Requirement


def due_to_extend(projection: Projection) -> Due | None:
    """Return the due that a new appointment would replace; of a clock that stands still, the one foretold."""
    if projection.due_day and projection.due_at and projection.promised_at:
        return Due(projection.due_day, projection.due_at, projection.promised_at)
    return projection.if_resumed


def met(ledger: Ledger, projection: Projection, at: datetime) -> frozenset[Requirement]:
    """Return what the state table asks of a new appointment and holds at `at`: once, and a day before expiry.

    `projection` is of the same ledger. Of a clock that stands still, expiry is the due it would have if it ran again
    now; where no due is known, none can be replaced. Legal basis: NĐ 61/2018 art. 19.9, carried on under NĐ 118/2025.
    """
    due = due_to_extend(projection)
    found = {Requirement.NOT_EXTENDED_BEFORE} if ledger.extension is None else set()
    if due is not None and day_of(at) < due.due_day:
        found.add(Requirement.A_DAY_BEFORE_DUE)
    return frozenset(found)


def appointment(
    old: Due | None, calendar: WorkingCalendar, *, new_day: date, reason: str, at: datetime
) -> Extension:
    """Return the appointment made at `at` for the end of `new_day`; in a ledger, the old due stays derivable.

    Raises ExtensionNotLater unless the day is a working day after a known old one, CalendarYearMissing.
    """
    if old is None or new_day <= old.due_day or not calendar.is_working_day(new_day):
        replaced = day_vi(old.due_day) if old else "chưa xác định"
        raise ExtensionNotLater(where="new_day", day=day_vi(new_day), old=replaced)
    return Extension(at, end_of(new_day), reason)
