"""Suspensions that have lasted as long as their ground allows (hết thời gian tạm dừng tối đa): the clock runs again.

It runs from the end of the last day allowed, whenever the scheduler gets to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.db.calendars import CalendarBook
from app.db.models import Dossier, LedgerEntry
from app.db.unit_of_work import UnitOfWork
from app.domain.people import SCHEDULER
from app.services.sweeps.effects import MOST_AT_ONCE, hold, is_late_run, once
from workflows.states import OPEN_STATES, State

KIND = "end_suspension"


def due(session: Session, _calendars: CalendarBook, at: datetime) -> Sequence[int]:
    """Return the open dossiers with a suspension beyond its longest duration, the oldest first."""
    run_out = (
        select(Dossier.id)
        .join(LedgerEntry, LedgerEntry.dossier_id == Dossier.id)
        .where(Dossier.state.in_(OPEN_STATES), Dossier.is_published)
        .where(LedgerEntry.kind == "suspension", LedgerEntry.ended_at.is_(None), LedgerEntry.until_at <= at)
        .group_by(Dossier.id)
        .order_by(func.min(LedgerEntry.until_at), Dossier.id)
        .limit(MOST_AT_ONCE)
    )
    return session.scalars(run_out).all()


def act(uow: UnitOfWork, dossier_id: int, at: datetime) -> bool:
    """Close what has run out, at its last moment; False when somebody was faster."""
    dossier, _ = hold(uow, dossier_id)
    entries = uow.session.scalars(
        select(LedgerEntry).where(
            LedgerEntry.dossier_id == dossier_id, LedgerEntry.ended_at.is_(None), LedgerEntry.until_at <= at
        )
    ).all()
    fresh = [row for row in entries if row.until_at and _once(uow, row, row.until_at, at)]
    if State(dossier.state) not in OPEN_STATES or not fresh:
        return False
    for row in fresh:
        row.ended_at, row.closed_by = row.until_at, SCHEDULER.name
    late = is_late_run(max(row.until_at or at for row in fresh), at)
    uow.record("dossier:resumed", dossier, SCHEDULER, at, ground=fresh[0].ground, longest=True, late_run=late)
    return True


def _once(uow: UnitOfWork, row: LedgerEntry, until_at: datetime, at: datetime) -> bool:
    return once(uow, KIND, str(row.dossier_id), f"entry-{row.id}", due_for=until_at, at=at)
