"""Papers that lie at the desk too long (chậm chuyển hồ sơ giấy), called to mind once.

Legal basis: NĐ 118/2025 art. 18.2, 18.3 (`app.domain.forwarding`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app.db.calendars import CalendarBook
from app.db.models import Certification, Dossier, Unit
from app.db.unit_of_work import UnitOfWork
from app.domain.channels import Channel
from app.domain.forwarding import forward_due
from app.domain.people import SCHEDULER
from app.domain.vietnamese_format import short_moment
from app.services.notices import clerks, facts_of, tell
from app.services.sweeps.effects import (
    LOOKS_BACK,
    MOST_AT_ONCE,
    Desks,
    by_calendar,
    hold,
    is_late_run,
    looked_up,
    not_yet,
    occasion_of,
    once,
)
from workflows.states import State

KIND = "forward_late"
_AT_THE_DESK = (
    Dossier.state == State.RECEIVED,
    Dossier.channel != Channel.ONLINE,
    Dossier.is_published,
    ~exists().where(Certification.dossier_id == Dossier.id),
)


def due(session: Session, calendars: CalendarBook, at: datetime) -> Sequence[int]:
    """Return the dossiers whose papers lie at the receiving desk beyond their time."""
    receiving = select(Unit.id).where(exists().where(Dossier.receiving_unit_id == Unit.id, *_AT_THE_DESK))

    def ask(desk: Desks) -> Iterable[int]:
        waiting = session.execute(
            select(Dossier.id, Dossier.channel, Dossier.received_at)
            .where(*_AT_THE_DESK, Dossier.receiving_unit_id.in_(desk.units))
            .where(Dossier.received_at > at - LOOKS_BACK, Dossier.received_at <= at)
            .where(not_yet(KIND, KIND, Dossier.received_at, subject=Dossier.id.expression))
            .order_by(Dossier.received_at, Dossier.id)
            .limit(MOST_AT_ONCE)
        )
        for dossier_id, channel, received_at in waiting:  # who came later is due later
            due_at = forward_due(Channel(channel), received_at, desk.calendar) if received_at else None
            if due_at is None or due_at > at:
                return
            yield dossier_id

    return looked_up(by_calendar(session, calendars, session.scalars(receiving)), ask)[:MOST_AT_ONCE]


def act(uow: UnitOfWork, dossier_id: int, at: datetime) -> bool:
    """Tell the desk's clerks, once for each reception; False where the papers were handed on meanwhile."""
    dossier, _ = hold(uow, dossier_id)
    if State(dossier.state) is not State.RECEIVED or dossier.received_at is None:
        return False
    calendar, _version = uow.calendars.of_unit(uow.session, dossier.receiving_unit_id)
    due_for = forward_due(Channel(dossier.channel), dossier.received_at, calendar)
    if due_for is None or due_for > at:
        return False
    if not once(uow, KIND, str(dossier.id), occasion_of(KIND, dossier.received_at), due_for=due_for, at=at):
        return False
    facts = facts_of(uow, dossier) | {"due": short_moment(due_for)}
    told = tell(uow, clerks(uow, dossier, at), KIND, facts, about=dossier, at=at)
    uow.record("dossier:forward_late", dossier, SCHEDULER, at, told=told, late_run=is_late_run(due_for, at))
    return True
