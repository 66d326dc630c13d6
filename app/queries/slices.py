"""Slices of the work in hand (lát cắt công việc): a count, its parts and its list, all by the same condition.

What a person's overview counts is what an authority settles, or for an officer what lies with the division;
both are within the person's part, so every list opens for whoever sees its number.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, case, false, func, select, true
from sqlalchemy.orm import Session

from app.db.models import Dossier, DossierClock, Event, Hop, UserAccount
from app.db.scope import Reach, scope_of
from app.domain.people import Staff
from app.queries.inbox import PAGE_SIZE, Horizon, Page
from app.queries.work_rows import read_rows, rows_of
from workflows.calendar import VIETNAM
from workflows.states import OPEN_STATES

NOBODY = "0"


class Cut(StrEnum):
    """What is counted, with its name in addresses; the last ones want a key: a day, a holder, a step."""

    OPEN = "dang-giai-quyet"
    IN_TERM = "con-han"
    SOON = "sap-den-han"
    OVERDUE = "qua-han"
    SUSPENDED = "tam-dung"
    NO_DUE = "khong-ro-han"
    RECEIVED = "tiep-nhan-ngay"
    ENDED = "ket-thuc-ngay"
    RETURNED = "tra-ket-qua-ngay"
    DUE_DAY = "den-han-ngay"
    HOLDER = "nguoi-giu"
    HOLDER_LATE = "nguoi-giu-qua-han"
    STEP = "buoc"
    STEP_LATE = "buoc-tre"


# What happened on a day is told by its events: they have an index by time, and nobody can move them.
_EVENTS_OF = {
    Cut.RECEIVED: ("dossier:received",),
    Cut.ENDED: ("dossier:finished", "dossier:stopped", "dossier:withdrawn", "dossier:supplement_expired"),
    Cut.RETURNED: ("dossier:returned",),
}

_OF_STEPS = {Cut.STEP, Cut.STEP_LATE}
_STANDS_AT = and_(Hop.dossier_id == Dossier.id, Hop.left_at.is_(None))


@dataclass(frozen=True, slots=True)
class Slice:
    """One number of an overview. `key` is the day (yyyymmdd), the holder's id or the step's name, where one is due."""

    cut: Cut
    key: str = ""


@dataclass(frozen=True, slots=True)
class Load:
    """What lies with one person or at one step: all of it, and what is late of it."""

    key: str
    name: str
    total: int
    late: int


def counts(session: Session, staff: Staff, horizon: Horizon, cuts: tuple[Slice, ...]) -> Mapping[Slice, int]:
    """Return how many dossiers stand in each slice: the open ones in one pass, those of a day each by its index."""
    standing = [one for one in cuts if one.cut not in _EVENTS_OF]
    # Asked among the open ones alone: their state is not compared once more for each number.
    parts = [func.coalesce(func.sum(case((_among_open(one, horizon), 1), else_=0)), 0) for one in standing]
    asked = _joined(select(*parts), standing).where(settled_here(staff), _open())
    found = session.execute(asked).one() if parts else ()
    told = {one: int(count) for one, count in zip(standing, found, strict=True)}
    for one in cuts:
        if one not in told:
            told[one] = _counted(session, staff, horizon, one)
    return told


def dossiers(session: Session, staff: Staff, horizon: Horizon, asked: Slice, *, page: int = 1) -> Page:
    """Return one page of a slice's dossiers, the earliest due first."""
    wanted = _wanted(staff, horizon, asked)
    total = _counted(session, staff, horizon, asked)
    shown = min(max(page, 1), max(1, -(-total // PAGE_SIZE)))
    ids = _joined(select(Dossier.id), [asked]).where(*wanted)
    rows = rows_of().where(Dossier.id.in_(ids)).order_by(DossierClock.due_at, Dossier.id)
    return Page(read_rows(session, rows.limit(PAGE_SIZE).offset((shown - 1) * PAGE_SIZE)), total, shown, PAGE_SIZE)


def by_holder(session: Session, staff: Staff, horizon: Horizon) -> tuple[Load, ...]:
    """Return the open dossiers by who holds them, the fullest desk first."""
    late = func.sum(case((_late(horizon), 1), else_=0))
    asked = (
        _joined(select(Dossier.holder_user_id, func.min(UserAccount.name), func.count(Dossier.id), late), ())
        .outerjoin(UserAccount, UserAccount.id == Dossier.holder_user_id)
        .where(settled_here(staff), _open())
        .group_by(Dossier.holder_user_id)
    )
    loads = [Load(str(row[0] or NOBODY), row[1] or "", row[2], int(row[3])) for row in session.execute(asked)]
    return tuple(sorted(loads, key=lambda load: (-load.total, load.name)))


def by_step(session: Session, staff: Staff, horizon: Horizon) -> tuple[Load, ...]:
    """Return the open dossiers by the step they stand at, the fullest first; late is past the step's own time."""
    late = func.sum(case((_step_late(horizon), 1), else_=0))
    asked = (
        select(Hop.step_name, func.count(Dossier.id), late)
        .join(Dossier, _STANDS_AT)
        .where(settled_here(staff), _open())
        .group_by(Hop.step_name)
    )
    loads = [Load(row[0], row[0], row[1], int(row[2])) for row in session.execute(asked)]
    return tuple(sorted(loads, key=lambda load: (-load.total, load.name)))


def _counted(session: Session, staff: Staff, horizon: Horizon, asked: Slice) -> int:
    counted = _joined(select(func.count(Dossier.id)), [asked])
    return session.scalar(counted.where(*_wanted(staff, horizon, asked))) or 0


def _wanted(staff: Staff, horizon: Horizon, asked: Slice) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    # What happened on a day is little: "is true" keeps SQLite from reading all that the authority ever settled.
    here = settled_here(staff)
    return here.is_(true()) if asked.cut in _EVENTS_OF else here, _condition(asked, horizon)


def _joined(statement: Any, asked: Iterable[Slice]) -> Any:
    """Return `statement` over dossiers with their clock, and their present step where a slice asks for it."""
    # Of open dossiers the clock is open: said here, so that their few clocks are read from an index of their own.
    its_clock = and_(DossierClock.dossier_id == Dossier.id, DossierClock.is_open)
    clocks = statement.select_from(Dossier).outerjoin(DossierClock, its_clock)
    return clocks.outerjoin(Hop, _STANDS_AT) if any(one.cut in _OF_STEPS for one in asked) else clocks


def settled_here(staff: Staff) -> ColumnElement[bool]:
    """Return the condition that keeps what the person's authority settles, or lies with an officer's division."""
    scope = scope_of(staff)
    if scope.reach is Reach.NOTHING:
        return false()
    # Asked so, and not of the row itself: counts over an index then need not read a row of the widest table.
    published = Dossier.id.not_in(select(Dossier.id).where(~Dossier.is_published))
    if scope.reach is Reach.DIVISION:
        return and_(published, Dossier.holder_unit_id == scope.unit_id)
    return and_(published, Dossier.settling_unit_id.in_((scope.root_unit_id, scope.unit_id)))


def _condition(asked: Slice, horizon: Horizon) -> ColumnElement[bool]:
    if asked.cut not in _EVENTS_OF:
        return and_(_open(), _among_open(asked, horizon))
    start, end = day_bounds(asked.key)
    told = select(Event.dossier_id).where(Event.kind.in_(_EVENTS_OF[asked.cut]), Event.at >= start, Event.at < end)
    return Dossier.id.in_(told)


def _among_open(asked: Slice, horizon: Horizon) -> ColumnElement[bool]:
    """Return the condition of a slice of open dossiers, of which it is known that they are."""
    due = DossierClock.due_at
    match asked.cut:
        case Cut.OPEN:
            return true()
        case Cut.IN_TERM:
            return due > horizon.soon_until
        case Cut.SOON:
            return and_(due > horizon.now, due <= horizon.soon_until)
        case Cut.OVERDUE:
            return _late(horizon)
        case Cut.SUSPENDED:
            return and_(due.is_(None), DossierClock.is_suspended)
        case Cut.NO_DUE:
            return and_(due.is_(None), func.coalesce(DossierClock.is_suspended, False).is_(False))
        case Cut.DUE_DAY:
            # A limit by day ends at the next midnight, which still belongs to this day.
            start, end = day_bounds(asked.key)
            return and_(due > start, due <= end)
        case Cut.HOLDER | Cut.HOLDER_LATE:
            nobody = asked.key == NOBODY or not asked.key.isdecimal()
            held = Dossier.holder_user_id.is_(None) if nobody else Dossier.holder_user_id == int(asked.key)
            return held if asked.cut is Cut.HOLDER else and_(held, _late(horizon))
    at_step = Hop.step_name == asked.key
    return at_step if asked.cut is Cut.STEP else and_(at_step, _step_late(horizon))


def day_bounds(key: str) -> tuple[datetime, datetime]:
    """Return the first instant of a day (yyyymmdd, Vietnam) and of the next one; an unreadable day is empty."""
    try:
        day = date(int(key[:4]), int(key[4:6]), int(key[6:8]))
    except ValueError:
        day = date(1900, 1, 1)
    start = datetime(day.year, day.month, day.day, tzinfo=VIETNAM)
    return start, start + timedelta(days=1)


def _open() -> ColumnElement[bool]:
    return Dossier.state.in_(sorted(state.value for state in OPEN_STATES))


def _late(horizon: Horizon) -> ColumnElement[bool]:
    return DossierClock.due_at <= horizon.now


def _step_late(horizon: Horizon) -> ColumnElement[bool]:
    return Hop.due_at <= horizon.now
