"""The corrected result takes the old one's place (bản cấp lại thay bản cũ): a leader's signature, a number, a seal.

Apart from the first result's way because nothing of the dossier moves: its state, its clock and its fee stay.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from app.db.models import Dossier, Event, Result
from app.db.unit_of_work import UnitOfWork
from app.domain.people import Role, Staff, acting
from app.services import outbox
from app.services.authority import authority_of
from app.services.correction_errors import SamePerson
from app.services.dossiers import move
from app.services.errors import NoRight
from app.services.notices import facts_of
from app.services.paper_store import keep_result
from workflows.states import Action, ActorKind, Requirement

PROPOSED = "dossier:reissue_proposed"


def must_approve(uow: UnitOfWork, dossier: Dossier, staff: Staff) -> None:
    """Pass a leader of the settling authority who did not propose the re-issue. Raises NoRight, SamePerson."""
    if not staff.has(Role.LEADER) or staff.root_unit_id != dossier.settling_unit_id:
        raise NoRight(who="lãnh đạo cơ quan giải quyết")
    if proposer_of(uow, dossier) == staff.user_id:
        raise SamePerson(where="decision")


def proposer_of(uow: UnitOfWork, dossier: Dossier) -> int | None:
    """Return the account that proposed the newest re-issue: the chain knows it, so no column can differ from it."""
    asked = select(Event.user_id).where(Event.dossier_id == dossier.id, Event.kind == PROPOSED)
    return uow.session.scalars(asked.order_by(Event.seq.desc()).limit(1)).first()


def approve(uow: UnitOfWork, dossier: Dossier, result: Result, staff: Staff, at: datetime) -> None:
    """Mark the corrected result as signed: the leader's approval that the state table asks for.

    Raises NoRight, SamePerson, and what the authority to sign refuses at this minute.
    """
    must_approve(uow, dossier, staff)
    held = authority_of(uow.session, staff, at)
    told: dict[str, Any] = {"authority": f"{held.capacity}, {held.decision}"} if held is not None else {}
    result.state, result.signer_id, result.signed_at = "signed", staff.user_id, at
    by = acting(staff, ActorKind.LEADER)
    uow.record("dossier:reissue_approved", dossier, by, at, result=result.version, form=result.form, **told)


def put_in_place(
    uow: UnitOfWork, dossier: Dossier, result: Result, staff: Staff, *, issued_on: date, at: datetime
) -> None:
    """Release the corrected result and withdraw the one it replaces; the applicant is told, nothing is charged."""
    established = {
        Requirement.REASON: bool(result.replaced_reason),
        Requirement.LEADER_APPROVAL: bool(result.signed_at),
    }
    met = frozenset(need for need, holds in established.items() if holds)
    _, kind = move(dossier, Action.REISSUE, staff, met)
    old = uow.session.get_one(Result, result.replaces_id)
    old.state = "withdrawn"
    result.state, result.sealer_id, result.released_at, result.issued_on = "released", staff.user_id, at, issued_on
    keep_result(uow, dossier, result, staff, at)
    told: dict[str, Any] = {"symbol": result.symbol, "replaced": old.symbol}
    outbox.to_applicant(uow, dossier, "result_reissued", facts_of(uow, dossier) | told, at=at)
    by = acting(staff, kind)
    uow.record(
        "dossier:reissued",
        dossier,
        by,
        at,
        result=result.version,
        form=result.form,
        reason=result.replaced_reason,
        **told,
    )
