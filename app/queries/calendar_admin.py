"""The working calendar of one authority as a year to look at (lịch năm): hours, special days, what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.db.calendars import DEFAULT_CALENDAR, opening_hours
from app.db.models import Calendar, CalendarDay, Dossier, DossierClock, Unit
from app.domain.people import Staff
from workflows.calendar import DayKind


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """One special day with its source."""

    day: date
    kind: DayKind
    name: str
    source: str
    confirmed: bool
    entered_by: str


@dataclass(frozen=True, slots=True)
class YearOf:
    """One year of a calendar."""

    year: int
    is_known: bool
    hours: tuple[str, ...]
    counted: frozenset[int]
    days: tuple[SpecialDay, ...]
    version: int
    open_dossiers: int

    def special(self, day: date) -> SpecialDay | None:
        """Return the row of a day, if it is a special one."""
        return next((row for row in self.days if row.day == day), None)


def year_of(db: Session, staff: Staff, year: int) -> YearOf | None:
    """Return a year of the calendar that the person's authority works by; None while there is no calendar."""
    calendar = _calendar(db, staff)
    if calendar is None:
        return None
    hours = opening_hours(calendar)
    rows = db.scalars(
        select(CalendarDay)
        .where(
            CalendarDay.calendar_id == calendar.id,
            CalendarDay.day >= date(year, 1, 1),
            CalendarDay.day <= date(year, 12, 31),
        )
        .order_by(CalendarDay.day)
    )
    return YearOf(
        year=year,
        is_known=year in calendar.years,
        hours=hours.texts(),
        counted=hours.counted,
        days=tuple(
            SpecialDay(r.day, DayKind(r.kind), r.name, r.source, r.confirmed, r.entered_by) for r in rows
        ),
        version=calendar.version,
        open_dossiers=_open_dossiers(db, staff),
    )


def days_of(db: Session, name: str) -> tuple[SpecialDay, ...]:
    """Return every special day of a calendar, in order; none where there is no such calendar."""
    rows = db.scalars(
        select(CalendarDay)
        .join(Calendar, Calendar.id == CalendarDay.calendar_id)
        .where(Calendar.name == name)
        .order_by(CalendarDay.day)
    )
    return tuple(SpecialDay(r.day, DayKind(r.kind), r.name, r.source, r.confirmed, r.entered_by) for r in rows)


def calendar_id_of(db: Session, staff: Staff) -> int | None:
    """Return the id of the calendar that the person's authority works by."""
    found = _calendar(db, staff)
    return found.id if found else None


def calendar_name_of(db: Session, staff: Staff) -> str:
    """Return its name; empty while there is none."""
    found = _calendar(db, staff)
    return found.name if found else ""


def _calendar(db: Session, staff: Staff) -> Calendar | None:
    unit = db.get(Unit, staff.root_unit_id)
    if unit is not None and unit.calendar_id is not None:
        return db.get(Calendar, unit.calendar_id)
    return db.scalar(select(Calendar).where(Calendar.name == DEFAULT_CALENDAR))


def _open_dossiers(db: Session, staff: Staff) -> int:
    """How many running clocks a change of this calendar touches."""
    return (
        db.scalar(
            select(func.count())
            .select_from(DossierClock)
            .join(Dossier, Dossier.id == DossierClock.dossier_id)
            .where(DossierClock.is_open, DossierClock.settling_unit_id == staff.root_unit_id)
        )
        or 0
    )
