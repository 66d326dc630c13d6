"""Closing a stretch of the event log (chốt gốc Merkle): one signed tree head over its events, hourly and daily.

Whoever holds an earlier root notices events that were cut off or written anew, even by somebody who may do
everything in the database. Level-triggered: a root covers whatever came since the one before.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select, true

from app.db.models import ChainRoot, Event
from app.db.unit_of_work import UnitOfWork
from app.domain.chain import merkle_root, root_words
from workflows.calendar import VIETNAM

HOUR, DAY = "%Y-%m-%dT%H", "%Y-%m-%d"
_SETTLED = timedelta(minutes=5)  # a transaction that began inside the hour has ended by then
_LENGTHS = {HOUR: timedelta(hours=1), DAY: timedelta(days=1)}


def close_hour(uow: UnitOfWork, at: datetime) -> str | None:
    """Return the root of the events up to the last whole hour, or None when there is nothing new to close."""
    return _close(uow, HOUR, at.astimezone(VIETNAM).replace(minute=0, second=0, microsecond=0), at=at)


def close_day(uow: UnitOfWork, at: datetime) -> str | None:
    """Return the root of the events up to the last midnight in Vietnam, or None when there is nothing new."""
    return _close(uow, DAY, at.astimezone(VIETNAM).replace(hour=0, minute=0, second=0, microsecond=0), at=at)


def close_now(uow: UnitOfWork, at: datetime) -> str | None:
    """Return the root of all events so far, for whoever wants to take one away; None when nothing is new."""
    return _write(uow, f"{at.astimezone(VIETNAM):%Y-%m-%dT%H:%M:%S}", "%:%:%", until=true(), at=at)


def _close(uow: UnitOfWork, form: str, end: datetime, *, at: datetime) -> str | None:
    if at - end < _SETTLED:
        return None
    period = (end - _LENGTHS[form]).strftime(form)
    like = "____-__-__T__" if form == HOUR else "____-__-__"
    return _write(uow, period, like, until=Event.at < end, at=at)


def _write(uow: UnitOfWork, period: str, like: str, *, until: ColumnElement[bool], at: datetime) -> str | None:
    """Write the root of the stretch after the newest root of the same kind."""
    before = uow.session.scalar(select(func.max(ChainRoot.last_event_id)).where(ChainRoot.period.like(like))) or 0
    last = uow.session.scalar(select(func.max(Event.id)).where(Event.id > before, until))
    known = uow.session.scalar(select(ChainRoot.id).where(ChainRoot.period == period))
    if last is None or known is not None:
        return None
    stretch = Event.id.between(before + 1, last)
    leaves = uow.session.scalars(select(Event.hash).where(stretch).order_by(Event.id)).all()
    root = merkle_root(leaves)
    uow.session.add(
        ChainRoot(
            period=period,
            first_event_id=before + 1,
            last_event_id=last,
            events=len(leaves),
            root=root,
            signature=uow.vault.sign(root_words(period, (before + 1, last), len(leaves), root)),
            made_at=at,
        )
    )
    return root
