"""One dossier with all that its page shows (hồ sơ điện tử), kept to what the person may see."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.db.calendars import CalendarBook
from app.db.facts import waits_for_competent
from app.db.models import (
    Consultation,
    Dossier,
    FrozenSteps,
    Hop,
    IssuedForm,
    Procedure,
    ProcedureVersion,
    SupplementRequest,
    Unit,
    UserAccount,
)
from app.db.scope import scope_filter, scope_of
from app.domain.identifiers import normal_number
from app.domain.parts import Part, is_ours
from app.domain.people import Role, Staff
from app.domain.version_parts import StepLine
from app.queries.certification import is_certified_here
from app.queries.corrections import corrections_shown
from app.queries.dossier_clock import clock_shown
from app.queries.dossier_events import chain_holds, events_shown
from app.queries.dossier_papers import papers_shown, results_shown
from app.queries.dossier_parts import only_part, places_of
from app.queries.dossier_pauses import pauses_shown
from app.queries.dossier_people import own_fields_shown, people_shown
from app.queries.dossier_values import (
    ConsultationShown,
    DossierFile,
    FormShown,
    HopShown,
    SupplementShown,
)
from app.queries.forwarding import forward_due_at
from app.queries.relations import family_of, tracking_of
from app.vault import Vault
from workflows.ledger import Reading
from workflows.machine import allowed_actions
from workflows.states import Action, State

# What the page shows as the row has it.
_AS_STORED = (
    *("id", "filing_number", "code", "external_code", "source", "state", "channel", "is_assisted", "case_name"),
    *("settling_unit_id", "receiving_unit_id", "step_ordinal", "delivery"),
    *("fee_due_vnd", "fee_paid_vnd", "fee_exemption", "supplement_requests", "late_entry_reason", "entered_at"),
    "competent_received_at",
    *("filed_at", "received_at", "ended_at", "returned_at", "returned_to"),
)


def dossier_file(
    session: Session,
    vault: Vault,
    calendars: CalendarBook,
    staff: Staff,
    number: str,
    *,
    at: datetime,
    reading: Reading = Reading.SUBTRACT,
) -> DossierFile | None:
    """Return the dossier called `number` as `staff` may see it, or None: unknown and foreign look alike."""
    dossier = _in_scope(session, staff, number)
    if dossier is None:
        return None
    version = session.get_one(ProcedureVersion, dossier.procedure_version_id)
    certified = is_certified_here(session, dossier.id)
    whole = DossierFile(
        version=dossier.event_seq,
        own_fields=own_fields_shown(vault, dossier, version),
        people=people_shown(session, vault, dossier),
        papers=papers_shown(session, vault, dossier.id),
        steps=_steps(session, dossier),
        hops=_hops(session, dossier),
        clock=clock_shown(session, dossier, calendars, at=at, reading=reading),
        forward_due_at=None if certified else forward_due_at(session, dossier, calendars),
        results=results_shown(session, dossier.id),
        forms=_forms(session, dossier),
        events=events_shown(session, dossier.id),
        chain_holds=chain_holds(session, dossier),
        consultations=_consultations(session, dossier),
        supplements=_supplements(session, dossier),
        corrections=corrections_shown(session, vault, dossier.id),
        pauses=pauses_shown(session, dossier.id),
        family=family_of(session, dossier.id, staff),
        tracking=tracking_of(session, dossier.id),
        allowed=_allowed(dossier, staff, certified=certified),
        is_certified_here=certified,
        is_my_step=_is_my_step(session, dossier, staff),
        may_write=scope_of(staff).may_write,
        **{name: getattr(dossier, name) for name in _AS_STORED},
        **_procedure(session, version),
        **_places(session, dossier),
    )
    return only_part(whole, places_of(dossier), staff)


def _procedure(session: Session, version: ProcedureVersion) -> dict[str, Any]:
    return {
        "procedure_code": session.get_one(Procedure, version.procedure_id).code,
        "procedure": version.short_name or version.name,
        "result_form": version.result_form,
        "result_name": version.result_name,
        "needs_digitizing": version.needs_digitizing,
    }


def _places(session: Session, dossier: Dossier) -> dict[str, Any]:
    return {
        "receiving_unit": _unit_name(session, dossier.receiving_unit_id),
        "settling_unit": _unit_name(session, dossier.settling_unit_id),
        "assisting_unit": _unit_name(session, dossier.filing_unit_id),
        "returning_unit": _unit_name(session, dossier.returning_unit_id),
        "waits_for_competent": waits_for_competent(dossier),
        "holder": _name(session, dossier.holder_user_id),
        "holder_unit": _unit_name(session, dossier.holder_unit_id),
    }


def _in_scope(session: Session, staff: Staff, number: str) -> Dossier | None:
    wanted = normal_number(number)
    named = or_(Dossier.code == wanted, Dossier.filing_number == wanted, Dossier.external_code == wanted)
    return session.scalars(select(Dossier).where(named, scope_filter(staff)).limit(1)).first()


def _allowed(dossier: Dossier, staff: Staff, *, certified: bool) -> frozenset[Action]:
    """Return the acts of the state table that are this person's part; what is certified is not forwarded."""
    state = State(dossier.state)
    parts = places_of(dossier).parts_of(staff.root_unit_id, staff.unit_id)
    ours = {
        action
        for kind in staff.actor_kinds
        for action in allowed_actions(state, kind)
        if is_ours(action, kind, parts)
    }
    if Part.SETTLING in parts and waits_for_competent(dossier):
        ours &= {Action.COMPETENT_RECEIVE}
    return frozenset(ours - {Action.FORWARD} if certified and state is State.RECEIVED else ours)


