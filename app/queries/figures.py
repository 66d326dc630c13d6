"""Figures of a period (số liệu báo cáo): form II.06a by field or procedure, and the rates, each in one query.

Read only from facts as they were just before the end of the period: today's row never changes a past report.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, case, distinct, func, literal
from sqlalchemy.orm import Session

from app.db.models import DossierFact
from app.db.predicates import column_of, condition
from app.domain.figures import CELLS_06A, Figure
from app.domain.formulas import Formula
from app.domain.periods import Period
from app.domain.rate_formulas import RATES
from app.domain.rates import Rate
from app.domain.reports import CountedRow, Form06a, ReportUnit, RowsBy
from app.domain.vietnamese import sort_key
from app.queries.closed_reports import closed_facts, closed_of, counted_closed
from app.queries.report_rows import joined_for, row_of
from app.queries.report_scope import counted_facts


def form06a(session: Session, unit: ReportUnit, period: Period, *, by: RowsBy = RowsBy.FIELD) -> Form06a:
    """Return form II.06a as it is told: as it was closed, or while it is not, as it counts now."""
    closed = closed_of(session, unit, period)
    if closed is None:
        return form06a_now(session, unit, period, by=by)
    counts = [counted_closed(cell.id).label(cell.id) for cell in CELLS_06A]
    rows = _rows(session, closed_facts(closed.report_id), counts, by)
    return Form06a(unit, period, by, rows, _total(rows), closed)


def form06a_now(session: Session, unit: ReportUnit, period: Period, *, by: RowsBy = RowsBy.FIELD) -> Form06a:
    """Return form II.06a as the facts tell it now; its rows in the order of their labels, only those with dossiers."""
    counts = [counted(cell, period).label(cell.id) for cell in CELLS_06A]
    rows = _rows(session, counted_facts(unit, period), counts, by)
    return Form06a(unit, period, by, rows, _total(rows))


def rates(session: Session, unit: ReportUnit, period: Period, formulas: Sequence[Formula] = RATES) -> dict[str, Rate]:
    """Return the two counts of each formula by its id, in the order given; all in one query."""
    parts = [counted(part, period) for rate in formulas for part in (rate.numerator, rate.denominator)]
    found = session.execute(counted_facts(unit, period).with_only_columns(*parts)).one()
    return {rate.id: Rate(found[2 * place], found[2 * place + 1]) for place, rate in enumerate(formulas)}


def counted(figure: Figure, period: Period) -> ColumnElement[int]:
    """Return the aggregate of one figure: how many facts meet its condition, or the sum of its weight."""
    if figure.distinct:
        return func.count(distinct(case((condition(figure.counted, period.bounds()), column_of(figure.distinct)))))
    each = column_of(figure.weight) if figure.weight else literal(1)
    return func.coalesce(func.sum(case((condition(figure.counted, period.bounds()), each), else_=0)), 0)


def _rows(
    session: Session, facts: Select[DossierFact], counts: Sequence[ColumnElement[int]], by: RowsBy
) -> tuple[CountedRow, ...]:
    key, label = row_of(by)
    asked = joined_for(by, facts.with_only_columns(key, label, *counts)).group_by(key)
    found = [CountedRow(row[0], row[1] or row[0], _cells(row[2:])) for row in session.execute(asked)]
    return tuple(sorted(found, key=lambda row: (sort_key(row.label), row.key)))


def _cells(counts: Iterable[Any]) -> dict[str, int]:
    return {cell.id: int(count) for cell, count in zip(CELLS_06A, counts, strict=True)}


def _total(rows: tuple[CountedRow, ...]) -> CountedRow:
    return CountedRow("", "Tổng cộng", {cell.id: sum(row.cells[cell.id] for row in rows) for cell in CELLS_06A})
