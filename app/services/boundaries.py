"""Dossiers received regardless of boundary (phi địa giới hành chính): the settling agency takes them over.

Both moments stay apart: the reception of Mẫu 01 at the desk, and the receipt by the competent agency that starts
the clock (NĐ 118/2025 art. 17.3 as amended by 309/2026).
"""

from __future__ import annotations

from datetime import datetime

from app.db import facts
from app.db.unit_of_work import UnitOfWork
from app.domain.people import Staff, acting
from app.services.dossiers import move, to_change
from app.services.errors import AlreadyDone
from workflows.states import Action


def take_over(uow: UnitOfWork, staff: Staff, number: str, version: int, at: datetime) -> datetime | None:
    """Write down that the competent agency has the dossier; return the promise that runs from now.

    Raises AlreadyDone where no second start is waited for, NoRight for any other authority.
    """
    dossier = to_change(uow, staff, number, version)
    if not facts.waits_for_competent(dossier):
        raise AlreadyDone
    _, kind = move(dossier, Action.COMPETENT_RECEIVE, staff)
    dossier.competent_received_at = at
    clock = facts.refresh_clock(uow.session, dossier, uow.calendars, at=at)
    uow.record("dossier:competent_received", dossier, acting(staff, kind), at, received_at=at.isoformat())
    return clock.promised_at
