"""The people of a dossier with their numbers masked, and the procedure's own fields with their labels."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db.models import Dossier, DossierPerson, ProcedureVersion
from app.domain.people import PersonRole
from app.queries.dossier_values import PersonShown
from app.vault import Vault

VISIBLE = 3
_ORDER = [PersonRole.SUBJECT, PersonRole.APPLICANT, PersonRole.AUTHORISED]


def people_shown(session: Session, vault: Vault, dossier: Dossier) -> tuple[PersonShown, ...]:
    """Return subject, applicant and authorised person; to see a number whole is an event of its own."""
    rows = session.scalars(select(DossierPerson).where(DossierPerson.dossier_id == dossier.id)).all()
    return tuple(_shown(vault, row) for row in sorted(rows, key=lambda row: _ORDER.index(PersonRole(row.role))))


def own_fields_shown(vault: Vault, dossier: Dossier, version: ProcedureVersion) -> tuple[tuple[str, str], ...]:
    """Return what was filled into the procedure's own fields, label and value, in the order of the form."""
    filled = vault.open_json(dossier.form_sealed, f"dossiers.form:{dossier.uid}") or {}
    labels = {field["key"]: field["label"] for field in version.own_fields}
    known = [(label, str(filled[key])) for key, label in labels.items() if filled.get(key)]
    others = [(key, str(value)) for key, value in filled.items() if key not in labels and value]
    return tuple(known + others)


def _shown(vault: Vault, row: DossierPerson) -> PersonShown:
    return PersonShown(
        role=row.role,
        name=row.name,
        birth=row.birth,
        id_kind=row.id_kind,
        id_masked=_masked(vault.open_text(row.id_number_sealed, f"dossier_people.id_number:{row.uid}")),
        phone_masked=_masked(vault.open_text(row.phone_sealed, f"dossier_people.phone:{row.uid}")),
        letter=row.letter,
    )


def _masked(number: str) -> str:
    hidden = max(0, len(number) - VISIBLE)
    return "•" * hidden + number[hidden:]
