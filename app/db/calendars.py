"""Working calendars read from their tables, built once and kept until an administrator changes them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import time
from threading import Lock
from typing import TypeVar

from sqlalchemy import bindparam, exists, select
from sqlalchemy.orm import Session

from app.db.base import table_of
from app.db.late_rows import APART
from app.db.models import Calendar, CalendarDay, DossierClock, Unit
from workflows.calendar import DayEntry, DayKind, OpeningHours, WorkingCalendar

DEFAULT_CALENDAR = "mac-dinh"
_Row = TypeVar("_Row", Unit, Calendar)
_UNITS, _CALENDARS = table_of(Unit), table_of(Calendar)
_PLACE = (
    select(_UNITS.c.calendar_id, _UNITS.c.parent_id, _CALENDARS.c.version)
    .outerjoin(_CALENDARS, _CALENDARS.c.id == _UNITS.c.calendar_id)
    .where(_UNITS.c.id == bindparam("unit"))
    .execution_options(**APART)
)
_VERSION = select(_CALENDARS.c.version).where(_CALENDARS.c.id == bindparam("calendar")).execution_options(**APART)
_DEFAULT = select(_CALENDARS.c.id).where(_CALENDARS.c.name == DEFAULT_CALENDAR).execution_options(**APART)


class CalendarBook:
    """Calendars by id and version. One book serves a whole process; a new version is read anew."""

    def __init__(self) -> None:
        self._built: dict[tuple[int, int], WorkingCalendar] = {}
        self._lock = Lock()

    def of_unit(self, session: Session, unit_id: int) -> tuple[WorkingCalendar, int]:
        """Return the calendar that a unit works by and its version: its own, its authority's, or the default."""
        calendar_id = _calendar_of(session, unit_id)
        built = self._built.get((calendar_id, _version_of(session, calendar_id)))
        if built is not None:
            return built, _version_of(session, calendar_id)
        row = session.get_one(Calendar, calendar_id)
        return self.of_row(session, row), row.version

    def is_empty(self, session: Session) -> bool:
        """Tell whether the house has no calendar yet: nobody has set it up."""
        return session.connection().execute(_DEFAULT).first() is None

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


def _calendar_of(session: Session, unit_id: int) -> int:
    """Return the id of the calendar that a unit works by; asked once a session."""
    asked: dict[int, int] = session.info.setdefault("calendar of unit", {})
    if unit_id not in asked:
        asked[unit_id] = _nearest(session, unit_id) or session.connection().execute(_DEFAULT).scalar_one()
    return asked[unit_id]


def _nearest(session: Session, unit_id: int | None) -> int | None:
    """Return the calendar of the unit itself, or of the next one above it that has one."""
    calendar_id = None
    while unit_id and calendar_id is None:
        if unit := _held(session, Unit, unit_id):
            calendar_id, unit_id = unit.calendar_id, unit.parent_id
            continue
        place = session.connection().execute(_PLACE, {"unit": unit_id}).first()
        if place is None:
            return None
        calendar_id, unit_id, version = place
        if calendar_id is not None:
            _versions(session).setdefault(calendar_id, version)
    return calendar_id


def _version_of(session: Session, calendar_id: int) -> int:
    """Return the version of a calendar; whoever raises it holds the row, so another's is asked once a session."""
    if row := _held(session, Calendar, calendar_id):
        return row.version
    asked = _versions(session)
    if calendar_id not in asked:
        asked[calendar_id] = session.connection().execute(_VERSION, {"calendar": calendar_id}).scalar_one()
    return asked[calendar_id]


def _versions(session: Session) -> dict[int, int]:
    versions: dict[int, int] = session.info.setdefault("version of calendar", {})
    return versions


def _held(session: Session, model: type[_Row], number: int) -> _Row | None:
    """Return the object of a row that the session holds already, with what is not written yet."""
    return session.identity_map.get((model, (number,), None))


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
