"""Gapless numbers (cấp số): the counter row is locked and raised in the transaction that uses the number.

Raise it last: on PostgreSQL whoever holds the row makes the others wait.
"""

from __future__ import annotations

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from app.db.models import Counter
from app.db.unit_of_work import UnitOfWork


def next_number(uow: UnitOfWork, unit_id: int, kind: str, period: str) -> int:
    """Return the next number of a series, from 1. A rolled-back transaction gives its number back."""
    return next_numbers(uow, unit_id, kind, period, 1)[0]


def next_numbers(uow: UnitOfWork, unit_id: int, kind: str, period: str, count: int) -> range:
    """Return the next `count` numbers of a series, in one run that nobody else gets between."""
    here = (Counter.unit_id == unit_id, Counter.kind == kind, Counter.period == period)
    raising = update(Counter).where(*here).values(value=Counter.value + count).returning(Counter.value)
    last = uow.session.execute(raising).scalar()
    if last is None:
        _begin_series(uow, unit_id, kind, period)
        last = uow.session.execute(raising).scalar_one()
    return range(last - count + 1, last + 1)


def last_number(uow: UnitOfWork, unit_id: int, kind: str, period: str) -> int:
    """Return the last number used of a series, 0 for none."""
    here = (Counter.unit_id == unit_id, Counter.kind == kind, Counter.period == period)
    return uow.session.scalar(select(Counter.value).where(*here)) or 0


def _begin_series(uow: UnitOfWork, unit_id: int, kind: str, period: str) -> None:
    # Two desks may open the day's series at the same instant: the UNIQUE key lets one row stand.
    try:
        with uow.session.begin_nested():
            uow.session.execute(insert(Counter).values(unit_id=unit_id, kind=kind, period=period, value=0))
    except IntegrityError:
        return
