"""The stuck radar (hồ sơ đứng yên): received, with us, and no person has touched it for days, whatever the cause."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, String, cast, exists, func, select
from sqlalchemy.orm import Session

from app.db.calendars import CalendarBook
from app.db.models import Dossier, DossierClock, Effect, Event
from app.db.reminding import quiet_minutes
from app.db.unit_of_work import UnitOfWork
from app.domain.ladder import Audience, working_minutes_back
from app.domain.people import SCHEDULER
from app.domain.vietnamese_format import short_moment
from app.services.notices import audience, facts_of, tell
from app.services.sweeps.effects import MOST_AT_ONCE, Desks, desks, hold, is_late_run, looked_up, once
from workflows.states import State

KIND = "stuck"
WITH_US = (State.RECEIVED, State.PROCESSING)  # a dossier that waits for the applicant has its own last day


def due(session: Session, calendars: CalendarBook, at: datetime) -> Sequence[int]:
    """Return the dossiers at work that nobody has touched or called stuck within the quiet time."""
    kept = quiet_minutes(session)

    def ask(desk: Desks) -> Iterable[int]:
        groups = kept.groups(DossierClock.settling_unit_id)
        return [found for quiet, theirs in groups for found in asked(desk, quiet, theirs)]

    def asked(desk: Desks, quiet: int, theirs: Iterable[ColumnElement[bool]]) -> Iterable[int]:
        since = working_minutes_back(desk.calendar, at, quiet)
        called = exists().where(
            Effect.kind == KIND, Effect.subject == cast(Dossier.id, String), Effect.due_for > since
        )
        return session.scalars(
            select(Dossier.id)
            .join(DossierClock, DossierClock.dossier_id == Dossier.id)
            .where(DossierClock.is_open, DossierClock.touched_at <= since, desk.have(DossierClock.settling_unit_id))
            .where(*theirs)
            .where(Dossier.is_published, Dossier.state.in_(WITH_US), Dossier.received_at <= since, ~called)
            .order_by(DossierClock.touched_at, Dossier.id)
            .limit(MOST_AT_ONCE)
        )

    return looked_up(desks(session, calendars), ask)[:MOST_AT_ONCE]


def act(uow: UnitOfWork, dossier_id: int, at: datetime) -> bool:
    """Tell holder, officers and leaders; again only after as long a silence."""
    dossier, _ = hold(uow, dossier_id)
    calendar, _ = uow.calendars.of_unit(uow.session, dossier.settling_unit_id)
    last = _last_touch(uow, dossier)
    least = quiet_minutes(uow.session).of(dossier.settling_unit_id)
    quiet = calendar.working_minutes_between(last.at, at) // least if last and last.at < at else 0
    if State(dossier.state) not in WITH_US or last is None or quiet < 1:
        return False
    due_for = calendar.add_working_minutes(last.at, quiet * least)
    if not once(uow, KIND, str(dossier.id), f"{quiet}-after-{last.seq}", due_for=due_for, at=at):
        return False
    facts = facts_of(uow, dossier) | {"since": short_moment(last.at)}
    told = tell(uow, audience(uow, dossier, Audience.LEADER, at), "stuck", facts, about=dossier, at=at)
    late = is_late_run(due_for, at)
    uow.record("dossier:stuck", dossier, SCHEDULER, at, since=last.at.isoformat(), told=told, late_run=late)
    return True


def _last_touch(uow: UnitOfWork, dossier: Dossier) -> Event | None:
    """Return the newest event of a person: what the house itself wrote does not move a dossier."""
    newest = select(func.max(Event.seq)).where(
        Event.dossier_id == dossier.id, Event.actor_kind != SCHEDULER.kind
    )
    return uow.session.scalars(
        select(Event).where(Event.dossier_id == dossier.id, Event.seq == newest.scalar_subquery())
    ).first()
