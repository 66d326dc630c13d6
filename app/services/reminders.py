"""Reminders set by an administrator (đặt bậc nhắc hạn): the rungs and the stuck radar of one authority."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.db.models import Setting
from app.db.reminding import LADDER, STUCK_HOURS
from app.db.unit_of_work import UnitOfWork
from app.domain.ladder import Rung, as_setting, check_ladder
from app.domain.people import Staff
from app.services.accounts import administering
from workflows.errors import N_, RuleBroken

MOST_STUCK_HOURS = 400


class StuckHoursOutOfRange(RuleBroken):
    """The stuck radar looks after so many working hours, within reason."""

    code = "stuck_hours_out_of_range"
    sentence = N_("Số giờ đứng yên phải là số nguyên từ 1 đến {most}; hiện ghi “{hours}”.")


def set_reminders(uow: UnitOfWork, staff: Staff, rungs: Sequence[Rung], stuck_hours: int, at: datetime) -> None:
    """Set the ladder and the quiet hours of the administrator's authority; the next sweep goes by them.

    Effects that happened stay: a rung is told once for each due time. Raises LadderNotUnderstood, RungTwice,
    RungOutOfRange, StuckHoursOutOfRange.
    """
    check_ladder(rungs)
    if not 1 <= stuck_hours <= MOST_STUCK_HOURS:
        raise StuckHoursOutOfRange(where="stuck_hours", most=MOST_STUCK_HOURS, hours=stuck_hours)
    unit_id = staff.root_unit_id
    before = {name: _set(uow, unit_id, name, value) for name, value in
              ((LADDER, as_setting(rungs)), (STUCK_HOURS, stuck_hours))}  # fmt: skip
    ladder = ", ".join(f"{rung.name}>{rung.to}" for rung in rungs)
    uow.note("unit:reminders_set", ("unit", str(unit_id)), administering(staff), at,
             ladder=ladder, stuck_hours=stuck_hours, hours_before=before[STUCK_HOURS])  # fmt: skip


def _set(uow: UnitOfWork, unit_id: int, name: str, value: Any) -> Any:
    """Write one setting of a unit and return what it was."""
    row = uow.session.scalars(select(Setting).where(Setting.unit_id == unit_id, Setting.name == name)).first()
    if row is None:
        row = Setting(unit_id=unit_id, name=name, value=None)
        uow.session.add(row)
    before, row.value = row.value, value
    return before
