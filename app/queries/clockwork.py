"""What the promise of one dossier is derived from (căn cứ ngày hẹn), laid out for the page that says why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from app.db.calendars import CalendarBook
from app.db.facts import ledger_of, limits_of
from app.db.models import Dossier, DossierClock
from workflows.calendar import VIETNAM, WorkingCalendar
from workflows.deadlines import Projection, project
from workflows.errors import CalendarYearMissing
from workflows.ledger import Ledger
from workflows.limits import TimeLimit

LONGEST_STRIP = 120  # days: a calendar longer than this explains nothing


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One day of the reckoning: does it count, and by which name it is off."""

    day: date
    counts: bool
    name: str


@dataclass(frozen=True, slots=True)
class Clockwork:
    """Everything the promise is derived from, for the page that says why."""

    limit: TimeLimit
    statutory: TimeLimit | None
    decision: str
    ledger: Ledger
    projection: Projection
    statutory_due_day: date | None
    first_due_at: datetime | None
    days: tuple[CalendarDay, ...]
    minutes_a_day: int
    waited_for_citizen: int  # working minutes


def clockwork(
    session: Session, book: CalendarBook, dossier: Dossier, clock: DossierClock | None, *, at: datetime
) -> Clockwork | None:
    """Return the reckoning of `dossier`, or None before reception and where a calendar year is missing."""
    ledger = ledger_of(session, dossier)
    limit, statutory = limits_of(dossier)
    if ledger is None or limit is None:
        return None
    calendar, _version = book.of_unit(session, dossier.settling_unit_id)
    try:
        projection = project(limit, ledger, calendar, at=at, with_trace=True)
        by_law = project(statutory, ledger, calendar, at=at) if statutory else None
    except CalendarYearMissing:
        return None
    return Clockwork(
        limit, statutory, dossier.limit_decision, ledger, projection, by_law.due_day if by_law else None,
        clock.first_due_at if clock else None, _days(ledger, projection, by_law, calendar, at=at),
        _minutes_a_day(calendar), _waited(ledger, calendar, at=at),
    )  # fmt: skip


def _days(
    ledger: Ledger, projection: Projection, by_law: Projection | None, calendar: WorkingCalendar, *, at: datetime
) -> tuple[CalendarDay, ...]:
    """Return the days from reception to the promise, the limit of the law, or today while it waits."""
    first = ledger.started_at.astimezone(VIETNAM).date()
    ends = [day for day in (projection.due_day, by_law.due_day if by_law else None) if day]
    last = max(ends, default=at.astimezone(VIETNAM).date())
    if last < first or (last - first).days > LONGEST_STRIP:
        return ()
    try:
        return tuple(_day(first + timedelta(days=ahead), calendar) for ahead in range((last - first).days + 1))
    except CalendarYearMissing:
        return ()


def _day(day: date, calendar: WorkingCalendar) -> CalendarDay:
    entry = calendar.entry(day)
    return CalendarDay(day, calendar.is_working_day(day), entry.name if entry and entry.kind.is_off else "")


def _minutes_a_day(calendar: WorkingCalendar) -> int:
    """Return the working minutes of an ordinary day, to tell a share of time in days."""
    weekday = min(calendar.hours.counted)
    return sum(
        (end.hour - start.hour) * 60 + end.minute - start.minute for start, end in calendar.hours.weekly[weekday]
    )


def _waited(ledger: Ledger, calendar: WorkingCalendar, *, at: datetime) -> int:
    end = ledger.ended_at or at
    return sum(calendar.working_minutes_between(stop.start, stop.end or end) for stop in ledger.suspensions)
