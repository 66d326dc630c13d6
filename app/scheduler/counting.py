"""Counting ahead (đếm sẵn số liệu): what overviews open with, one unit and one period in each transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from app.domain.dashboards import FORMULAS, kept_periods
from app.domain.periods import Period
from app.queries.month_counts import fresh, to_count
from app.services import period_counts
from app.wiring import House
from workflows.calendar import VIETNAM

MOST_AT_ONCE = 500


def count_periods(house: House, at: datetime) -> int:
    """Count what is not kept or no longer true; return how many units and periods were counted."""
    periods = kept_periods(at.astimezone(VIETNAM).date())
    with house.reading() as session:
        waiting = to_count(session, periods)
    return sum(_count(house, unit_id, period, periods) for unit_id, period in waiting[:MOST_AT_ONCE])


def _count(house: House, unit_id: int, period: Period, periods: Sequence[Period]) -> bool:
    with house.unit_of_work() as uow:
        if not period_counts.begin(uow, unit_id, periods):
            return False
        counts = fresh(uow.session, (unit_id,), period)[unit_id]
        period_counts.keep(uow, unit_id, period, tuple(counts.values()), FORMULAS)
        return True
