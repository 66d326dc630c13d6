"""The warn ladder at work (nhắc hạn): each rung once for each due time, to the holder, the officers, the leaders."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, Select, and_, or_, select
from sqlalchemy.orm import Session

from app.db.calendars import CalendarBook
from app.db.facts import limits_of
from app.db.models import Dossier, DossierClock
from app.db.reminding import ladders
from app.db.unit_of_work import UnitOfWork
from app.domain import ladder
from app.domain.ladder import Audience, Rung, RungKind
from app.domain.people import SCHEDULER
from app.domain.vietnamese_format import short_moment
from app.services.notices import audience, facts_of, tell
from app.services.sweeps.effects import (
    LOOKS_BACK,
    MOST_AT_ONCE,
    Desks,
    desks,
    hold,
    is_late_run,
    limits_in_use,
    looked_up,
    not_yet,
    occasion_of,
    once,
    published,
)
from workflows.calendar import WorkingCalendar
from workflows.limits import TimeLimit

KIND = "warn"


@dataclass(frozen=True, slots=True)
class Reached:
    """A rung that a dossier has reached, by the name its effect keeps, and when it did."""

    rung: Rung
    name: str
    since: datetime


def due(session: Session, calendars: CalendarBook, at: datetime) -> Sequence[int]:
    """Return the open dossiers that have reached a rung nobody was told about, the most urgent first."""
    kept, limits = ladders(session), limits_in_use(session)

    def ask(desk: Desks) -> Iterable[int]:
        found: list[Row[datetime | None, int]] = []
        for rungs, theirs in kept.groups(DossierClock.settling_unit_id):
            for written, limit in limits:
                asked = _reached(desk, rungs, written, limit, at)
                found += session.execute(asked.where(*theirs)) if asked is not None else ()
        return [dossier_id for _, dossier_id in sorted(found)]

    return looked_up(desks(session, calendars), ask)[:MOST_AT_ONCE]


def act(uow: UnitOfWork, dossier_id: int, at: datetime) -> bool:
    """Write down every rung reached, in order, and tell people about the last one: the others are overtaken."""
    dossier, clock = hold(uow, dossier_id)
    due_at = clock.due_at
    if not clock.is_open or due_at is None:
        return False
    calendar, _ = uow.calendars.of_unit(uow.session, dossier.settling_unit_id)
    limit, _ = limits_of(dossier)
    rungs = ladders(uow.session).of(dossier.settling_unit_id)
    reached = sorted(_rungs(rungs, calendar, limit, due_at, at), key=lambda one: one.since)
    fresh = [one for one in reached if _take(uow, dossier, one, due_at, at)]
    for one in fresh:
        to = ladder.highest(each.rung for each in fresh) if one is fresh[-1] else None
        _warn(uow, dossier, one, clock, to=to, at=at)
    return bool(fresh)


def _reached(
    desk: Desks, rungs: Iterable[Rung], written: str, limit: TimeLimit | None, at: datetime
) -> Select[datetime | None, int] | None:
    """Return the question for the clocks of one limit that have reached a rung; None where it has no rungs.

    A limit's rungs are a range of due times, and the index lays the clocks of one limit out by their due times.
    """
    due_at = DossierClock.due_at
    reaches = [reach for rung in rungs for reach in _reach(desk.calendar, rung, limit, at)]
    if not reaches:
        return None
    new = [and_(due_at <= until, due_at > since, not_yet(KIND, name, due_at)) for name, since, until in reaches]
    return (
        select(due_at, DossierClock.dossier_id)
        .where(DossierClock.is_open, DossierClock.limit_written == written, desk.have(DossierClock.settling_unit_id))
        .where(due_at > at - LOOKS_BACK, due_at <= max(until for _, _, until in reaches), or_(*new), published())
        .order_by(due_at, DossierClock.dossier_id)
        .limit(MOST_AT_ONCE)
    )


def _reach(
    calendar: WorkingCalendar, rung: Rung, limit: TimeLimit | None, at: datetime
) -> Iterator[tuple[str, datetime, datetime]]:
    """Yield the name of a rung and the due times, after one instant up to another, that have reached it by `at`."""
    if rung.kind is RungKind.LATE:
        today = ladder.opened_day(calendar, at)
        oldest = ladder.working_days_back(calendar, today, rung.amount)
        yield _late_name(today), oldest, ladder.opening_of(calendar, today)
    elif (minutes := rung.minutes_left(limit)) is not None:
        yield rung.name, at - LOOKS_BACK, ladder.reached_up_to(calendar, at, minutes, limit)


def _rungs(
    rungs: Iterable[Rung], calendar: WorkingCalendar, limit: TimeLimit | None, due_at: datetime, at: datetime
) -> Iterator[Reached]:
    """Yield what a clock with this due time has reached by `at`."""
    for rung in rungs:
        if rung.kind is RungKind.LATE:
            yield from _late(rung, calendar, due_at, at)
            continue
        minutes = rung.minutes_left(limit)
        if minutes is None:
            continue
        since = ladder.instant_before(calendar, due_at, minutes, limit)
        if since <= at:
            yield Reached(rung, rung.name, since)


def _late(rung: Rung, calendar: WorkingCalendar, due_at: datetime, at: datetime) -> Iterator[Reached]:
    for day in ladder.days_late(calendar, due_at, at, most=rung.amount):
        yield Reached(rung, _late_name(day), ladder.opening_of(calendar, day))


def _late_name(day: object) -> str:
    return f"late-{day:%Y%m%d}"


def _take(uow: UnitOfWork, dossier: Dossier, one: Reached, due_at: datetime, at: datetime) -> bool:
    return once(uow, KIND, str(dossier.id), occasion_of(one.name, due_at), due_for=one.since, at=at)


def _warn(
    uow: UnitOfWork, dossier: Dossier, one: Reached, clock: DossierClock, *, to: Audience | None, at: datetime
) -> None:
    """Record one rung; with an audience, tell it. Whoever reads the log sees who was told, and when it was due."""
    due_at = clock.due_at or at
    facts = facts_of(uow, dossier) | {"rung": one.name, "due": short_moment(clock.promised_at or due_at)}
    template = {RungKind.LATE: "late", RungKind.DUE: "due"}.get(one.rung.kind, "due_soon")
    told = tell(uow, audience(uow, dossier, to, at), template, facts, about=dossier, at=at) if to else []
    uow.record(
        "dossier:warned",
        dossier,
        SCHEDULER,
        at,
        rung=one.name,
        due=due_at.isoformat(),
        reached=one.since.isoformat(),
        told=told,
        late_run=is_late_run(one.since, at),
    )
