"""Supplements that did not come (hết hạn bổ sung): the dossier is closed with a notice, by the state table.

Before reception it is not accepted (Mẫu 03) and was never counted; after it the dossier is stopped (Mẫu 05).
Legal basis: NĐ 297/2025 art. 6.4 as the default; the day stands on the Mẫu 02 that was issued.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.db.calendars import CalendarBook
from app.db.models import Dossier, SupplementRequest
from app.db.unit_of_work import UnitOfWork
from app.domain.people import SCHEDULER
from app.domain.vietnamese_format import short_date
from app.services import outbox, steps
from app.services.filing import local_day
from app.services.forms import issue
from app.services.notices import facts_of
from app.services.submission import close_suspension
from app.services.sweeps.effects import MOST_AT_ONCE, hold, is_late_run, once
from app.services.values import IssuedSlip
from workflows.instants import end_of
from workflows.machine import advance
from workflows.states import Action, Requirement, State

KIND = "expire_supplement"
WAITING = (State.AWAITING_INTAKE_SUPPLEMENT, State.AWAITING_SUPPLEMENT)


def due(session: Session, _calendars: CalendarBook, at: datetime) -> Sequence[int]:
    """Return the dossiers that wait for a supplement beyond its last day, the longest first."""
    asked = (
        select(Dossier.id)
        .join(SupplementRequest, SupplementRequest.dossier_id == Dossier.id)
        .where(Dossier.state.in_(WAITING), Dossier.is_published)
        .where(SupplementRequest.answered_at.is_(None), SupplementRequest.answer_by < local_day(at))
        .group_by(Dossier.id)
        .order_by(func.min(SupplementRequest.answer_by), Dossier.id)
        .limit(MOST_AT_ONCE)
    )
    return session.scalars(asked).all()


def act(uow: UnitOfWork, dossier_id: int, at: datetime) -> bool:
    """Close the dossier and tell the applicant; False when the supplement has come in the meantime."""
    dossier, _ = hold(uow, dossier_id)
    request = _open_request(uow, dossier)
    if State(dossier.state) not in WAITING or request is None or request.answer_by >= local_day(at):
        return False
    due_for = end_of(request.answer_by)
    if not once(uow, KIND, str(dossier.id), f"request-{request.ordinal}", due_for=due_for, at=at):
        return False
    reason = f"Hết ngày {short_date(request.answer_by)} mà hồ sơ chưa được bổ sung theo phiếu yêu cầu đã gửi."
    row = advance(State(dossier.state), Action.EXPIRE, SCHEDULER.kind, frozenset({Requirement.NOTICE}))
    slip = _stop(uow, dossier, reason, at) if row.target is State.STOPPED else _refuse(uow, dossier, reason, at)
    dossier.state = row.target
    told = outbox.to_applicant(uow, dossier, "supplement_expired", facts_of(uow, dossier), at=at)
    uow.record(
        "dossier:supplement_expired",
        dossier,
        SCHEDULER,
        at,
        slip=slip.number,
        answer_by=f"{request.answer_by:%Y-%m-%d}",
        told=told,
        late_run=is_late_run(due_for, at),
    )
    return True


def _open_request(uow: UnitOfWork, dossier: Dossier) -> SupplementRequest | None:
    return uow.session.scalars(
        select(SupplementRequest)
        .where(SupplementRequest.dossier_id == dossier.id, SupplementRequest.answered_at.is_(None))
        .order_by(SupplementRequest.ordinal.desc())
        .limit(1)
    ).first()


def _refuse(uow: UnitOfWork, dossier: Dossier, reason: str, at: datetime) -> IssuedSlip:
    dossier.holder_user_id = None
    return issue(uow, dossier, "03", {"reason": reason, "receiver": SCHEDULER.name}, by=SCHEDULER.name, at=at)


def _stop(uow: UnitOfWork, dossier: Dossier, reason: str, at: datetime) -> IssuedSlip:
    close_suspension(uow, dossier, SCHEDULER.name, at)
    dossier.ended_at = at
    steps.leave(uow, dossier, Action.EXPIRE, at=at, note=reason)
    data = {"ground": "supplement_expired", "reason": reason, "receiver": SCHEDULER.name}
    return issue(uow, dossier, "05", data, by=SCHEDULER.name, at=at)
