"""After a calendar changed (tính lại hạn theo lịch mới): open dossiers get their due times anew, in batches.

Level-triggered: whatever still carries another version of its calendar is due, so a run that was cut off goes
on where it stopped, and a second run at the same time finds nothing. A due time that moves is an event with
both dates; one that stays only gets the new version.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from app.db.facts import ledger_of, projections
from app.db.models import Dossier, DossierClock
from app.db.unit_of_work import UnitOfWork
from app.domain.people import SCHEDULER
from workflows.calendar import VIETNAM
from workflows.errors import CalendarYearMissing

BATCH = 200


def reproject_batch(uow: UnitOfWork, at: datetime, *, most: int = BATCH) -> int:
    """Bring up to `most` open clocks to their calendar's version; return how many, 0 when none is behind.

    A dossier whose new due time would fall into a year that nobody has confirmed keeps its old one.
    """
    clocks = [clock for unit_id in _settling_units(uow) for clock in _behind(uow, unit_id, most)]
    return sum(_reproject(uow, clock, at) for clock in clocks[:most])


def _settling_units(uow: UnitOfWork) -> list[int]:
    return list(uow.session.scalars(select(DossierClock.settling_unit_id).where(DossierClock.is_open).distinct()))


def _behind(uow: UnitOfWork, unit_id: int, most: int) -> list[DossierClock]:
    _calendar, version = uow.calendars.of_unit(uow.session, unit_id)
    return list(
        uow.session.scalars(
            select(DossierClock)
            .where(
                DossierClock.is_open,
                DossierClock.settling_unit_id == unit_id,
                DossierClock.calendar_version != version,
            )
            .order_by(DossierClock.dossier_id)
            .limit(most)
        )
    )


def _reproject(uow: UnitOfWork, clock: DossierClock, at: datetime) -> bool:
    dossier = uow.session.get_one(Dossier, clock.dossier_id)
    calendar, version = uow.calendars.of_unit(uow.session, clock.settling_unit_id)
    try:
        committed, _statutory = projections(dossier, ledger_of(uow.session, dossier), calendar, at=at)
    except CalendarYearMissing:
        return False
    due = committed.due_at if committed and not clock.is_suspended else None
    if due == clock.due_at:
        clock.calendar_version = version
        return True
    uow.record(
        "dossier:calendar_changed",
        dossier,
        SCHEDULER,
        at,
        calendar=calendar.name,
        version=version,
        old_due=_text(clock.due_at),
        new_due=_text(due),
    )
    return True


def _text(moment: datetime | None) -> str:
    return moment.astimezone(VIETNAM).isoformat(timespec="minutes") if moment else ""
