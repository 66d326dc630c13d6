"""After a calendar changed (tính lại hạn theo lịch mới): open dossiers get their due times anew.

Whatever still carries another version of its calendar is due, so a run that was cut off goes on where it
stopped. A due time that moves is an event with both dates; one that stays only gets the new version.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db.calendars import CalendarBook
from app.db.facts import refresh_clock
from app.db.models import Dossier, DossierClock
from app.db.unit_of_work import UnitOfWork
from app.domain.people import SCHEDULER
from workflows.calendar import VIETNAM
from workflows.errors import CalendarYearMissing


def due(db: Session, calendars: CalendarBook, _at: datetime) -> Sequence[int]:
    """Return the open dossiers whose clock was reckoned by another version of their calendar."""
    units = db.scalars(select(DossierClock.settling_unit_id).where(DossierClock.is_open).distinct()).all()
    return [dossier_id for unit_id in units for dossier_id in _behind(db, calendars, unit_id)]


def act(uow: UnitOfWork, dossier_id: int, at: datetime) -> bool:
    """Reckon one clock anew; False when another run was faster, or nobody has confirmed the new due year.

    In the second case the old due time stays until the year is confirmed.
    """
    clock = uow.session.get_one(DossierClock, dossier_id)
    dossier = uow.session.get_one(Dossier, dossier_id)
    calendar, version = uow.calendars.of_unit(uow.session, clock.settling_unit_id)
    if clock.calendar_version == version or not clock.is_open:
        return False
    before = clock.due_at
    try:
        clock = refresh_clock(uow.session, dossier, uow.calendars, at=at)
    except CalendarYearMissing:
        return False
    if clock.due_at != before:
        uow.record(
            "dossier:calendar_changed",
            dossier,
            SCHEDULER,
            at,
            calendar=calendar.name,
            version=version,
            old_due=_text(before),
            new_due=_text(clock.due_at),
        )
    return True


def _behind(db: Session, calendars: CalendarBook, unit_id: int) -> Sequence[int]:
    _calendar, version = calendars.of_unit(db, unit_id)
    return db.scalars(
        select(DossierClock.dossier_id)
        .where(
            DossierClock.is_open,
            DossierClock.settling_unit_id == unit_id,
            DossierClock.calendar_version != version,
        )
        .order_by(DossierClock.dossier_id)
    ).all()


def _text(moment: datetime | None) -> str:
    return moment.astimezone(VIETNAM).isoformat(timespec="minutes") if moment else ""
