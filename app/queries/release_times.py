"""Results whose time is to be proven: due for a timestamp, or held for the want of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db.models import Dossier, Result, ResultTime, StoredFile
from app.domain.people import Staff

MOST = 25


@dataclass(frozen=True, slots=True)
class DueFile:
    """One file to put under a timestamp. `state`: held, untimed, timed."""

    result_id: int
    state: str
    sealer_id: int
    storage_id: str
    key_sealed: bytes


@dataclass(frozen=True, slots=True)
class HeldRelease:
    """A sealed result whose release waits for a timestamp."""

    result_id: int
    number: str
    version: int
    title: str
    symbol: str
    sealer_id: int
    since: datetime
    next_at: datetime
    tries: int
    error: str


def due(session: Session, at: datetime) -> tuple[DueFile, ...]:
    """Return the files to look at now, the longest waiting first."""
    found = session.execute(
        select(ResultTime, StoredFile)
        .join(Result, Result.id == ResultTime.result_id)
        .join(StoredFile, StoredFile.id == Result.file_id)
        .where(ResultTime.next_at <= at, Result.state != "withdrawn")
        .order_by(ResultTime.next_at)
        .limit(MOST)
    )
    return tuple(DueFile(t.result_id, t.state, t.sealer_id, f.storage_id, f.key_sealed) for t, f in found)


def held(session: Session, staff: Staff) -> tuple[HeldRelease, ...]:
    """Return what the authority of `staff` holds back, the oldest first."""
    found = session.execute(
        select(ResultTime, Result, Dossier)
        .join(Result, Result.id == ResultTime.result_id)
        .join(Dossier, Dossier.id == Result.dossier_id)
        .where(ResultTime.state == "held", Dossier.settling_unit_id == staff.root_unit_id)
        .order_by(ResultTime.since)
    )
    return tuple(
        HeldRelease(
            result.id,
            dossier.code or dossier.filing_number,
            dossier.event_seq,
            result.title,
            result.symbol,
            row.sealer_id,
            row.since,
            row.next_at,
            row.tries,
            row.error,
        )
        for row, result, dossier in found
    )
