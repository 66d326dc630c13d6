"""Closed months remembered (số liệu tháng đã qua): counted once, forgotten as soon as a fact of their time arrives.

A trend asks for a year of months of which eleven stay what they were. A past month reads facts valid before its
end; whatever changes it writes a new fact whose validity begins before that end. So one look at the facts
written since the last time tells which months must be counted anew, also in another process.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from threading import Lock

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.db.models import Dossier, DossierFact
from app.domain.figures import Figure
from app.domain.periods import Period
from app.domain.reports import ReportUnit
from app.queries.figures import counts_of

MOST = 4_000  # months of units kept
# Transactions of several writers may end in another order than they took their numbers.
MARGIN = 200

Counts = Mapping[str, int]


class MonthMemo:
    """What one process remembers; every answer equals a fresh count."""

    def __init__(self) -> None:
        self._kept: dict[tuple[object, ...], tuple[datetime, Counts]] = {}
        self._seen = 0
        self._lock = Lock()

    def counts(
        self, session: Session, unit: ReportUnit, period: Period, figures: Sequence[Figure], *, at: datetime
    ) -> Counts:
        """Return the counts of a unit and a period by figure id; a period that runs at `at` is never remembered."""
        if period.end > at or _is_importing(session):
            return counts_of(session, unit, period, figures)
        key = (unit.unit_ids, period.start, period.end, tuple(figure.id for figure in figures))
        with self._lock:
            self._forget_changed(session)
            known = self._kept.get(key)
        if known is not None:
            return known[1]
        fresh = counts_of(session, unit, period, figures)
        with self._lock:
            if len(self._kept) >= MOST:
                self._kept.clear()
            self._kept[key] = period.end, fresh
        return fresh

    def _forget_changed(self, session: Session) -> None:
        newest = session.scalar(select(func.max(DossierFact.id))) or 0
        if newest == self._seen:
            return
        written = select(func.min(DossierFact.valid_from)).where(DossierFact.id > self._seen - MARGIN)
        since = session.scalar(written)
        self._kept = {key: kept for key, kept in self._kept.items() if since is not None and kept[0] <= since}
        self._seen = newest


def _is_importing(session: Session) -> bool:
    """Publishing an import changes what is counted without a new fact: while one waits, nothing is remembered."""
    return session.scalar(select(Dossier.id).where(~Dossier.is_published).limit(1)) is not None
