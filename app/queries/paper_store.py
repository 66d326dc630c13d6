"""What the house already holds for a dossier's people (giấy tờ có thể dùng lại), paper by paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, aliased

from app.db.models import Component, DossierPerson, StoredPaper
from app.db.scope import kept_within
from app.domain.people import Staff
from app.queries.dossier_papers import stored_state
from app.vault import Vault

MOST_KEPT = 200
OPEN_FORMS = ("missing", "paper")


@dataclass(frozen=True, slots=True)
class PaperOffered:
    """A stored paper that holds today and fits a component that nobody digitized yet."""

    paper_id: int
    ordinal: int
    title: str
    number: str
    issued_on: date | None
    valid_until: date | None
    copy_state: str


def papers_offered(session: Session, dossier_id: int, today: date) -> dict[int, PaperOffered]:
    """Return for each component the newest stored paper of the same person and type, by the component's ordinal."""
    fits = and_(
        DossierPerson.dossier_id == Component.dossier_id,
        DossierPerson.role.in_(["subject", "applicant"]),
        StoredPaper.owner_mac == DossierPerson.id_number_mac,
        StoredPaper.type_code == Component.paper_code,
    )
    rows = session.execute(
        select(Component.ordinal, StoredPaper, stored_state())
        .join(DossierPerson, DossierPerson.dossier_id == Component.dossier_id)
        .join(StoredPaper, fits)
        .where(
            Component.dossier_id == dossier_id,
            Component.form.in_(OPEN_FORMS),
            StoredPaper.state == "valid",
            or_(StoredPaper.valid_until.is_(None), StoredPaper.valid_until >= today),
        )
        .order_by(StoredPaper.id)
    )
    return {
        ordinal: PaperOffered(row.id, ordinal, row.title, row.number, row.issued_on, row.valid_until, state)
        for ordinal, row, state in rows
    }


@dataclass(frozen=True, slots=True)
class PaperKept:
    """A paper of a person as the store holds it. `state`: valid, revoked (for `reason`), replaced (by `successor`)."""

    paper_id: int
    type_code: str
    title: str
    number: str
    issued_on: date | None
    valid_until: date | None
    copy_state: str
    state: str
    reason: str
    successor: str
    kept_at: datetime
    kept_by: str


def papers_kept(session: Session, vault: Vault, staff: Staff, id_number: str) -> tuple[PaperKept, ...]:
    """Return the papers of the owner of an identity number that the person's part kept, by type, the newest first."""
    newer = aliased(StoredPaper)
    rows = session.execute(
        select(StoredPaper, stored_state(), newer)
        .outerjoin(newer, newer.id == StoredPaper.successor_id)
        .where(StoredPaper.owner_mac == vault.mac(id_number, "id_number"), kept_within(staff))
        .order_by(StoredPaper.type_code, StoredPaper.id.desc())
        .limit(MOST_KEPT)
    )
    return tuple(
        PaperKept(
            row.id,
            row.type_code,
            row.title,
            row.number,
            row.issued_on,
            row.valid_until,
            copy,
            row.state,
            row.reason,
            (successor.number or successor.title) if successor else "",
            row.kept_at,
            row.kept_by,
        )
        for row, copy, successor in rows
    )
