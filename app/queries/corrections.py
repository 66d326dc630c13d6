"""Corrections and late entries as they are shown (đính chính, nhập bù): on a dossier's page, and those that wait."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from app.db.models import Correction, Dossier, ProcedureVersion
from app.db.scope import scope_filter
from app.domain.people import Staff
from app.vault import Vault

_TABLE = "dossier_corrections"
_NUMBERS = (".id_number", ".phone")
RECENT = timedelta(days=30)
MOST = 200


@dataclass(frozen=True, slots=True)
class CorrectionShown:
    """One proposal. Identity and phone numbers are whole while somebody must compare them, then masked."""

    id: int
    field: str
    old: str
    new: str
    reason: str
    state: str
    proposed_at: datetime
    proposed_by: str
    proposed_by_id: int
    decided_at: datetime | None
    decided_by: str
    note: str


@dataclass(frozen=True, slots=True)
class WaitingCorrection:
    """One proposal that waits for a second person, with its dossier."""

    number: str
    procedure: str
    correction: CorrectionShown


@dataclass(frozen=True, slots=True)
class LateEntry:
    """One dossier entered later than it was received."""

    number: str
    procedure: str
    received_at: datetime
    entered_at: datetime
    reason: str


def corrections_shown(session: Session, vault: Vault, dossier_id: int) -> tuple[CorrectionShown, ...]:
    """Return every proposal on a dossier, the newest first."""
    rows = session.scalars(
        select(Correction).where(Correction.dossier_id == dossier_id).order_by(Correction.id.desc())
    )
    return tuple(_shown(vault, row) for row in rows)


def waiting_corrections(session: Session, vault: Vault, staff: Staff) -> tuple[WaitingCorrection, ...]:
    """Return what of the person's dossiers waits for a second person, the oldest first."""
    rows = session.execute(
        select(Correction, Dossier.code, Dossier.filing_number, ProcedureVersion.short_name, ProcedureVersion.name)
        .join(Dossier, Dossier.id == Correction.dossier_id)
        .join(ProcedureVersion, ProcedureVersion.id == Dossier.procedure_version_id)
        .where(scope_filter(staff), Correction.state == "proposed")
        .order_by(Correction.id)
        .limit(MOST)
    )
    return tuple(
        WaitingCorrection(code or filed, short or name, _shown(vault, row)) for row, code, filed, short, name in rows
    )


def late_entries(session: Session, staff: Staff, at: datetime) -> tuple[LateEntry, ...]:
    """Return the dossiers of the last thirty days that were entered later than they were received."""
    rows = session.execute(
        select(
            Dossier.code,
            Dossier.filing_number,
            ProcedureVersion.short_name,
            ProcedureVersion.name,
            Dossier.received_at,
            Dossier.entered_at,
            Dossier.late_entry_reason,
        )
        .join(ProcedureVersion, ProcedureVersion.id == Dossier.procedure_version_id)
        .where(scope_filter(staff), Dossier.received_at >= at - RECENT, Dossier.entered_at > Dossier.received_at)
        .where(and_(Dossier.late_entry_reason != "", or_(Dossier.code.is_not(None), Dossier.is_imported)))
        .order_by(Dossier.received_at.desc())
        .limit(MOST)
    )
    return tuple(
        LateEntry(code or filed, short or name, received_at, entered_at, reason)
        for code, filed, short, name, received_at, entered_at, reason in rows
    )


def _shown(vault: Vault, row: Correction) -> CorrectionShown:
    old = vault.open_text(row.old_sealed, f"{_TABLE}.old:{row.uid}")
    new = vault.open_text(row.new_sealed, f"{_TABLE}.new:{row.uid}")
    if row.state != "proposed" and row.field.endswith(_NUMBERS):
        old, new = _masked(old), _masked(new)
    return CorrectionShown(
        id=row.id,
        field=row.field,
        old=old,
        new=new,
        reason=row.reason,
        state=row.state,
        proposed_at=row.proposed_at,
        proposed_by=row.proposed_by,
        proposed_by_id=row.proposed_by_id,
        decided_at=row.decided_at,
        decided_by=row.decided_by,
        note=row.note,
    )


def _masked(number: str) -> str:
    hidden = max(0, len(number) - 3)
    return "•" * hidden + number[hidden:]
