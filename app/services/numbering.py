"""Gapless numbers (cấp số): the counter row is locked and raised in the transaction that uses the number.

Raise it last: on PostgreSQL whoever holds the row makes the others wait.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.sql.dml import ReturningUpdate

from app.db.base import table_of
from app.db.late_rows import APART
from app.db.models import Counter, Unit
from app.db.unit_of_work import UnitOfWork

_COUNTERS = table_of(Counter)
_SERIES = (
    _COUNTERS.c.unit_id == bindparam("of_unit"),
    _COUNTERS.c.kind == bindparam("of_kind"),
    _COUNTERS.c.period == bindparam("of_period"),
)
_RAISE = (
    update(_COUNTERS)
    .where(*_SERIES)
    .values(value=_COUNTERS.c.value + bindparam("by"))
    .returning(_COUNTERS.c.value)
    .execution_options(**APART)
)
_UNITS = table_of(Unit)
_RAISE_AND_CODE = _RAISE.returning(select(_UNITS.c.code).where(_UNITS.c.id == _COUNTERS.c.unit_id).scalar_subquery())


def next_number(uow: UnitOfWork, unit_id: int, kind: str, period: str) -> int:
    """Return the next number of a series, from 1. A rolled-back transaction gives its number back."""
    return next_numbers(uow, unit_id, kind, period, 1)[0]


def next_numbers(uow: UnitOfWork, unit_id: int, kind: str, period: str, count: int) -> range:
    """Return the next `count` numbers of a series, in one run that nobody else gets between."""
    (last,) = _raised(uow, _RAISE, unit_id, kind, period, count)
    return range(last - count + 1, last + 1)


def next_of_agency(uow: UnitOfWork, unit_id: int, kind: str, period: str) -> tuple[str, int]:
    """Return an agency's electronic identifier (mã định danh) and the next number of its series."""
    last, code = _raised(uow, _RAISE_AND_CODE, unit_id, kind, period, 1)
    return code, last


def _raised(
    uow: UnitOfWork, statement: ReturningUpdate[Any], unit_id: int, kind: str, period: str, by: int
) -> tuple[Any, ...]:
    series = {"of_unit": unit_id, "of_kind": kind, "of_period": period, "by": by}
    row = uow.connection.execute(statement, series).first()
    if row is None:
        _begin_series(uow, unit_id, kind, period)
        row = uow.connection.execute(statement, series).one()
    return tuple(row)


def _begin_series(uow: UnitOfWork, unit_id: int, kind: str, period: str) -> None:
    # Two desks may open the day's series at the same instant: the UNIQUE key lets one row stand. What waits is
    # written first, or it would go back with the row.
    uow.late.write()
    try:
        with uow.session.begin_nested():
            uow.session.execute(insert(Counter).values(unit_id=unit_id, kind=kind, period=period, value=0))
    except IntegrityError:
        return
