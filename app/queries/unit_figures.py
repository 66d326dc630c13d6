"""Figures of many units and of many months (số liệu theo đơn vị, theo tháng), by the conditions of the reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func
from sqlalchemy.orm import Session, aliased

from app.db.models import DossierFact, Unit
from app.domain.figures import Figure
from app.domain.periods import Period
from app.domain.reports import ReportUnit
from app.queries.figures import counted
from app.queries.report_scope import counted_facts


@dataclass(frozen=True, slots=True)
class UnitCounts:
    """One authority with its divisions: what was counted, by figure id."""

    code: str
    name: str
    kind: str
    counts: Mapping[str, int]


def by_unit(session: Session, whole: ReportUnit, period: Period, figures: Sequence[Figure]) -> tuple[UnitCounts, ...]:
    """Return the counts of each authority in `whole` that has dossiers in the period, in one query."""
    seat, authority = aliased(Unit), aliased(Unit)
    counts = [counted(figure, period) for figure in figures]
    asked = (
        counted_facts(whole, period)
        .join(seat, seat.id == DossierFact.settling_unit_id)
        .join(authority, authority.id == func.coalesce(seat.root_id, seat.id))
        .with_only_columns(authority.code, func.min(authority.name), func.min(authority.kind), *counts)
        .group_by(authority.code)
    )
    return tuple(UnitCounts(row[0], row[1], row[2], _named(figures, row[3:])) for row in session.execute(asked))


def counts_of(session: Session, unit: ReportUnit, period: Period, figures: Sequence[Figure]) -> Mapping[str, int]:
    """Return the counts of one unit and period, by figure id."""
    asked = counted_facts(unit, period).with_only_columns(*(counted(figure, period) for figure in figures))
    return _named(figures, session.execute(asked).one())


def _named(figures: Sequence[Figure], counts: Sequence[int]) -> Mapping[str, int]:
    return {figure.id: int(count) for figure, count in zip(figures, counts, strict=True)}
