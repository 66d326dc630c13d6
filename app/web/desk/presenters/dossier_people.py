"""The people of a dossier in the line below its head (chủ hồ sơ, người nộp), numbers masked or in clear."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.people import PersonData
from app.i18n import gettext as _
from app.queries.dossier_values import DossierFile, PersonShown
from app.web.filters import vn_datetime


@dataclass(frozen=True, slots=True)
class Fact:
    """A name and a value."""

    name: str
    value: str


def people_facts(file: DossierFile, in_clear: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """Return who is who, where the result goes, and when it came; then what was unmasked."""
    facts = [Fact(role_words(person.role), _person(person)) for person in _distinct(file.people)]
    facts += [Fact(_("Giấy ủy quyền"), person.letter) for person in file.people if person.letter]
    places = {"desk": _("tại quầy"), "post": _("bưu chính"), "electronic": _("bản điện tử")}
    facts.append(Fact(_("Nhận kết quả"), places[file.delivery]))
    if file.received_at:
        facts.append(Fact(_("Tiếp nhận"), vn_datetime(file.received_at)))
    else:
        facts.append(Fact(_("Nộp lúc"), vn_datetime(file.filed_at)))
    if file.settling_unit_id != file.receiving_unit_id:
        facts.append(Fact(_("Nơi tiếp nhận"), file.receiving_unit))
        facts.append(Fact(_("Giải quyết"), file.settling_unit))
        taken = vn_datetime(file.competent_received_at) if file.competent_received_at else _("chưa nhận")
        facts.append(Fact(_("Cơ quan có thẩm quyền nhận"), taken))
    if file.assisting_unit != file.receiving_unit:
        facts.append(Fact(_("Nơi hỗ trợ nộp"), file.assisting_unit))
    if file.returning_unit != file.receiving_unit:
        facts.append(Fact(_("Nơi trả kết quả"), file.returning_unit))
    return (*facts, *in_clear)


def role_words(role: str) -> str:
    """Return the Vietnamese word for a person's part in the dossier."""
    return {
        "subject": _("Chủ hồ sơ"),
        "applicant": _("Người nộp"),
        "authorised": _("Người được ủy quyền"),
    }[role]


def clear_facts(people: Iterable[tuple[str, PersonData]]) -> tuple[Fact, ...]:
    """Return numbers and addresses whole, each once, after the event that says who asked."""
    found: dict[tuple[str, str], Fact] = {}
    for role, person in people:
        told = (
            (_("Số định danh"), person.id_number),
            (_("Điện thoại"), person.phone),
            (_("Nơi cư trú"), person.address),
            (_("Thư điện tử"), person.email),
        )
        for name, value in told:
            if value:
                found.setdefault((name, value), Fact(f"{name} ({role_words(role).lower()})", value))
    return tuple(found.values())


def _distinct(people: tuple[PersonShown, ...]) -> tuple[PersonShown, ...]:
    """Who files for himself stands there once."""
    subject = next((person for person in people if person.role == "subject"), None)
    return tuple(
        person for person in people if person.role != "applicant" or subject is None or person.name != subject.name
    )


def _person(person: PersonShown) -> str:
    said = [person.name, person.birth, person.id_masked, person.phone_masked]
    return " · ".join(filter(None, said))
