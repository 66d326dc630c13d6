"""The house as the public sees it (nơi tiếp nhận): its authorities, their addresses, their opening hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db.calendars import CalendarBook
from app.db.models import Unit
from workflows.calendar import VIETNAM, WorkingCalendar
from workflows.errors import CalendarYearMissing

AUTHORITIES = ("commune", "department", "province")
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
    units = db.scalars(select(Unit).where(Unit.is_own, Unit.kind.in_(AUTHORITIES)).order_by(Unit.id)).all()
    ordered = sorted(units, key=lambda unit: AUTHORITIES.index(unit.kind))
    return tuple(_front(db, unit) for unit in ordered)


def opening(db: Session, book: CalendarBook, unit_id: int, *, at: datetime) -> Opening:
    """Return the opening hours of one authority as they stand `at` an instant."""
    calendar, _version = book.of_unit(db, unit_id)
    return Opening(calendar.hours.texts(), _open_until(calendar, at), _next_off(calendar, at))


def _front(db: Session, unit: Unit) -> Front:
    desk = db.scalars(select(Unit).where(Unit.root_id == unit.id, Unit.kind == "desk").order_by(Unit.id)).first()
    parent = db.get(Unit, unit.parent_id) if unit.parent_id else None
    return Front(
        unit.id,
        unit.code,
        unit.name,
        desk.name if desk else unit.name,
        parent.name if parent else "",
        (desk and desk.address) or unit.address,
        (desk and desk.phone) or unit.phone,
        unit.is_demo,
    )


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
