"""The answer to an online filing (trả lời hồ sơ trực tuyến): eight working hours, called to mind in time.

Legal basis: law2.md 1.2, the general default of eight working hours to receive, ask or refuse.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import Session

from app.db.calendars import CalendarBook
from app.db.models import Dossier, DossierClock, Unit
from app.db.unit_of_work import UnitOfWork
from app.domain.ladder import reached_up_to, working_minutes_back
from app.domain.people import SCHEDULER
from app.domain.vietnamese_format import short_moment
from app.services.notices import clerks, facts_of, leaders, tell
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

KIND = "answer"
SOON_MINUTES = 2 * 60
RUNGS = ("soon", "due")


def due(session: Session, calendars: CalendarBook, at: datetime) -> Sequence[int]:
    """Return the filings that nobody has answered and whose time is nearly or wholly gone."""
    answer_due = DossierClock.answer_due_at
    receiving = select(Unit.id).where(
        exists().where(Dossier.receiving_unit_id == Unit.id, Dossier.state == State.FILED)
    )

    def ask(desk: Desks) -> Iterable[int]:
        soon = reached_up_to(desk.calendar, at, SOON_MINUTES, None)
        reached = [
            and_(answer_due <= until, not_yet(KIND, rung, answer_due))
            for rung, until in zip(RUNGS, (soon, at), strict=True)
        ]
        return session.scalars(
            select(DossierClock.dossier_id)
            .join(Dossier, Dossier.id == DossierClock.dossier_id)
            .where(Dossier.state == State.FILED, desk.have(Dossier.receiving_unit_id), Dossier.is_published)
            .where(answer_due > at - LOOKS_BACK, answer_due <= max(soon, at), or_(*reached))
            .order_by(answer_due, DossierClock.dossier_id)
            .limit(MOST_AT_ONCE)
        )

    return looked_up(by_calendar(session, calendars, session.scalars(receiving)), ask)[:MOST_AT_ONCE]


def act(uow: UnitOfWork, dossier_id: int, at: datetime) -> bool:
    """Tell the clerks, and once the time is gone the leaders; of two that were missed, the later speaks."""
    dossier, clock = hold(uow, dossier_id)
    due_at = clock.answer_due_at
    if State(dossier.state) is not State.FILED or due_at is None:
        return False
    calendar, _ = uow.calendars.of_unit(uow.session, dossier.receiving_unit_id)
    since = {"soon": working_minutes_back(calendar, due_at, SOON_MINUTES), "due": due_at}
    reached = [rung for rung in RUNGS if since[rung] <= at]
    fresh = [rung for rung in reached if _take(uow, dossier, rung, due_at, since[rung], at=at)]
    for rung in fresh:
        told = _tell(uow, dossier, rung, due_at, at=at) if rung == fresh[-1] else []
        late = is_late_run(since[rung], at)
        uow.record("dossier:answer_warned", dossier, SCHEDULER, at, rung=rung, told=told, late_run=late)
    return bool(fresh)


def _take(
    uow: UnitOfWork, dossier: Dossier, rung: str, due_at: datetime, since: datetime, *, at: datetime
) -> bool:
    return once(uow, KIND, str(dossier.id), occasion_of(rung, due_at), due_for=since, at=at)


def _tell(uow: UnitOfWork, dossier: Dossier, rung: str, due_at: datetime, *, at: datetime) -> list[int]:
    people = clerks(uow, dossier, at) | (leaders(uow, dossier, at) if rung == "due" else set())
    facts = facts_of(uow, dossier) | {"due": short_moment(due_at)}
    return tell(uow, people, f"answer_{rung}", facts, about=dossier, at=at)
