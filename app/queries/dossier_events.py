"""The events of a dossier and whether their chain holds (nhật ký sự kiện)."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db.models import Dossier, Event
from app.domain.chain import GENESIS
from app.queries.dossier_values import EventShown


def events_shown(session: Session, dossier_id: int) -> tuple[EventShown, ...]:
    """Return the events, the newest first."""
    rows = session.scalars(select(Event).where(Event.dossier_id == dossier_id).order_by(Event.seq.desc()))
    return tuple(EventShown(row.seq, row.kind, row.at, row.actor_name, row.payload or {}) for row in rows)


def chain_holds(session: Session, dossier: Dossier) -> bool:
    """Tell whether each event names the one before and the dossier names the last.

    The links only: that each hash fits its content is what `motcua audit verify` recomputes.
    """
    rows = session.execute(
        select(Event.seq, Event.previous, Event.hash).where(Event.dossier_id == dossier.id).order_by(Event.seq)
    ).all()
    before = GENESIS
    for place, row in enumerate(rows, start=1):
        if row.seq != place or row.previous != before:
            return False
        before = row.hash
    return len(rows) == dossier.event_seq
