"""Working calendars read from their tables, built once and kept until an administrator changes them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import time
from threading import Lock

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app.db.models import Calendar, CalendarDay, DossierClock, Unit
from workflows.calendar import DayEntry, DayKind, OpeningHours, WorkingCalendar

DEFAULT_CALENDAR = "mac-dinh"


class CalendarBook:
    """Calendars by id and version. One book serves a whole process; a new version is read anew."""

    def __init__(self) -> None:
        self._built: dict[tuple[int, int], WorkingCalendar] = {}
        self._lock = Lock()

    def of_unit(self, session: Session, unit_id: int) -> tuple[WorkingCalendar, int]:
        """Return the calendar that a unit works by and its version: its own, its authority's, or the default."""
        row = self.row_of_unit(session, unit_id)
        return self.of_row(session, row), row.version

    def row_of_unit(self, session: Session, unit_id: int) -> Calendar:
        """Return the row of the calendar that a unit works by."""
        calendar_id = None
        unit = session.get(Unit, unit_id)
        while unit and calendar_id is None:
            calendar_id, parent = unit.calendar_id, unit.parent_id
            unit = session.get(Unit, parent) if parent else None
        return session.get_one(Calendar, calendar_id) if calendar_id else default_row(session)

    def in_use(self, session: Session) -> dict[int, tuple[Calendar, tuple[int, ...]]]:
        """Return the calendars that open dossiers are reckoned by, each with the units that settle them.

        Each unit is asked for one open dossier: to list the units of all open dossiers would be to read them all.
        """
        settling = exists().where(DossierClock.settling_unit_id == Unit.id, DossierClock.is_open)
        return self.groups(session, session.scalars(select(Unit.id).where(settling)))

    def groups(self, session: Session, unit_ids: Iterable[int]) -> dict[int, tuple[Calendar, tuple[int, ...]]]:
        """Return the calendars that these units work by, each with its units, by the calendar's id."""
        units = {row.id: row for row in session.execute(select(Unit.id, Unit.calendar_id, Unit.parent_id))}
        rows = {row.id: row for row in session.scalars(select(Calendar))}
        default = next((row.id for row in rows.values() if row.name == DEFAULT_CALENDAR), 0)
        found: dict[int, list[int]] = {}
        for unit_id in sorted(unit_ids):
            unit = units.get(unit_id)
            while unit and unit.calendar_id is None:
                unit = units.get(unit.parent_id)
            found.setdefault(unit.calendar_id if unit else default, []).append(unit_id)
        return {calendar_id: (rows[calendar_id], tuple(theirs)) for calendar_id, theirs in found.items()}

    def named(self, session: Session, name: str) -> WorkingCalendar:
        """Return a calendar by its name. Raises LookupError when there is none."""
        row = session.scalars(select(Calendar).where(Calendar.name == name)).first()
        if row is None:
            raise LookupError(name)
        return self.of_row(session, row)

    def of_row(self, session: Session, row: Calendar) -> WorkingCalendar:
        """Return the working calendar of a row as it stands."""
        with self._lock:
            if (row.id, row.version) not in self._built:
                self._built[row.id, row.version] = build(session, row)
            return self._built[row.id, row.version]


def default_row(session: Session) -> Calendar:
    """Return the calendar of an authority that has none of its own."""
    return session.scalars(select(Calendar).where(Calendar.name == DEFAULT_CALENDAR)).one()


def build(session: Session, row: Calendar) -> WorkingCalendar:
    """Return the working calendar of one row and its days."""
    days = session.scalars(select(CalendarDay).where(CalendarDay.calendar_id == row.id)).all()
    entries = [DayEntry(day.day, DayKind(day.kind), day.name, day.source, day.confirmed) for day in days]
    return WorkingCalendar(row.name, opening_hours(row), entries, years=row.years)


def opening_hours(row: Calendar) -> OpeningHours:
    """Return the opening hours of a calendar row; minutes of the day become times."""
    weekly = tuple(tuple((_time(start), _time(end)) for start, end in day) for day in row.hours)
    return OpeningHours(weekly, frozenset(row.counted))


def _time(minutes: int) -> time:
    return time(minutes // 60, minutes % 60)
