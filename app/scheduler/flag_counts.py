"""Flags counted beside the day's work (đếm cờ): reading a month's events is too much for a page that renews itself."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from app.domain.periods import report_month_of
from app.domain.report_day import last_month
from app.queries.flags import flags_of
from app.queries.report_scope import whole_house
from app.services.flag_counts import keep_counts
from app.wiring import House
from workflows.calendar import VIETNAM


def count_flags(house: House, at: datetime) -> int:
    """Count the flags of the running and the last report month by authority; return how many wait for an answer."""
    today = at.astimezone(VIETNAM).date()
    total = 0
    for period in (last_month(today), report_month_of(today)):
        with house.reading() as session:
            unit = whole_house(session)
            known = flags_of(session, unit, period)
        waiting = Counter(dict.fromkeys(unit.unit_ids, 0))
        waiting.update(flag.finding.unit_id for flag in known if flag.state != "answered")
        with house.unit_of_work() as uow:
            keep_counts(uow, period, waiting, at)
        total += waiting.total()
    return total
