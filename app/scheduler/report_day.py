"""The month's report on its day (lập báo cáo đúng ngày): counted by the query of the reports, told by the service."""

from __future__ import annotations

from datetime import datetime

from app.domain.report_day import last_month
from app.queries.figures import form06a
from app.queries.report_scope import report_unit
from app.queries.units import code_of
from app.services.sweeps import report_days
from app.wiring import House
from workflows.calendar import VIETNAM


def prepare_reports(house: House, at: datetime) -> int:
    """Count and tell the report of each authority whose month is over; return how many were prepared."""
    with house.reading() as session:
        units = report_days.due(session, house.calendars, at)
    return sum(_prepare(house, unit_id, at) for unit_id in units)


def _prepare(house: House, unit_id: int, at: datetime) -> bool:
    period = last_month(at.astimezone(VIETNAM).date())
    with house.reading() as session:
        cells = form06a(session, report_unit(session, code_of(session, unit_id)), period).total.cells
    with house.unit_of_work() as uow:
        return report_days.prepare(uow, unit_id, cells, at)
