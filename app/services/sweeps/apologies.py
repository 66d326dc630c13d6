"""Apologies (thư xin lỗi, Mẫu 04): drafted on the working day before due where there is no result yet.

A leader decides: the draft carries no number and no new date. Legal basis: NĐ 118/2025 art. 18; at the latest
a day before expiry, and once (NĐ 61/2018 art. 19.9).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache
from itertools import pairwise

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from app.db.calendars import CalendarBook
from app.db.models import Dossier, DossierClock, LedgerEntry
from app.db.unit_of_work import UnitOfWork
from app.domain import ladder
from app.domain.people import SCHEDULER
from app.domain.vietnamese_format import short_date
from app.services.filing import local_day
from app.services.forms import draft
from app.services.notices import facts_of, leaders, tell
from app.services.sweeps.effects import (
    LOOKS_BACK,
    MOST_AT_ONCE,
    Desks,
    as_number,
    desks,
    hold,
    is_late_run,
    looked_up,
    not_yet,
    occasion_of,
    once,
)
from workflows.calendar import WorkingCalendar
from workflows.instants import end_of

KIND = "apology_draft"
BLANK = "…" * 30  # the reason is the settling unit's to give


def due(session: Session, calendars: CalendarBook, at: datetime) -> Sequence[int]:
    """Return the open dossiers that are due by the end of the next working day and have no draft yet."""

    def ask(desk: Desks) -> Iterable[int]:
        return session.scalars(_asked(desk, _working_days(desk.calendar, at)))

    return looked_up(desks(session, calendars), ask)[:MOST_AT_ONCE]


@lru_cache(maxsize=32)  # the same all day: a month of working days takes longer to write down than to ask
def _asked(desk: Desks, days: tuple[date, ...]) -> Select[int]:
    span = end_of(days[0]), end_of(days[-1])  # the same days as due times, for the index
    extended = exists().where(LedgerEntry.dossier_id == Dossier.id, LedgerEntry.kind == "extension")
    return (
        select(DossierClock.dossier_id)
        .join(Dossier, Dossier.id == DossierClock.dossier_id)
        .where(DossierClock.is_open, DossierClock.due_at.between(*span))
        .where(desk.have(DossierClock.settling_unit_id), Dossier.is_published)
        .where(or_(*(_falls_between(desk.calendar, *pair) for pair in pairwise(days))), ~extended)
        .where(not_yet(KIND, KIND, DossierClock.due_at))
        .order_by(DossierClock.due_at, DossierClock.dossier_id)
        .limit(MOST_AT_ONCE)
    )


def act(uow: UnitOfWork, dossier_id: int, at: datetime) -> bool:
    """Draft the apology and tell the leaders; False where the law leaves no room for one."""
    dossier, clock = hold(uow, dossier_id)
    if not clock.is_open or clock.due_at is None or clock.due_day is None:
        return False
    calendar, _ = uow.calendars.of_unit(uow.session, dossier.settling_unit_id)
    due_day = date.fromisoformat(str(clock.due_day))
    due_for = ladder.opening_of(calendar, calendar.previous_working_day(due_day))
    if due_for > at or _started(dossier) >= due_for:
        return False
    if not once(uow, KIND, str(dossier.id), occasion_of(KIND, clock.due_at), due_for=due_for, at=at):
        return False
    old_day = local_day(clock.promised_at or clock.due_at)
    form_id = draft(uow, dossier, "04", _contents(calendar, old_day, local_day(at)), by=SCHEDULER.name, at=at)
    facts = facts_of(uow, dossier) | {"due": short_date(old_day), "form_id": form_id}
    told = tell(uow, leaders(uow, dossier, at), "apology", facts, about=dossier, at=at)
    uow.record(
        "dossier:apology_drafted",
        dossier,
        SCHEDULER,
        at,
        form_id=form_id,
        due=clock.due_at.isoformat(),
        told=told,
        late_run=is_late_run(due_for, at),
    )
    return True


def _working_days(calendar: WorkingCalendar, at: datetime) -> tuple[date, ...]:
    """Return the working days from the farthest that is looked back to, up to the next one."""
    today = ladder.opened_day(calendar, at)
    days = [calendar.roll_forward(local_day(at - LOOKS_BACK))]
    while days[-1] <= today:
        days.append(calendar.next_working_day(days[-1]))
    return tuple(days)


def _falls_between(calendar: WorkingCalendar, before: date, following: date) -> ColumnElement[bool]:
    """Return the condition of clocks due after one working day up to the next, running since before the first.

    A limit so short that it began on that day or later leaves no day to ask for more time.
    """
    return and_(
        DossierClock.due_day > as_number(before),
        DossierClock.due_day <= as_number(following),
        func.coalesce(Dossier.competent_received_at, Dossier.received_at) < ladder.opening_of(calendar, before),
    )


def _started(dossier: Dossier) -> datetime:
    return dossier.competent_received_at or dossier.received_at or dossier.filed_at


def _contents(calendar: WorkingCalendar, old_day: date, today: date) -> dict[str, str]:
    """Return the draft's contents: the earliest new day, and room for the reason and the signer."""
    new_day = calendar.next_working_day(max(old_day, today))
    return {"reason": BLANK, "old_day": f"{old_day:%Y-%m-%d}", "new_day": f"{new_day:%Y-%m-%d}", "signer": ""}
