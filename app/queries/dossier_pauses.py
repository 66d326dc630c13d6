"""How often and on what grounds a dossier stood still (các lần tạm dừng), as its page shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db.models import LedgerEntry, SuspensionGround


@dataclass(frozen=True, slots=True)
class PauseShown:
    """One suspension: its ground with the law, what it does, from when to when, by whom, on which paper."""

    ground: str
    name: str
    legal_basis: str
    effect: str
    started_at: datetime
    ended_at: datetime | None
    until_at: datetime | None
    document: str
    reason: str
    opened_by: str
    closed_by: str


def pauses_shown(session: Session, dossier_id: int) -> tuple[PauseShown, ...]:
    """Return every suspension of a dossier in order."""
    rows = session.execute(
        select(LedgerEntry, SuspensionGround.name, SuspensionGround.legal_basis)
        .outerjoin(SuspensionGround, SuspensionGround.code == LedgerEntry.ground)
        .where(LedgerEntry.dossier_id == dossier_id, LedgerEntry.kind == "suspension")
        .order_by(LedgerEntry.started_at, LedgerEntry.id)
    )
    return tuple(
        PauseShown(
            ground=row.ground,
            name=name or row.ground,
            legal_basis=basis or "",
            effect=row.effect,
            started_at=row.started_at,
            ended_at=row.ended_at,
            until_at=row.until_at,
            document=row.document,
            reason=row.reason,
            opened_by=row.opened_by,
            closed_by=row.closed_by,
        )
        for row, name, basis in rows
    )
