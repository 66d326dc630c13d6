"""Lateness (ghi nhận quá hạn): one event when a due time passes without a result. Standing stays derived."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from app.db.calendars import CalendarBook
from app.db.models import Dossier, DossierClock
from app.db.unit_of_work import UnitOfWork
from app.domain.people import SCHEDULER
from app.services.sweeps.effects import LOOKS_BACK, MOST_AT_ONCE, hold, is_late_run, not_yet, occasion_of, once

KIND = "late"


def due(session: Session, _calendars: CalendarBook, at: datetime) -> Sequence[int]:
    """Return the dossiers whose due time has passed unrecorded, the oldest first.

    Also those that ended late while nobody ran: none is missed. Imported ends are the other system's to record.
    """
    ended_late = and_(
        DossierClock.is_open.is_(False),
        DossierClock.due_at > at - LOOKS_BACK,
        Dossier.ended_at >= DossierClock.due_at,
        Dossier.is_imported.is_(False),
    )
    asked = (
        select(DossierClock.dossier_id)
        .join(Dossier, Dossier.id == DossierClock.dossier_id)
        .where(DossierClock.due_at <= at, Dossier.is_published, or_(DossierClock.is_open, ended_late))
        .where(not_yet(KIND, KIND, DossierClock.due_at))
        .order_by(DossierClock.due_at, DossierClock.dossier_id)
        .limit(MOST_AT_ONCE)
    )
    return session.scalars(asked).all()


def act(uow: UnitOfWork, dossier_id: int, at: datetime) -> bool:
    """Record that the due time has passed; False when it was recorded before or has moved."""
    dossier, clock = hold(uow, dossier_id)
    due_at = clock.due_at
    if due_at is None or due_at > at or (dossier.ended_at and dossier.ended_at < due_at):
        return False
    if not once(uow, KIND, str(dossier.id), occasion_of(KIND, due_at), due_for=due_at, at=at):
        return False
    uow.record("dossier:late", dossier, SCHEDULER, at, due=due_at.isoformat(), late_run=is_late_run(due_at, at))
    return True
