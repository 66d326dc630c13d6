"""What the house already holds for a dossier's people (giấy tờ có thể dùng lại), paper by paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from app.db.models import Component, DossierPerson, StoredPaper

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


def papers_offered(session: Session, dossier_id: int, today: date) -> dict[int, PaperOffered]:
    """Return for each component the newest stored paper of the same person and type, by the component's ordinal."""
    fits = and_(
        DossierPerson.dossier_id == Component.dossier_id,
        DossierPerson.role.in_(["subject", "applicant"]),
        StoredPaper.owner_mac == DossierPerson.id_number_mac,
        StoredPaper.type_code == Component.paper_code,
    )
    rows = session.execute(
        select(Component.ordinal, StoredPaper)
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
        ordinal: PaperOffered(row.id, ordinal, row.title, row.number, row.issued_on, row.valid_until)
        for ordinal, row in rows
    }
