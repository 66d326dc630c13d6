"""Writing a new dossier down (lập hồ sơ): the rows that filing and reception at the desk have in common."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import insert

from app.db.base import new_uid
from app.db.models import Component, Dossier, Unit
from app.db.unit_of_work import UnitOfWork
from app.domain import checks
from app.domain.channels import Delivery
from app.domain.identifiers import new_filing_number, new_secret
from app.domain.people import PersonRole
from app.services import catalogue
from app.services.catalogue import Chosen
from app.services.dossiers import unit_by_code
from app.services.errors import ComponentsMissing, ExemptionUnknown, UnitUnknown
from app.services.people import people_of, write_people
from app.services.values import ComponentData, Filing
from workflows.calendar import VIETNAM
from workflows.states import State

EXEMPTIONS = frozenset({"shown_only", "verification", "secret", "database"})
OWN_LONGEST = 2_000


def local_day(at: datetime) -> date:
    """Return the Vietnam date of an instant."""
    return at.astimezone(VIETNAM).date()


def chosen_for(uow: UnitOfWork, filing: Filing, at: datetime) -> tuple[Unit, Chosen]:
    """Return the desk and the procedure as in force. Raises UnitUnknown, ProcedureNotOpen, ChannelNotOffered."""
    desk = unit_by_code(uow, filing.unit_code)
    if desk is None:
        raise UnitUnknown(where="unit", unit=filing.unit_code)
    offers = _authority(uow, filing.settling_code, desk)
    return desk, catalogue.choose(uow, filing.procedure_code, offers, channel=filing.channel, on=local_day(at))


def _authority(uow: UnitOfWork, code: str, otherwise: Unit) -> Unit:
    """Return the authority of this house with a code, or the desk's own where none is named. Raises UnitUnknown."""
    if not code:
        return otherwise
    unit = unit_by_code(uow, code)
    if unit is None or not unit.is_own:
        raise UnitUnknown(where="settling_code", unit=code)
    return uow.session.get_one(Unit, unit.root_id) if unit.root_id else unit


def _root(unit: Unit) -> int:
    return unit.root_id or unit.id


def write_dossier(
    uow: UnitOfWork, filing: Filing, desk: Unit, chosen: Chosen, *, at: datetime
) -> tuple[Dossier, str]:
    """Return the new dossier, its people and papers written, and its look-up secret. No event yet."""
    people = people_of(filing, today=local_day(at))
    catalogue.refuse_unknown_exemption(chosen, filing.fee_exemption.strip())
    secret = new_secret()
    root_id = desk.root_id or desk.id
    dossier = Dossier(
        uid=new_uid(),
        filing_number=new_filing_number(),
        channel=int(filing.channel),
        is_assisted=filing.is_assisted,
        source=filing.source,
        external_code=filing.external_code or None,
        state=State.FILED,
        secret_mac=uow.vault.mac(secret, "lookup"),
        secret_sealed=b"",
        procedure_version_id=chosen.version.id,
        case_name=filing.case,
        summary=people[PersonRole.SUBJECT].name,
        filing_unit_id=_root(_authority(uow, filing.assisting_code, desk)),
        receiving_unit_id=root_id,
        settling_unit_id=chosen.settling_unit_id,
        returning_unit_id=_root(_authority(uow, filing.returning_code, desk)),
        holder_unit_id=desk.id,
        filed_at=at,
        delivery=filing.delivery,
        sets=max(1, filing.sets),
        request_id=filing.request_id,
        fee_exemption=checks.text(
            filing.fee_exemption, what="lý do miễn", where="fee_exemption", required=False
        ),
        fee_due_vnd=catalogue.fee_of(
            chosen, filing.channel, exempt=bool(filing.fee_exemption.strip()), quantity=filing.fee_quantity
        ),
        is_vneid_verified=False,
        is_imported=False,
        is_published=True,
    )
    _freeze_limits(dossier, chosen)
    _seal(uow, dossier, filing, secret)
    _write_down(uow, dossier)
    write_people(uow, dossier, people)
    write_components(uow, dossier, chosen, filing.components)
    uow.session.flush()
    return dossier, secret


def write_components(
    uow: UnitOfWork, dossier: Dossier, chosen: Chosen, given: tuple[ComponentData, ...]
) -> None:
    """Put the procedure's papers down with what was given of each; extra papers follow behind."""
    stated = {paper.ordinal: paper for paper in given}
    wanted = [paper for paper in chosen.components if not paper.case or paper.case == dossier.case_name]
    rows = [
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
        uow.session.execute(insert(Component), rows)


def set_component(row: Component, data: ComponentData) -> None:
    """Bring one paper up to what is stated. Raises ExemptionUnknown."""
    for name, value in _given(data).items():
        setattr(row, name, value)


def refuse_missing(papers: list[Component]) -> None:
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


def _freeze_limits(dossier: Dossier, chosen: Chosen) -> None:
    limit = chosen.limit
    longer = next((case for case in chosen.version.cases if case["name"] == dossier.case_name), None)
    dossier.statutory_limit = longer["statutory"] if longer else limit.statutory
    dossier.committed_limit = longer["committed"] if longer else limit.committed
    dossier.limit_cutoff = limit.cutoff
    dossier.limit_decision = limit.decision_number


def _write_down(uow: UnitOfWork, dossier: Dossier) -> None:
    dossier.event_seq = 0
    uow.session.add(dossier)
    uow.session.flush()


def _seal(uow: UnitOfWork, dossier: Dossier, filing: Filing, secret: str) -> None:
    own = {
        name: checks.paragraph(
            str(value), what=name, where=f"own.{name}", longest=OWN_LONGEST, required=False
        )
        for name, value in filing.own.items()
    }
    dossier.secret_sealed = uow.vault.seal(secret.encode(), f"dossiers.secret:{dossier.uid}")
    dossier.form_sealed = uow.vault.seal_json(own, f"dossiers.form:{dossier.uid}") if own else None
    address = checks.text(
        filing.delivery_address,
        what="địa chỉ nhận kết quả",
        where="delivery_address",
        longest=500,
        required=filing.delivery is Delivery.POST,
    )
    dossier.delivery_address_sealed = uow.vault.seal_text(address, f"dossiers.delivery_address:{dossier.uid}")
