"""What every sweep shares: an effect that happens once, its dossier held fast, the desks and their calendars."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Select, String, cast, exists, literal, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.db.calendars import CalendarBook
from app.db.models import Calendar, Dossier, DossierClock, Effect
from app.db.once import insert_once
from app.db.sql_words import minute_key, minute_text
from app.db.unit_of_work import UnitOfWork
from workflows.calendar import CalendarYearMissing, WorkingCalendar
from workflows.limits import TimeLimit

log = logging.getLogger("motcua.scheduler")
Moment = InstrumentedAttribute[datetime] | InstrumentedAttribute[datetime | None] | ColumnElement[datetime | None]

MOST_AT_ONCE = 500  # dossiers looked up by one sweep; the next tick takes the rest
LATE_RUN_AFTER = timedelta(minutes=15)  # a sweep runs each minute: later than this, nobody ran
LOOKS_BACK = timedelta(days=45)  # older than this a missed reminder is history, not a reminder


@dataclass(frozen=True, slots=True)
class Desks:
    """The units that work by one calendar; `alone` when no other calendar is in use."""

    calendar: WorkingCalendar
    units: tuple[int, ...]
    alone: bool = False

    def have(self, unit_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
        """Return the condition that a unit is one of these; none at all where there are no others."""
        return true() if self.alone else unit_id.in_(self.units)


def desks(session: Session, calendars: CalendarBook) -> Iterator[Desks]:
    """Yield the calendars in use with the units that settle open dossiers."""
    yield from _desks(session, calendars, calendars.in_use(session))


def by_calendar(session: Session, calendars: CalendarBook, unit_ids: Iterable[int]) -> Iterator[Desks]:
    """Yield the calendars of these units, each with its units."""
    yield from _desks(session, calendars, calendars.groups(session, unit_ids))


def _desks(
    session: Session, calendars: CalendarBook, groups: Mapping[int, tuple[Calendar, tuple[int, ...]]]
) -> Iterator[Desks]:
    for row, units in groups.values():
        yield Desks(calendars.of_row(session, row), units, alone=len(groups) == 1)


def looked_up(desks: Iterable[Desks], ask: Callable[[Desks], Iterable[int]]) -> list[int]:
    """Return what `ask` finds at each desk. One whose calendar lacks a year is passed over: others have theirs."""
    found: list[int] = []
    for desk in desks:
        try:
            found += ask(desk)
        except CalendarYearMissing as missing:
            log.warning("sweep passes over a calendar: %s", missing)
    return found


def occasion_of(name: str, due_at: datetime) -> str:
    """Return the occasion of something that is due once for each due time: a new due time begins anew."""
    return f"{name}@{minute_key(due_at)}"


def published() -> ColumnElement[bool]:
    """Return the condition that a clock's dossier is not still being filled: those few are listed, not the others."""
    return DossierClock.dossier_id.not_in(select(Dossier.id).where(~Dossier.is_published))


def limits_in_use(session: Session) -> list[tuple[str, TimeLimit | None]]:
    """Return the limits of open clocks, as written and as read; found by leaps along their index."""
    return [(text, TimeLimit.parse(text) if text else None) for text in session.scalars(_LIMITS)]


def _limits() -> Select[str]:
    clock = DossierClock.limit_written
    least = select(clock).where(DossierClock.is_open).order_by(clock).limit(1)
    found = select(least.scalar_subquery().label("written")).cte("limits", recursive=True)
    following = least.where(clock > found.c.written).correlate(found).scalar_subquery()
    found = found.union_all(select(following).where(found.c.written.is_not(None)))
    return select(found.c.written).where(found.c.written.is_not(None))


_LIMITS = _limits()  # built once: building it takes longer than asking it


def not_yet(
    kind: str, name: str, due_at: Moment, *, subject: ColumnElement[int] = DossierClock.dossier_id.expression
) -> ColumnElement[bool]:
    """Return the condition that `subject` has no effect of this kind and name for its due time."""
    return ~exists().where(
        Effect.kind == kind,
        Effect.subject == cast(subject, String),
        Effect.occasion == literal(f"{name}@").concat(minute_text(due_at)),
    )


def hold(uow: UnitOfWork, dossier_id: int) -> tuple[Dossier, DossierClock]:
    """Return a dossier and its clock as they are now, held until the unit of work ends.

    Whoever sweeps the same dossier beside us waits here and then sees what we did.
    """
    fresh = {"populate_existing": True}
    asked = select(Dossier).where(Dossier.id == dossier_id).with_for_update(key_share=True)
    dossier = uow.session.scalars(asked, execution_options=fresh).one()
    return dossier, uow.session.get_one(DossierClock, dossier_id, populate_existing=True)


def once(uow: UnitOfWork, kind: str, subject: str, occasion: str, *, due_for: datetime, at: datetime) -> bool:
    """Write down an effect; False when it happened before. `due_for` is when it should have happened."""
    values = {
        "kind": kind,
        "subject": subject,
        "occasion": occasion,
        "due_for": due_for,
        "done_at": at,
        "is_late_run": is_late_run(due_for, at),
    }
    return insert_once(uow.session, Effect, values)


def is_late_run(due_for: datetime, at: datetime) -> bool:
    """Tell whether something happens so long after its time that a run was missed."""
    return at - due_for > LATE_RUN_AFTER


def as_number(day: date) -> int:
    """Return a local day as the clocks keep it: 20261126."""
    return int(f"{day:%Y%m%d}")
