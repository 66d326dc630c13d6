"""Lateness (ghi nhận quá hạn): one event when a due time passes without a result. Standing stays derived."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, literal_column, select
from sqlalchemy.orm import Session

from app.db.base import UTCDateTime
from app.db.calendars import CalendarBook
from app.db.models import Dossier, DossierClock
from app.db.unit_of_work import UnitOfWork
from app.domain.people import SCHEDULER
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
from workflows.deadlines import Standing

KIND = "late"
# Written out, not bound: only so do both databases see that the index over what ended late will do.
_IS_LATE = DossierClock.standing == literal_column(f"'{Standing.LATE}'")
_due_at, _BACK = DossierClock.due_at, bindparam("back", type_=UTCDateTime())
_PASSED = (
    select(_due_at, DossierClock.dossier_id)
    .where(_due_at <= bindparam("at", type_=UTCDateTime()), published(), not_yet(KIND, KIND, _due_at))
    .order_by(_due_at, DossierClock.dossier_id)
    .limit(MOST_AT_ONCE)
)
_OPEN = _PASSED.where(DossierClock.is_open)
_ENDED = _PASSED.join(Dossier, Dossier.id == DossierClock.dossier_id).where(
    DossierClock.is_open.is_(False),
    _IS_LATE,
    _due_at > _BACK,
    Dossier.ended_at >= _due_at,
    Dossier.is_imported.is_(False),
)


def due(session: Session, _calendars: CalendarBook, at: datetime) -> Sequence[int]:
    """Return the dossiers whose due time has passed unrecorded, the oldest first.

    Also those that ended late while nobody ran: none is missed. Imported ends are the other system's to record.
    """
    bounds = {"at": at, "back": at - LOOKS_BACK}
    found = [*session.execute(_OPEN, bounds), *session.execute(_ENDED, bounds)]
    return [dossier_id for _, dossier_id in sorted(found)][:MOST_AT_ONCE]


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
