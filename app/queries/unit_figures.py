"""Figures of many units (số liệu theo đơn vị), by the conditions of the reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db.models import Unit
from app.domain.dashboards import PENDING, RESOLVED
from app.domain.figures import Figure
from app.domain.periods import Period
from app.domain.reports import ReportUnit, RowsBy
from app.queries.figures import counts_by
from app.queries.report_rows import Rows


@dataclass(frozen=True, slots=True)
class UnitCounts:
    """One authority with its divisions: what was counted, by figure id."""

    code: str
    name: str
    kind: str
    counts: Mapping[str, int]


def by_unit(session: Session, whole: ReportUnit, period: Period, figures: Sequence[Figure]) -> tuple[UnitCounts, ...]:
    """Return the counts of each authority in `whole` that has dossiers in the period."""
    return _named(session, counts_by(session, whole, period, RowsBy.UNIT, figures))


def authorities(session: Session, counted: Mapping[int, Mapping[str, int]]) -> tuple[UnitCounts, ...]:
    """Return what was counted by settling unit as rows of authorities, those that have dossiers in the period."""
    rows = Rows(session, RowsBy.UNIT)
    told: dict[tuple[str, str], dict[str, int]] = {}
    for unit_id, counts in counted.items():
        if counts[RESOLVED.id] or counts[PENDING.id]:
            row = told.setdefault(rows.of(unit_id), dict.fromkeys(counts, 0))
            for name, count in counts.items():
                row[name] += count
    return _named(session, told)


def _named(session: Session, found: Mapping[tuple[str, str], Mapping[str, int]]) -> tuple[UnitCounts, ...]:
    kinds = {row.code: row.kind for row in session.execute(select(Unit.code, Unit.kind))}
    return tuple(UnitCounts(code, name, kinds[code], counts) for (code, name), counts in found.items())
