"""Figures of many units (số liệu theo đơn vị), by the conditions of the reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db.models import Unit
from app.domain.figures import Figure
from app.domain.periods import Period
from app.domain.reports import ReportUnit, RowsBy
from app.queries.figures import counts_by


@dataclass(frozen=True, slots=True)
class UnitCounts:
    """One authority with its divisions: what was counted, by figure id."""

    code: str
    name: str
    kind: str
    counts: Mapping[str, int]


def by_unit(session: Session, whole: ReportUnit, period: Period, figures: Sequence[Figure]) -> tuple[UnitCounts, ...]:
    """Return the counts of each authority in `whole` that has dossiers in the period."""
    kinds = {row.code: row.kind for row in session.execute(select(Unit.code, Unit.kind))}
    found = counts_by(session, whole, period, RowsBy.UNIT, figures)
    return tuple(UnitCounts(code, name, kinds[code], counts) for (code, name), counts in found.items())
