"""How many flags wait for an answer (số cờ chưa giải trình), kept for pages that renew themselves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete

from app.db.models import FlagCount
from app.db.unit_of_work import UnitOfWork
from app.domain.periods import Period


def keep_counts(uow: UnitOfWork, period: Period, waiting: Mapping[int, int], at: datetime) -> None:
    """Put these counts by authority in the place of those kept for the period; it is a cache and needs no event."""
    uow.session.execute(delete(FlagCount).where(FlagCount.first_day == period.first_day))
    uow.session.add_all(
        FlagCount(
            unit_id=unit_id, first_day=period.first_day, end_day=period.end_day, waiting=count, counted_at=at
        )
        for unit_id, count in waiting.items()
    )
