"""Keeping what was counted (giữ số liệu đếm sẵn): a cache of facts, so that no event says so.

The unit is held first: nobody writes facts of it between the count and its keeping (`app.db.touching`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import delete, exists, insert, or_, select, tuple_

from app.db.base import table_of
from app.db.models import CountedPeriod, FactTouch
from app.db.touching import hold_unit, is_importing
from app.db.unit_of_work import UnitOfWork
from app.domain.periods import Period

THE_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)  # before any dossier
_KEPT, _TOUCHES = table_of(CountedPeriod), table_of(FactTouch)


def begin(uow: UnitOfWork, unit_id: int, periods: Sequence[Period]) -> bool:
    """Hold the unit, forget what was touched of it or is none of `periods`; False while it is written to.

    False too while an import waits to be published: what it publishes would be counted in nothing that is kept.
    """
    if not hold_unit(uow.session, unit_id) or is_importing(uow.session):
        return False
    touched = exists(select(_TOUCHES.c.id)).where(_TOUCHES.c.unit_id == unit_id, _TOUCHES.c.since < _KEPT.c.until)
    others = tuple_(_KEPT.c.first_day, _KEPT.c.end_day).not_in([(one.first_day, one.end_day) for one in periods])
    uow.connection.execute(delete(_KEPT).where(_KEPT.c.unit_id == unit_id, or_(touched, others)))
    uow.connection.execute(delete(_TOUCHES).where(_TOUCHES.c.unit_id == unit_id))
    return True


def keep(uow: UnitOfWork, unit_id: int, period: Period, counts: Sequence[int], formulas: str) -> None:
    """Keep the counts of a unit that is held, in the place of those that were kept."""
    days = {"unit_id": unit_id, "first_day": period.first_day, "end_day": period.end_day}
    uow.connection.execute(delete(_KEPT).where(*(_KEPT.c[name] == value for name, value in days.items())))
    told = {"until": period.end, "formulas": formulas, "counts": list(counts)}
    uow.connection.execute(insert(_KEPT), [days | told])


def touch_all(uow: UnitOfWork) -> int:
    """Let nothing that is kept be read any more until it is counted anew; return how many units that concerns."""
    units = uow.session.scalars(select(_KEPT.c.unit_id).distinct()).all()
    if units:
        uow.connection.execute(insert(_TOUCHES), [{"unit_id": one, "since": THE_BEGINNING} for one in units])
    return len(units)
