"""Control slip and register as they are printed (Mẫu 06, Mẫu 07): derived from hops and dossiers."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.db.models import Consultation, Dossier, DossierClock, DossierPerson, HandoverItem, Hop, ProcedureVersion, Unit
from app.db.scope import scope_filter
from app.domain.documents import ControlSlip, HopResult, Register, RegisterRow
from app.domain.documents import Hop as HopPrinted
from app.domain.documents_parts import Letterhead
from app.domain.identifiers import normal_number
from app.domain.people import PersonRole, Staff
from app.queries.printing_parts import CENTRE, place_of, source_of
from app.vault import Vault
from workflows.calendar import VIETNAM

_METHODS = {"desk": "Tại quầy", "post": "Bưu chính", "electronic": "Bản điện tử"}


def control_slip(session: Session, vault: Vault, staff: Staff, number: str, *, base_url: str) -> ControlSlip | None:
    """Return the control slip of a received dossier that `staff` may see, or None."""
    named = Dossier.code == normal_number(number)
    dossier = session.scalars(select(Dossier).where(named, scope_filter(staff))).first()
    if dossier is None or dossier.received_at is None:
        return None
    source = source_of(session, vault, dossier, base_url=base_url)
    clock = session.get_one(DossierClock, dossier.id)
    asked = session.scalars(
        select(Unit.name)
        .join(Consultation, Consultation.unit_id == Unit.id)
        .where(Consultation.dossier_id == dossier.id)
    )
    return ControlSlip(
        head=source.letterhead(f"{dossier.code_tail}/PKS-TTPVHCC", dossier.received_at),
        code=dossier.code or dossier.filing_number,
        settling_unit=source.settling.name,
        cooperating_units=tuple(dict.fromkeys(asked)),
        received_at=dossier.received_at,
        promised_at=clock.promised_at or clock.first_due_at or dossier.received_at,
        hops=_hops(session, dossier),
    )


def register_book(
    session: Session,
    vault: Vault,
    staff: Staff,
    *,
    field: str,
    first_day: date,
    last_day: date,
    at: datetime,
) -> Register:
    """Return the register of one field over days (both included), in the order of reception."""
    unit = session.get_one(Unit, staff.root_unit_id)
    rows = session.execute(_book(staff, field, first_day, last_day))
    return Register(
        head=Letterhead(unit.name, CENTRE, "", place_of(unit), at.astimezone(VIETNAM).date()),
        field=field or "Tất cả lĩnh vực",
        book=str(last_day.year),
        first_day=first_day,
        last_day=last_day,
        rows=tuple(_row(vault, *found) for found in rows),
        printed_at=at,
    )


def _book(
    staff: Staff, field: str, first_day: date, last_day: date
) -> Select[tuple[Dossier, ProcedureVersion, DossierPerson, DossierClock, str]]:
    start = datetime.combine(first_day, time.min, VIETNAM)
    end = datetime.combine(last_day + timedelta(days=1), time.min, VIETNAM)
    query = (
        select(Dossier, ProcedureVersion, DossierPerson, DossierClock, Unit.name)
        .join(ProcedureVersion, ProcedureVersion.id == Dossier.procedure_version_id)
        .join(DossierPerson, DossierPerson.dossier_id == Dossier.id)
        .join(DossierClock, DossierClock.dossier_id == Dossier.id)
        .join(Unit, Unit.id == Dossier.settling_unit_id)
        .where(DossierPerson.role == PersonRole.APPLICANT, scope_filter(staff))
        .where(Dossier.received_at >= start, Dossier.received_at < end, Dossier.is_published)
        .order_by(Dossier.received_at, Dossier.id)
    )
    return query.where(ProcedureVersion.field == field) if field else query


def _row(
    vault: Vault,
    dossier: Dossier,
    version: ProcedureVersion,
    person: DossierPerson,
    clock: DossierClock,
    settling: str,
) -> RegisterRow:
    return RegisterRow(
        code=dossier.code or dossier.filing_number,
        procedure=version.short_name or version.name,
        applicant=person.name,
        address=vault.open_text(person.address_sealed, f"dossier_people.address:{person.uid}"),
        phone=vault.open_text(person.phone_sealed, f"dossier_people.phone:{person.uid}"),
        settling_unit=settling,
        received_at=dossier.received_at or dossier.filed_at,
        promised_at=clock.promised_at or clock.first_due_at,
        returned_at=dossier.returned_at,
        method=_METHODS.get(dossier.return_delivery or "", ""),
        signed=dossier.returned_to,
        supplement_requests=dossier.supplement_requests,
    )


def _papers_of(dossier: Dossier) -> Select[tuple[HandoverItem]]:
    """What the paper's receiver signed in a hand-over list, or has not yet: it counts before the screen's time."""
    return (
        select(HandoverItem)
        .where(HandoverItem.dossier_id == dossier.id, HandoverItem.state != "missing")
        .order_by(HandoverItem.id)
    )


def _hops(session: Session, dossier: Dossier) -> tuple[HopPrinted, ...]:
    units = {row.id: row.name for row in session.execute(select(Unit.id, Unit.name))}
    hops = session.scalars(select(Hop).where(Hop.dossier_id == dossier.id).order_by(Hop.ordinal)).all()
    papers = {row.hop_id: row for row in session.scalars(_papers_of(dossier))}
    return tuple(
        HopPrinted(
            giving_unit=units.get(hop.from_unit_id, "Người nộp hồ sơ") if hop.from_unit_id else "Người nộp hồ sơ",
            giver=hop.from_name,
            taking_unit=f"{units.get(hop.unit_id, '')} – {hop.step_name}",
            taker=papers[hop.id].seen_by if hop.id in papers else hop.user_name,
            handed_at=hop.handed_at,
            taken_at=papers[hop.id].seen_at if hop.id in papers else hop.handed_at,
            due_at=hop.due_at,
            result=HopResult(hop.outcome) if hop.outcome in set(HopResult) else HopResult.OPEN,
            note=hop.note,
        )
        for hop in hops
    )
