"""Sending a report up, giving it back, calling it to mind (gửi, trả lại, nhắc báo cáo): events of its own chain.

What a unit sends are the numbers as they stand; the dossiers behind them are kept when the report is closed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from app.db.models import Unit
from app.db.unit_of_work import UnitOfWork
from app.domain import checks
from app.domain.figures import CELLS_06A
from app.domain.people import Actor, Role, Staff
from app.domain.periods import Period
from app.domain.report_day import NotToReturn, NotToSend, ReportState, subject_of
from app.services.errors import NoRight
from app.services.notices import leaders_of, remind
from workflows.states import ActorKind

LONGEST = 1_000
_WHY = {ReportState.SENT: "đã gửi", ReportState.CLOSED: "đã chốt"}


def send(
    uow: UnitOfWork,
    staff: Staff,
    period: Period,
    *,
    state: ReportState,
    cells: Mapping[str, int],
    at: datetime,
) -> None:
    """Send the own authority's report with its numbers. Raises NoRight, NotToSend."""
    if not staff.has(Role.LEADER):
        raise NoRight(who="lãnh đạo đơn vị")
    if at < period.end:
        raise NotToSend(why="còn trong kỳ")
    if state in _WHY:
        raise NotToSend(why=_WHY[state])
    uow.note("report:sent", subject_of(staff.root_unit_code, period), _by(staff), at, total=dict(cells))


def give_back(
    uow: UnitOfWork,
    staff: Staff,
    unit_code: str,
    period: Period,
    *,
    state: ReportState,
    cell: str,
    reason: str,
    at: datetime,
) -> None:
    """Give a report back, naming the cell and the reason. Raises NoRight, NotToReturn, Missing."""
    _province(staff)
    if state is not ReportState.SENT:
        raise NotToReturn
    if cell not in {one.id for one in CELLS_06A}:
        raise checks.Missing(where="cell", what="ô số liệu")
    why = checks.text(reason, what="lý do trả lại", where="reason", longest=LONGEST)
    uow.note("report:returned", subject_of(unit_code, period), _by(staff), at, cell=cell, text=why)
    _tell(uow, unit_code, "report_returned", {"period": period.title, "reason": why}, at)


def call_to_mind(
    uow: UnitOfWork, staff: Staff, unit_code: str, period: Period, at: datetime
) -> None:
    """Remind the leaders of a unit that its report is waited for."""
    _province(staff)
    uow.note("report:reminded", subject_of(unit_code, period), _by(staff), at)
    _tell(uow, unit_code, "report_waited_for", {"period": period.title}, at)


def _tell(uow: UnitOfWork, unit_code: str, template: str, facts: Mapping[str, str], at: datetime) -> None:
    unit_id = uow.session.scalars(select(Unit.id).where(Unit.code == unit_code)).one()
    remind(uow, leaders_of(uow, unit_id, at), template, facts, at=at)


def _province(staff: Staff) -> None:
    if not staff.has(Role.PROVINCE):
        raise NoRight(who="Văn phòng UBND tỉnh")


def _by(staff: Staff) -> Actor:
    return Actor(ActorKind.STAFF, staff.name, staff.user_id, staff.unit_id)
