"""Deadlines of steps (hạn của bước xử lý): a stay that outlasts its allotted hours is called to mind, once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app.db.base import UTCDateTime
from app.db.calendars import CalendarBook
from app.db.facts import ledger_of
from app.db.models import Dossier, DossierClock, Hop
from app.db.unit_of_work import UnitOfWork
from app.domain.ladder import Audience
from app.domain.people import SCHEDULER
from app.domain.vietnamese_format import short_moment
from app.services.notices import audience, facts_of, tell
from app.services.steps import current_hop
from app.services.sweeps.effects import (
    LOOKS_BACK,
    MOST_AT_ONCE,
    hold,
    is_late_run,
    not_yet,
    occasion_of,
    once,
    published,
)
from workflows.ledger import Effect as ClockEffect

KIND = "step_late"
_AT, _BACK = (bindparam(name, type_=UTCDateTime()) for name in ("at", "back"))
_LATE = (
    select(Hop.dossier_id)
    .join(DossierClock, DossierClock.dossier_id == Hop.dossier_id)
    .where(Hop.left_at.is_(None), Hop.due_at <= _AT, Hop.due_at > _BACK)
    .where(not_yet(KIND, KIND, Hop.due_at, subject=Hop.dossier_id.expression))
    .where(DossierClock.is_open, DossierClock.is_suspended.is_(False), published())
    .order_by(Hop.due_at, Hop.dossier_id)
    .limit(MOST_AT_ONCE)
)


def due(session: Session, _calendars: CalendarBook, at: datetime) -> Sequence[int]:
    """Return the dossiers whose present step is beyond its time while the clock runs."""
    return session.scalars(_LATE, {"at": at, "back": at - LOOKS_BACK}).all()


def act(uow: UnitOfWork, dossier_id: int, at: datetime) -> bool:
    """Tell the holder and the officers; False where waiting for the applicant has moved the step's time."""
    dossier, clock = hold(uow, dossier_id)
    hop = current_hop(uow, dossier)
    if hop is None or hop.due_at is None or not clock.is_open or clock.is_suspended:
        return False
    due_for = moved(uow, dossier, hop, hop.due_at)
    if due_for > at:
        return False
    if not once(uow, KIND, str(dossier.id), occasion_of(KIND, hop.due_at), due_for=due_for, at=at):
        return False
    facts = facts_of(uow, dossier) | {"step": hop.step_name, "due": short_moment(due_for)}
    told = tell(uow, audience(uow, dossier, Audience.OFFICER, at), "step_late", facts, about=dossier, at=at)
    late = is_late_run(due_for, at)
    uow.record("dossier:step_late", dossier, SCHEDULER, at, step=hop.step_name, told=told, late_run=late)
    return True


def moved(uow: UnitOfWork, dossier: Dossier, hop: Hop, due_at: datetime) -> datetime:
    """Return a step's due time with what the clock stood still during the stay given back."""
    calendar, _ = uow.calendars.of_unit(uow.session, dossier.settling_unit_id)
    ledger = ledger_of(uow.session, dossier)
    stood_still = sum(
        calendar.working_minutes_between(max(stop.start, hop.handed_at), stop.end)
        for stop in (ledger.suspensions if ledger else ())
        if stop.effect is not ClockEffect.NONE and stop.end and stop.end > hop.handed_at
    )
    return calendar.add_working_minutes(due_at, stood_still) if stood_still else due_at
