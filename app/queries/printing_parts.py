"""Shared pieces of printed forms (phần chung của các phiếu): letterhead, persons, codes to look up."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db.models import Dossier, DossierPerson, IssuedForm, ProcedureVersion, Unit
from app.domain.documents_parts import Authorisation, Letterhead, Lookup, Party
from app.domain.people import PersonRole
from app.vault import Vault
from workflows.calendar import VIETNAM

_KIND_OF_PLACE = re.compile(r"^(UBND|Ủy ban nhân dân|Sở [^,]*)\s+", re.IGNORECASE)
CENTRE = "Trung tâm Phục vụ hành chính công"


@dataclass(frozen=True, slots=True)
class Source:
    """What every form is filled from: the dossier, what its procedure says, its people, its units."""

    session: Session
    vault: Vault
    base_url: str
    dossier: Dossier
    version: ProcedureVersion
    receiving: Unit
    settling: Unit
    people: dict[PersonRole, DossierPerson]

    @property
    def applicant(self) -> Party:
        """The person who filed."""
        return self.party(PersonRole.APPLICANT)

    @property
    def submitter(self) -> str:
        """Who stands at the desk: the authorised person where there is one, else the applicant."""
        row = self.people.get(PersonRole.AUTHORISED) or self.people[PersonRole.APPLICANT]
        return row.name

    @property
    def authorised(self) -> Authorisation | None:
        """The authorised person and the letter, if any."""
        row = self.people.get(PersonRole.AUTHORISED)
        return Authorisation(self.party(PersonRole.AUTHORISED), row.letter) if row else None

    @property
    def desk(self) -> str:
        """The desk's name as forms print it."""
        return f"{CENTRE} {self.receiving.name}"

    def party(self, role: PersonRole) -> Party:
        """Return a person of the dossier with what is sealed opened: a form shows it to its owner."""
        row = self.people[role]

        def text(column: str, sealed: bytes | None) -> str:
            return self.vault.open_text(sealed, f"dossier_people.{column}:{row.uid}")

        return Party(
            name=row.name,
            identity_number=text("id_number", row.id_number_sealed),
            address=text("address", row.address_sealed),
            phone=text("phone", row.phone_sealed),
            email=text("email", row.email_sealed),
        )

    def tracking(self, *, secret: bool = True) -> Lookup:
        """Return the tracking page of the dossier; the secret stands behind `#`."""
        opened = self.vault.open(self.dossier.secret_sealed, f"dossiers.secret:{self.dossier.uid}").decode()
        return Lookup(
            f"{self.base_url}/tra-cuu", self.dossier.code or self.dossier.filing_number, opened if secret else ""
        )

    def letterhead(self, number: str, dated: datetime) -> Letterhead:
        """Return the head of a form of the receiving desk."""
        return Letterhead(
            self.receiving.name, CENTRE, number, place_of(self.receiving), dated.astimezone(VIETNAM).date()
        )


def source_of(session: Session, vault: Vault, dossier: Dossier, *, base_url: str) -> Source:
    """Return what forms of `dossier` are filled from."""
    people = session.scalars(select(DossierPerson).where(DossierPerson.dossier_id == dossier.id))
    return Source(
        session=session,
        vault=vault,
        base_url=base_url,
        dossier=dossier,
        version=session.get_one(ProcedureVersion, dossier.procedure_version_id),
        receiving=session.get_one(Unit, dossier.receiving_unit_id),
        settling=session.get_one(Unit, dossier.settling_unit_id),
        people={PersonRole(row.role): row for row in people},
    )


def place_of(unit: Unit) -> str:
    """Return the place a form is dated at: the unit's name without the kind of body ("xã Vĩnh An")."""
    name = _KIND_OF_PLACE.sub("", unit.name.replace("(demo)", "")).strip()
    return name[:1].upper() + name[1:]


def data_of(vault: Vault, form: IssuedForm) -> dict[str, Any]:
    """Return what was fixed when the form was issued."""
    found: dict[str, Any] = vault.open_json(form.data_sealed, f"issued_forms.data:{form.uid}") or {}
    return found
