"""The dossier on its way (giải quyết): forward, assign, send back — each hop on the control slip."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from app.db.models import Certification, Dossier
from app.db.unit_of_work import UnitOfWork
from app.domain import checks
from app.domain.people import Role, Staff, acting
from app.services import steps
from app.services.digitizing import undigitized
from app.services.dossiers import move, to_change
from app.services.errors import CertifiedAtTheDesk
from workflows.states import Action, Requirement, State


def forward(
    uow: UnitOfWork,
    staff: Staff,
    number: str,
    version: int,
    *,
    to_user_id: int | None = None,
    note: str = "",
    at: datetime,
) -> None:
    """Hand the dossier to the next step (chuyển xử lý), to a person or to the step's unit.

    The desk's first hand-over needs every paper digitized or exempt. Raises RequirementNotMet, NoSuchStep,
    ReceiverNotOurs, CertifiedAtTheDesk.
    """
    dossier = to_change(uow, staff, number, version)
    _refuse_certified(uow, dossier)
    _, kind = move(dossier, Action.FORWARD, staff, met(uow, dossier, staff))
    both = steps.name_both(steps.current_hop(uow, dossier), staff)
    hand_over(uow, dossier, staff, 1, Action.FORWARD, at=at, to_user_id=to_user_id, note=_note(note))
    told = {"step": dossier.step_ordinal, "note": _note(note), **both}
    uow.record("dossier:forwarded", dossier, acting(staff, kind), at, **told)


def send_back(uow: UnitOfWork, staff: Staff, number: str, version: int, *, reason: str, at: datetime) -> None:
    """Return the dossier to the step before (trả lại bước trước), with a reason."""
    dossier = to_change(uow, staff, number, version)
    reason = checks.paragraph(reason, what="lý do trả lại", where="reason")
    _, kind = move(dossier, Action.SEND_BACK, staff, met(uow, dossier, staff))
    both = steps.name_both(steps.current_hop(uow, dossier), staff)
    hand_over(uow, dossier, staff, -1, Action.SEND_BACK, at=at, note=reason)
    uow.record("dossier:sent_back", dossier, acting(staff, kind), at, step=dossier.step_ordinal, reason=reason, **both)


def assign(
    uow: UnitOfWork, staff: Staff, number: str, version: int, *, to_user_id: int, note: str = "", at: datetime
) -> None:
    """Give the present step to one person (phân công), or take it over oneself."""
    dossier = to_change(uow, staff, number, version)
    _, kind = move(dossier, Action.ASSIGN, staff, met(uow, dossier, staff, assigning=True))
    step = steps.beside(uow, dossier, 0)
    user = steps.receiver(uow, dossier, step, to_user_id)
    hop = steps.current_hop(uow, dossier)
    if hop and user:
        hop.user_id, hop.user_name, hop.unit_id = user.id, user.name, user.unit_id
        dossier.holder_user_id, dossier.holder_unit_id = user.id, user.unit_id
    uow.record("dossier:assigned", dossier, acting(staff, kind), at, to=user.name if user else "", note=_note(note))


def met(uow: UnitOfWork, dossier: Dossier, staff: Staff, *, assigning: bool = False) -> frozenset[Requirement]:
    """Return the requirements of moving on that are established for `staff` at the present step."""
    found = set()
    if not undigitized(uow, dossier):
        found.add(Requirement.COMPONENTS_DIGITIZED)
    hop = steps.current_hop(uow, dossier)
    leads = assigning and staff.has(Role.LEADER) and dossier.settling_unit_id == staff.root_unit_id
    if leads or steps.holds_step(dossier, hop, staff):
        found.add(Requirement.STEP_ROLE)
    return frozenset(found)


def hand_over(
    uow: UnitOfWork,
    dossier: Dossier,
    staff: Staff,
    offset: int,
    action: Action,
    *,
    at: datetime,
    to_user_id: int | None = None,
    note: str = "",
) -> None:
    """End the present stay and begin the one `offset` steps away."""
    step = steps.beside(uow, dossier, offset)
    user = steps.receiver(uow, dossier, step, to_user_id) if to_user_id else None
    left = steps.leave(uow, dossier, action, at=at, note=note, by=staff)
    if offset < 0 and user is None:
        user = steps.last_user(uow, dossier, step["ordinal"])
    from_unit = left.unit_id if left else staff.unit_id
    steps.arrive(uow, dossier, step, at=at, user=user, sender=staff.name, from_unit_id=from_unit)


def _refuse_certified(uow: UnitOfWork, dossier: Dossier) -> None:
    numbered = select(Certification.id).where(Certification.dossier_id == dossier.id)
    if State(dossier.state) is State.RECEIVED and uow.session.scalar(numbered) is not None:
        raise CertifiedAtTheDesk


def _note(text: str) -> str:
    return checks.paragraph(text, what="ghi chú", where="note", required=False)
