"""How many flags wait for an answer (số cờ chưa giải trình), kept for pages that renew themselves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from app.db.models import FlagCount
from app.db.once import put
from app.db.unit_of_work import UnitOfWork
from app.domain.periods import Period


def keep_counts(uow: UnitOfWork, period: Period, waiting: Mapping[int, int], at: datetime) -> None:
    """Put these counts by authority in the place of those kept for the period; it is a cache and needs no event."""
    days = {"first_day": period.first_day, "end_day": period.end_day}
    counted = ({"unit_id": one, "waiting": waiting[one], "counted_at": at} for one in sorted(waiting))
    put(uow.session, FlagCount, (days | row for row in counted))
