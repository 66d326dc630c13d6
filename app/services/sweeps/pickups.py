"""Results that wait to be fetched (nhắc nhận kết quả): the applicant is reminded after a week and after a month."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, String, and_, cast, exists, literal_column, or_, select
from sqlalchemy.orm import Session

from app.db.calendars import CalendarBook
from app.db.models import Dossier, Effect
from app.db.unit_of_work import UnitOfWork
from app.domain.channels import Delivery
from app.domain.people import SCHEDULER
from app.services import outbox
from app.services.notices import clerks, facts_of, tell
from app.services.sweeps.effects import MOST_AT_ONCE, hold, is_late_run, once
from workflows.states import State

KIND = "remind_pickup"
AFTER_DAYS = (7, 30)
# Written out, not bound: only so do both databases see that the index over what waits to be fetched will do.
_IS_FINISHED = Dossier.state == literal_column(f"'{State.FINISHED}'")


def due(session: Session, _calendars: CalendarBook, at: datetime) -> Sequence[int]:
    """Return the finished dossiers of which a reminder is due: fetched at the desk, not yet fetched."""
    reminders = [and_(Dossier.ended_at <= at - timedelta(days=days), ~_done(days)) for days in AFTER_DAYS]
    asked = (
        select(Dossier.id)
        .where(_IS_FINISHED, Dossier.ended_at <= at - timedelta(days=AFTER_DAYS[0]), Dossier.is_published)
        .where(Dossier.delivery == Delivery.DESK, Dossier.is_imported.is_(False), or_(*reminders))
        .order_by(Dossier.ended_at, Dossier.id)
        .limit(MOST_AT_ONCE)
    )
    return session.scalars(asked).all()


def act(uow: UnitOfWork, dossier_id: int, at: datetime) -> bool:
    """Remind once for each reminder reached; of several that were missed, one message goes out."""
    dossier, _ = hold(uow, dossier_id)
    if State(dossier.state) is not State.FINISHED or dossier.ended_at is None:
        return False
    ready = dossier.ended_at
    reached = [days for days in AFTER_DAYS if ready + timedelta(days=days) <= at]
    fresh = [days for days in reached if _take(uow, dossier, days, ready, at)]
    for days in fresh:
        told = _remind(uow, dossier, at) if days == fresh[-1] else []
        late = is_late_run(ready + timedelta(days=days), at)
        uow.record("dossier:pickup_reminded", dossier, SCHEDULER, at, days=days, told=told, late_run=late)
    return bool(fresh)


def _done(days: int) -> ColumnElement[bool]:
    return exists().where(
        Effect.kind == KIND, Effect.subject == cast(Dossier.id, String), Effect.occasion == f"{days}-days"
    )


def _take(uow: UnitOfWork, dossier: Dossier, days: int, ready: datetime, at: datetime) -> bool:
    due_for = ready + timedelta(days=days)
    return once(uow, KIND, str(dossier.id), f"{days}-days", due_for=due_for, at=at)


def _remind(uow: UnitOfWork, dossier: Dossier, at: datetime) -> list[str]:
    """Write to the applicant; where they left no address, the clerks are told that somebody must call."""
    facts = facts_of(uow, dossier)
    told = outbox.to_applicant(uow, dossier, "pickup", facts, at=at)
    if not told:
        tell(uow, clerks(uow, dossier, at), "pickup_unreachable", facts, about=dossier, at=at)
    return told
