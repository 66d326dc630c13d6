"""Report day by itself (đến ngày báo cáo): the month's numbers told to the leaders, and untidy dossiers to holders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import String, cast, exists, func, select
from sqlalchemy.orm import Session

from app.db.calendars import CalendarBook
from app.db.models import Dossier, DossierClock, Effect, Unit
from app.db.unit_of_work import UnitOfWork
from app.db.untidy import is_open, untidy
from app.domain.people import SCHEDULER
from app.domain.periods import report_month_of
from app.domain.report_day import is_cleaning, last_month, subject_of
from app.domain.vietnamese_format import short_date
from app.services.filing import local_day
from app.services.notices import leaders_of, remind
from app.services.sweeps.effects import once

READY, CLEANING = "report_ready", "report_cleaning"
AUTHORITIES = ("commune", "department")


def due(session: Session, _calendars: CalendarBook, at: datetime) -> Sequence[int]:
    """Return the authorities of this house whose last report month was not prepared yet."""
    occasion = str(last_month(local_day(at)).end_day)
    done = exists().where(Effect.kind == READY, Effect.subject == cast(Unit.id, String), Effect.occasion == occasion)
    return session.scalars(
        select(Unit.id).where(Unit.kind.in_(AUTHORITIES), Unit.is_own, ~done).order_by(Unit.id)
    ).all()


def prepare(uow: UnitOfWork, unit_id: int, cells: Mapping[str, int], at: datetime) -> bool:
    """Note the total of the month that is over in the chain, once, and tell the leaders."""
    unit, period = uow.session.get_one(Unit, unit_id), last_month(local_day(at))
    if not once(uow, READY, str(unit_id), str(period.end_day), due_for=period.end, at=at):
        return False
    if cells["received_total"]:
        uow.note("report:prepared", subject_of(unit.code, period), SCHEDULER, at, total=dict(cells))
        told = {"received": cells["received_total"], "overdue": cells["pending_overdue"], "period": period.title}
        remind(uow, leaders_of(uow, unit_id, at), READY, told, at=at)
    return True


def holders_due(session: Session, _calendars: CalendarBook, at: datetime) -> Sequence[int]:
    """Return, in the month's last five days, the people with untidy dossiers who were not told this month."""
    today = local_day(at)
    if not is_cleaning(today):
        return ()
    occasion = str(report_month_of(today).end_day)
    told = exists().where(
        Effect.kind == CLEANING, Effect.subject == cast(Dossier.holder_user_id, String), Effect.occasion == occasion
    )
    found = session.scalars(
        select(Dossier.holder_user_id)
        .join(DossierClock, DossierClock.dossier_id == Dossier.id)
        .where(is_open(), Dossier.holder_user_id.is_not(None), untidy(at, today).is_not(None), ~told)
        .distinct()
    )
    return [user_id for user_id in found if user_id is not None]


def tell_holder(uow: UnitOfWork, user_id: int, at: datetime) -> bool:
    """Tell one person how many of their dossiers would spoil the report."""
    today = local_day(at)
    month = report_month_of(today)
    if not once(uow, CLEANING, str(user_id), str(month.end_day), due_for=at, at=at):
        return False
    count = uow.session.scalar(
        select(func.count(Dossier.id))
        .join(DossierClock, DossierClock.dossier_id == Dossier.id)
        .where(is_open(), Dossier.holder_user_id == user_id, untidy(at, today).is_not(None))
    )
    remind(uow, [user_id], CLEANING, {"n": count or 0, "day": short_date(month.last_day)}, at=at)
    return True
