"""The house as the public sees it (nơi tiếp nhận): its authorities, their addresses, their opening hours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from app.db.calendars import CalendarBook
from app.db.models import Unit
from workflows.calendar import VIETNAM, WorkingCalendar
from workflows.errors import CalendarYearMissing

AUTHORITIES = ("commune", "department", "province")
_SHOWN = (
    Unit.id,
    Unit.code,
    Unit.name,
    Unit.kind,
    Unit.parent_id,
    Unit.root_id,
    Unit.address,
    Unit.phone,
    Unit.is_demo,
)
LOOK_AHEAD = 60  # days in which the next day off is looked for


@dataclass(frozen=True, slots=True)
class Front:
    """One authority and the desk where it receives; phone and address are the desk's where it has its own."""

    unit_id: int
    code: str
    authority: str
    desk: str
    province: str
    address: str
    phone: str
    is_demo: bool


@dataclass(frozen=True, slots=True)
class DayOff:
    """The next day on which a desk that usually opens stays closed."""

    day: date
    name: str


@dataclass(frozen=True, slots=True)
class Opening:
    """When a desk opens: seven texts of hours from Monday on, the closing time if open now, the next day off."""

    weekly: tuple[str, ...]
    open_until: datetime | None
    next_off: DayOff | None


def fronts(db: Session) -> tuple[Front, ...]:
    """Return the authorities that work on this installation, communes first; empty before the first run."""
    ours = db.execute(select(*_SHOWN).where(Unit.is_own).order_by(Unit.id)).all()
    authorities = sorted(
        (unit for unit in ours if unit.kind in AUTHORITIES), key=lambda one: AUTHORITIES.index(one.kind)
    )
    return tuple(_front(db, unit, ours) for unit in authorities)


def opening(db: Session, book: CalendarBook, unit_id: int, *, at: datetime) -> Opening:
    """Return the opening hours of one authority as they stand `at` an instant."""
    calendar, _version = book.of_unit(db, unit_id)
    return Opening(calendar.hours.texts(), _open_until(calendar, at), _next_off(calendar, at))


def _front(db: Session, unit: Row[Any], ours: Sequence[Row[Any]]) -> Front:
    desk = next((one for one in ours if one.root_id == unit.id and one.kind == "desk"), None)
    parent = next((one for one in ours if one.id == unit.parent_id), None)
    return Front(
        unit.id,
        unit.code,
        unit.name,
        desk.name if desk else unit.name,
        parent.name if parent else _name(db, unit.parent_id),
        (desk and desk.address) or unit.address,
        (desk and desk.phone) or unit.phone,
        unit.is_demo,
    )


def _name(db: Session, unit_id: int | None) -> str:
    return (db.scalar(select(Unit.name).where(Unit.id == unit_id)) or "") if unit_id else ""


def _open_until(calendar: WorkingCalendar, at: datetime) -> datetime | None:
    try:
        spans = calendar.opening(at.astimezone(VIETNAM).date())
    except CalendarYearMissing:
        return None
    return next((shuts for opens, shuts in spans if opens <= at < shuts), None)


def _next_off(calendar: WorkingCalendar, at: datetime) -> DayOff | None:
    today = at.astimezone(VIETNAM).date()
    for ahead in range(1, LOOK_AHEAD):
        entry = calendar.entry(today + timedelta(days=ahead))
        if entry is not None and entry.kind.is_off:
            return DayOff(entry.day, entry.name)
    return None
