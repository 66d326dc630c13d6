"""What the owner of a dossier does on its page, number and secret proven by the door: supplement, fetch, withdraw."""

from __future__ import annotations

from datetime import datetime

from app.db.models import Dossier
from app.db.unit_of_work import UnitOfWork
from app.domain import checks
from app.domain.people import CITIZEN
from app.services.drafts import DraftOwner, become_dossier
from app.services.errors import NotFound
from app.services.returning import fetched_online
from app.services.submission import supplement
from workflows.machine import advance
from workflows.states import Action, State


def answer_from_draft(
    uow: UnitOfWork, dossier_id: int, draft: tuple[int, DraftOwner], text: str, *, at: datetime
) -> Dossier:
    """Take the applicant's files out of their draft and move the dossier on.

    The door has asked for number and secret before. Raises NotFound, DraftGone, TransitionNotAllowed.
    """
    dossier = uow.session.get(Dossier, dossier_id)
    if dossier is None:
        raise NotFound(number=str(dossier_id))
    answer = checks.paragraph(text, what="lời nhắn", where="answer", required=False)
    become_dossier(uow, *draft, dossier, at=at)
    supplement(uow, dossier, CITIZEN, answer, at)
    return dossier


def note_fetched(uow: UnitOfWork, dossier_id: int, *, at: datetime) -> bool:
    """Write down that the applicant fetched the electronic result; return whether this was the return of it."""
    dossier = uow.session.get(Dossier, dossier_id)
    if dossier is None:
        raise NotFound(number=str(dossier_id))
    return fetched_online(uow, dossier, at)


def withdraw_own(uow: UnitOfWork, dossier_id: int, *, at: datetime) -> Dossier:
    """Withdraw a filing before it is received (rút hồ sơ); it is not counted. Raises TransitionNotAllowed."""
    dossier = uow.session.get(Dossier, dossier_id)
    if dossier is None:
        raise NotFound(number=str(dossier_id))
    dossier.state = advance(State(dossier.state), Action.WITHDRAW, CITIZEN.kind).target
    uow.record("dossier:withdrawn", dossier, CITIZEN, at, before_reception=True)
    return dossier
