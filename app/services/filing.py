"""Writing a new dossier down (lập hồ sơ): the rows that filing and reception at the desk have in common."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from app.db.base import new_uid, table_of
from app.db.just_written import PaperWritten, write_down
from app.db.models import Component, Dossier
from app.db.unit_of_work import UnitOfWork
from app.domain import checks
from app.domain.channels import Delivery
from app.domain.identifiers import new_filing_number, new_secret
from app.domain.people import PersonRole
from app.domain.version_parts import limit_of_case
from app.services import catalogue
from app.services.catalogue import Chosen
from app.services.dossiers import Place, place_by_code
from app.services.errors import ComponentsMissing, ExemptionUnknown, UnitUnknown
from app.services.people import people_of, write_people
from app.services.values import ComponentData, Filing
from workflows.calendar import VIETNAM
from workflows.states import State

EXEMPTIONS = frozenset({"shown_only", "verification", "secret", "database"})
OWN_LONGEST = 2_000
_PAPERS = table_of(Component)


def local_day(at: datetime) -> date:
    """Return the Vietnam date of an instant."""
    return at.astimezone(VIETNAM).date()


def chosen_for(uow: UnitOfWork, filing: Filing, at: datetime) -> tuple[Place, Chosen]:
    """Return the desk and the procedure as in force. Raises UnitUnknown, ProcedureNotOpen, ChannelNotOffered."""
    desk = place_by_code(uow, filing.unit_code)
    if desk is None:
        raise UnitUnknown(where="unit", unit=filing.unit_code)
    offers = _authority(uow, filing.settling_code, desk)
    return desk, catalogue.choose(uow, filing.procedure_code, offers, channel=filing.channel, on=local_day(at))


def _authority(uow: UnitOfWork, code: str, otherwise: Place) -> int:
    """Return the authority of this house with a code, or the desk's own where none is named. Raises UnitUnknown."""
    if not code:
        return otherwise.authority_id
    place = place_by_code(uow, code)
    if place is None or not place.is_own:
        raise UnitUnknown(where="settling_code", unit=code)
    return place.authority_id


def write_dossier(
    uow: UnitOfWork, filing: Filing, desk: Place, chosen: Chosen, *, at: datetime
) -> tuple[Dossier, str]:
    """Return the new dossier, its people and papers written, and its look-up secret. No event yet."""
    people = people_of(filing, today=local_day(at))
    catalogue.refuse_unknown_exemption(chosen, filing.fee_exemption.strip())
    secret = new_secret()
    columns = {
        "filing_number": new_filing_number(),
        "channel": int(filing.channel),
        "is_assisted": filing.is_assisted,
        "source": filing.source,
        "external_code": filing.external_code or None,
        "state": State.FILED,
        "case_name": filing.case,
        "summary": people[PersonRole.SUBJECT].name,
        "filed_at": at,
        "delivery": filing.delivery,
        "sets": max(1, filing.sets),
        "request_id": filing.request_id,
    }
    columns |= _places(uow, filing, desk, chosen) | _limits(filing, chosen) | _fee(filing, chosen)
    dossier = write_down(uow.late, columns | _sealed(uow, filing, secret))
    write_people(uow, dossier, people)
    uow.wrote_down(dossier, chosen.version, write_components(uow, dossier, chosen, filing.components))
    return dossier, secret


def write_components(
    uow: UnitOfWork, dossier: Dossier, chosen: Chosen, given: tuple[ComponentData, ...]
) -> tuple[PaperWritten, ...]:
    """Put the procedure's papers down with what was given of each; return them in order."""
    stated = {paper.ordinal: paper for paper in given}
    wanted = [paper for paper in chosen.version.components if not paper.case or paper.case == dossier.case_name]
    rows: list[dict[str, Any]] = [
        {
            "dossier_id": dossier.id,
            "ordinal": paper.ordinal,
            "name": paper.name,
            "paper_code": paper.paper_code,
            "required": paper.required,
            **_given(stated.get(paper.ordinal, ComponentData(paper.ordinal))),
        }
        for paper in wanted
    ]
    if rows:
        uow.late.put(_PAPERS, *rows)
    return tuple(PaperWritten(row["name"], row["required"], row["form"], row["exempt_reason"]) for row in rows)


def set_component(row: Component, data: ComponentData) -> None:
    """Bring one paper up to what is stated. Raises ExemptionUnknown."""
    for name, value in _given(data).items():
        setattr(row, name, value)


def refuse_missing(papers: Sequence[Component | PaperWritten]) -> None:
    """Raise ComponentsMissing, naming every required paper that is neither given nor exempt."""
    missing = [paper.name for paper in papers if paper.required and paper.form == "missing"]
    if missing:
        raise ComponentsMissing(where="components", count=len(missing), names="; ".join(missing))


def _given(data: ComponentData) -> dict[str, object]:
    if data.form == "exempt" and data.exempt_reason not in EXEMPTIONS:
        raise ExemptionUnknown(where=f"component.{data.ordinal}")
    return {
        "form": data.form,
        "exempt_reason": data.exempt_reason if data.form == "exempt" else "",
        "originals": max(0, data.originals),
        "copies": max(0, data.copies),
        "pages": max(0, data.pages),
        "note": checks.text(
            data.note, what="ghi chú", where=f"component.{data.ordinal}", longest=500, required=False
        ),
    }


def _places(uow: UnitOfWork, filing: Filing, desk: Place, chosen: Chosen) -> dict[str, Any]:
    return {
        "filing_unit_id": _authority(uow, filing.assisting_code, desk),
        "receiving_unit_id": desk.authority_id,
        "settling_unit_id": chosen.settling_unit_id,
        "returning_unit_id": _authority(uow, filing.returning_code, desk),
        "holder_unit_id": desk.unit_id,
    }


def _limits(filing: Filing, chosen: Chosen) -> dict[str, Any]:
    """Return the limits that the dossier keeps: those of its case where the procedure knows one by that name."""
    limit = limit_of_case(chosen.limit, chosen.version.cases, filing.case)
    return {
        "procedure_version_id": chosen.version.version_id,
        "statutory_limit": limit.statutory,
        "committed_limit": limit.committed,
        "limit_cutoff": limit.cutoff,
        "limit_decision": limit.decision_number,
    }


def _fee(filing: Filing, chosen: Chosen) -> dict[str, Any]:
    reason = checks.text(filing.fee_exemption, what="lý do miễn", where="fee_exemption", required=False)
    due = catalogue.fee_of(chosen, filing.channel, exemption=reason, quantity=filing.fee_quantity)
    return {"fee_exemption": reason, "fee_due_vnd": due}


def _sealed(uow: UnitOfWork, filing: Filing, secret: str) -> dict[str, Any]:
    uid = new_uid()
    own = {
        name: checks.paragraph(
            str(value), what=name, where=f"own.{name}", longest=OWN_LONGEST, required=False
        )
        for name, value in filing.own.items()
    }
    address = checks.text(
        filing.delivery_address,
        what="địa chỉ nhận kết quả",
        where="delivery_address",
        longest=500,
        required=filing.delivery is Delivery.POST,
    )
    return {
        "uid": uid,
        "secret_mac": uow.vault.mac(secret, "lookup"),
        "secret_sealed": uow.vault.seal(secret.encode(), f"dossiers.secret:{uid}"),
        "form_sealed": uow.vault.seal_json(own, f"dossiers.form:{uid}") if own else None,
        "delivery_address_sealed": uow.vault.seal_text(address, f"dossiers.delivery_address:{uid}"),
    }
