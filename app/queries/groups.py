"""Lists received at once (nhóm hồ sơ): what the page shows and what the slip prints."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db.models import (
    Dossier,
    DossierClock,
    DossierGroup,
    DossierGroupItem,
    DossierPerson,
    ProcedureVersion,
    Unit,
    UserAccount,
)
from app.domain.documents import GroupEntry, GroupSlip, Letterhead
from app.domain.identifiers import printed_secret
from app.domain.people import PersonRole, Staff
from app.queries.printing_parts import CENTRE, place_of
from app.vault import Vault
from workflows.calendar import VIETNAM


@dataclass(frozen=True, slots=True)
class GroupShown:
    """One list; its slip may be printed again at any time."""

    id: int
    number: str
    representative: str
    procedure: str
    received_at: datetime
    receiver: str
    entries: tuple[GroupEntry, ...]


def group_shown(session: Session, vault: Vault, staff: Staff, group_id: int) -> GroupShown | None:
    """Return a list of the person's own desk, or None."""
    row = session.get(DossierGroup, group_id)
    if row is None or row.unit_id != staff.root_unit_id:
        return None
    found = session.execute(
        select(Dossier, DossierPerson, DossierClock.promised_at, ProcedureVersion.name)
        .join(DossierGroupItem, DossierGroupItem.dossier_id == Dossier.id)
        .join(DossierPerson, DossierPerson.dossier_id == Dossier.id)
        .join(ProcedureVersion, ProcedureVersion.id == Dossier.procedure_version_id)
        .outerjoin(DossierClock, DossierClock.dossier_id == Dossier.id)
        .where(DossierGroupItem.group_id == group_id, DossierPerson.role == PersonRole.SUBJECT)
        .order_by(DossierGroupItem.ordinal)
    ).all()
    return GroupShown(
        id=row.id,
        number=f"{row.number:04d}/DS-TTPVHCC",
        representative=row.representative,
        procedure=found[0][3] if found else "",
        received_at=row.received_at,
        receiver=session.get_one(UserAccount, row.user_id).name,
        entries=tuple(_entry(vault, dossier, person, promised) for dossier, person, promised, _name in found),
    )


def group_slip(session: Session, vault: Vault, staff: Staff, group_id: int, *, base_url: str) -> GroupSlip | None:
    """Return the slip of a list, or None."""
    shown = group_shown(session, vault, staff, group_id)
    if shown is None:
        return None
    unit = session.get_one(Unit, staff.root_unit_id)
    day = shown.received_at.astimezone(VIETNAM).date()
    return GroupSlip(
        head=Letterhead(unit.name, CENTRE, shown.number, place_of(unit), day),
        representative=shown.representative,
        procedure=shown.procedure,
        received_at=shown.received_at,
        receiver=shown.receiver,
        tracking_page=f"{base_url}/tra-cuu".split("://", 1)[-1],
        entries=shown.entries,
    )


def _entry(vault: Vault, dossier: Dossier, person: DossierPerson, promised: datetime | None) -> GroupEntry:
    secret = vault.open(dossier.secret_sealed, f"dossiers.secret:{dossier.uid}").decode()
    code = dossier.code or dossier.filing_number
    return GroupEntry(
        code, person.name, person.birth, promised, printed_secret(secret), dossier.fee_due_vnd, dossier.fee_paid_vnd
    )
