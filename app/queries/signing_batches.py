"""How a batch of signatures goes (tiến độ lô ký), for the leader who confirmed it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db.models import SigningBatch, SigningBatchItem
from app.domain.people import Staff


@dataclass(frozen=True, slots=True)
class BatchFailure:
    """One file that was not signed, and why."""

    number: str
    reason: str


@dataclass(frozen=True, slots=True)
class BatchProgress:
    """Counts, and the failures by name; `halted` says why it stopped before the end."""

    batch_id: int
    set_digest: str
    total: int
    signed: int
    waiting: int
    failures: tuple[BatchFailure, ...]
    confirmed_at: datetime
    beat_at: datetime
    halted: str
    done_at: datetime | None


def batch_of(session: Session, staff: Staff, batch_id: int) -> BatchProgress | None:
    """Return one's own batch, None for another's."""
    batch = session.get(SigningBatch, batch_id)
    return _progress(session, batch) if batch is not None and batch.user_id == staff.user_id else None


def unfinished(session: Session, staff: Staff) -> BatchProgress | None:
    """Return the newest batch of this leader that is not done, so that a dead one is found again."""
    batch = session.scalars(
        select(SigningBatch)
        .where(SigningBatch.user_id == staff.user_id, SigningBatch.done_at.is_(None))
        .order_by(SigningBatch.id.desc())
        .limit(1)
    ).first()
    return _progress(session, batch) if batch else None


def _progress(session: Session, batch: SigningBatch) -> BatchProgress:
    items = session.scalars(
        select(SigningBatchItem).where(SigningBatchItem.batch_id == batch.id).order_by(SigningBatchItem.ordinal)
    ).all()
    return BatchProgress(
        batch.id,
        batch.set_digest,
        batch.total,
        sum(item.state == "signed" for item in items),
        sum(item.state == "waiting" for item in items),
        tuple(BatchFailure(item.number, item.reason) for item in items if item.state == "failed"),
        batch.confirmed_at,
        batch.beat_at,
        batch.halted,
        batch.done_at,
    )