def _is_my_step(session: Session, dossier: Dossier, staff: Staff) -> bool:
    """As the services decide it: the step's role, and its unit or person; a leader of the settling authority."""
    hop = session.scalars(
        select(Hop).where(Hop.dossier_id == dossier.id, Hop.left_at.is_(None)).order_by(Hop.ordinal.desc()).limit(1)
    ).first()
    if hop is None or Role(hop.role) not in staff.roles or hop.user_id not in (None, staff.user_id):
        return False
    leads = staff.has(Role.LEADER) and dossier.settling_unit_id == staff.root_unit_id
    return leads or hop.unit_id in (staff.unit_id, staff.root_unit_id)


def _steps(session: Session, dossier: Dossier) -> tuple[StepLine, ...]:
    row = session.get(FrozenSteps, dossier.id)
    return tuple(StepLine(**step) for step in row.steps) if row else ()


def _hops(session: Session, dossier: Dossier) -> tuple[HopShown, ...]:
    found = session.execute(
        select(Hop, Unit.name)
        .join(Unit, Unit.id == Hop.unit_id)
        .where(Hop.dossier_id == dossier.id)
        .order_by(Hop.ordinal)
    )
    return tuple(
        HopShown(
            step_ordinal=hop.step_ordinal,
            step_name=hop.step_name,
            unit=unit,
            person=hop.user_name,
            handed_at=hop.handed_at,
            due_at=hop.due_at,
            left_at=hop.left_at,
            action=hop.action,
            note=hop.note,
            outcome=hop.outcome,
            allotted_minutes=hop.allotted_minutes,
        )
        for hop, unit in found
    )


def _forms(session: Session, dossier: Dossier) -> tuple[FormShown, ...]:
    rows: Sequence[IssuedForm] = session.scalars(
        select(IssuedForm).where(IssuedForm.dossier_id == dossier.id).order_by(IssuedForm.id)
    ).all()
    return tuple(FormShown(row.id, row.form, row.number, row.state, row.issued_at, row.issued_by) for row in rows)


def _consultations(session: Session, dossier: Dossier) -> tuple[ConsultationShown, ...]:
    found = session.execute(
        select(Consultation, Unit.name)
        .join(Unit, Unit.id == Consultation.unit_id)
        .where(Consultation.dossier_id == dossier.id)
        .order_by(Consultation.id)
    )
    return tuple(
        ConsultationShown(
            id=row.id,
            unit_id=row.unit_id,
            unit=unit,
            question=row.question,
            asked_by=row.asked_by,
            asked_at=row.asked_at,
            due_at=row.due_at,
            answer=row.answer,
            answered_by=row.answered_by,
            answered_at=row.answered_at,
        )
        for row, unit in found
    )


def _supplements(session: Session, dossier: Dossier) -> tuple[SupplementShown, ...]:
    rows = session.scalars(
        select(SupplementRequest).where(SupplementRequest.dossier_id == dossier.id).order_by(SupplementRequest.ordinal)
    )
    return tuple(
        SupplementShown(
            tuple(row.items.splitlines()),
            row.reason,
            row.requested_at,
            row.answer_by,
            row.answered_at,
            row.leader_reason,
        )
        for row in rows
    )


def _name(session: Session, user_id: int | None) -> str:
    return session.get_one(UserAccount, user_id).name if user_id else ""


def _unit_name(session: Session, unit_id: int | None) -> str:
    return session.get_one(Unit, unit_id).name if unit_id else ""
