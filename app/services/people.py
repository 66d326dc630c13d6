"""The people of a dossier (người nộp, chủ hồ sơ, người được ủy quyền): checked, sealed, made searchable."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from app.db.base import new_uid, table_of
from app.db.models import Dossier, DossierPerson
from app.db.unit_of_work import UnitOfWork
from app.domain import checks
from app.domain.people import ApplicantKind, IdKind, PersonData, PersonRole
from app.domain.vietnamese import fold, person_sort_key
from app.services.values import Filing
from app.vault import Vault

_TABLE = "dossier_people"
_PEOPLE = table_of(DossierPerson)
_WHO = {
    PersonRole.APPLICANT: "họ tên người nộp",
    PersonRole.SUBJECT: "họ tên chủ hồ sơ",
    PersonRole.AUTHORISED: "họ tên người được ủy quyền",
}


def checked(person: PersonData, role: PersonRole, *, today: date) -> PersonData:
    """Return `person` cleaned. Raises the refusals of `app.domain.checks`, naming e.g. "applicant.phone"."""
    at = f"{role}."
    return replace(
        person,
        name=checks.text(person.name, what=_WHO[role], where=f"{at}name"),
        id_number=_id_number(person, f"{at}id_number"),
        birth=checks.birth(person.birth, today=today, where=f"{at}birth"),
        sex=person.sex if person.sex in {"Nam", "Nữ"} else "",
        address=checks.text(
            person.address, what="địa chỉ", where=f"{at}address", longest=500, required=False
        ),
        phone=checks.phone(person.phone, where=f"{at}phone"),
        email=checks.email(person.email, where=f"{at}email"),
        letter=checks.text(
            person.letter,
            what="giấy ủy quyền",
            where=f"{at}letter",
            longest=300,
            required=role is PersonRole.AUTHORISED,
        ),
    )


def people_of(filing: Filing, *, today: date) -> dict[PersonRole, PersonData]:
    """Return the checked persons of a filing; the subject is the applicant where none is named."""
    applicant = checked(filing.applicant, PersonRole.APPLICANT, today=today)
    found = {PersonRole.APPLICANT: applicant}
    if filing.subject:
        found[PersonRole.SUBJECT] = checked(filing.subject, PersonRole.SUBJECT, today=today)
    else:
        found[PersonRole.SUBJECT] = applicant
    if filing.authorised:
        found[PersonRole.AUTHORISED] = checked(filing.authorised, PersonRole.AUTHORISED, today=today)
    return found


def write_people(uow: UnitOfWork, dossier: Dossier, people: dict[PersonRole, PersonData]) -> None:
    """Put the persons of a dossier into their sealed rows."""
    uow.late.put(_PEOPLE, *(_row(uow.vault, dossier, role, person) for role, person in people.items()))


def rewrite(vault: Vault, row: DossierPerson, person: PersonData) -> None:
    """Bring a person's row up to corrected data; the row keeps its role and its place for what is sealed."""
    for name, value in _columns(vault, row.uid, person).items():
        setattr(row, name, value)


def _row(vault: Vault, dossier: Dossier, role: PersonRole, person: PersonData) -> dict[str, Any]:
    uid = new_uid()
    return {"uid": uid, "dossier_id": dossier.id, "role": role, **_columns(vault, uid, person)}


def _columns(vault: Vault, uid: str, person: PersonData) -> dict[str, Any]:
    def seal(column: str, text: str) -> bytes | None:
        return vault.seal_text(text, f"{_TABLE}.{column}:{uid}")

    return {
        "kind": int(person.kind),
        "name": person.name,
        "name_fold": fold(person.name),
        "name_sort": person_sort_key(person.name),
        "id_kind": person.id_kind if person.id_number else IdKind.NONE,
        "id_number_sealed": seal("id_number", person.id_number),
        "id_number_mac": _mac(vault, person.id_number, "id_number"),
        "birth": person.birth,
        "sex": person.sex,
        "address_sealed": seal("address", person.address),
        "phone_sealed": seal("phone", person.phone),
        "phone_mac": _mac(vault, person.phone, "phone"),
        "phone_tail_mac": _mac(vault, person.phone[-4:], "phone_tail"),
        "email_sealed": seal("email", person.email),
        "letter": person.letter,
    }


def opened(vault: Vault, row: DossierPerson) -> PersonData:
    """Return a person with what is sealed opened: for the task that needs it, never for a list."""

    def text(column: str, sealed: bytes | None) -> str:
        return vault.open_text(sealed, f"{_TABLE}.{column}:{row.uid}")

    return PersonData(
        name=row.name,
        kind=ApplicantKind(row.kind),
        id_kind=IdKind(row.id_kind),
        id_number=text("id_number", row.id_number_sealed),
        birth=row.birth,
        sex=row.sex,
        address=text("address", row.address_sealed),
        phone=text("phone", row.phone_sealed),
        email=text("email", row.email_sealed),
        letter=row.letter,
    )


def _mac(vault: Vault, value: str, purpose: str) -> str | None:
    return vault.mac(value, purpose) if value else None


def _id_number(person: PersonData, where: str) -> str:
    if not person.id_number.strip():
        return ""
    if person.id_kind is IdKind.CCCD:
        return checks.citizen_number(person.id_number, where=where)
    if person.id_kind is IdKind.CMND:
        return checks.old_identity_number(person.id_number, where=where)
    return checks.text(person.id_number, what="số giấy tờ", where=where, longest=30).upper().replace(" ", "")
