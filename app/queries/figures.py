"""Figures of a period (số liệu báo cáo): form II.06a by field or procedure, and the rates, each in one query.

Form 06a is counted by where each dossier stands on both of its sides, ten cells that share no dossier; the totals
are their sums, and a property test counts all thirteen by their own conditions. Read only from facts as they were
just before the end of the period: today's row never changes a past report.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, case, distinct, func, literal
from sqlalchemy.orm import Session

from app.db.models import ClosedDossier
from app.db.predicates import column_of, condition
from app.db.session import is_sqlite
from app.domain.closing import CAME, PARTS, STOOD
from app.domain.figures import CELLS_06A, Figure
from app.domain.formulas import Formula
from app.domain.periods import Period
from app.domain.predicates import Settled
from app.domain.rate_formulas import RATES
from app.domain.rates import Rate
from app.domain.reports import CountedRow, Form06a, ReportUnit, RowsBy
from app.domain.vietnamese import sort_key
from app.queries import imported_history
from app.queries.adding_up import Aggregate, added_up
from app.queries.closed_reports import ON_FORM, cell_of, closed_facts, closed_of, told_facts, told_parts
from app.queries.report_rows import Rows, fact_of
from app.queries.report_scope import CountedPart, counted_facts, counted_parts

_APART = (*CAME[:2], "resolved_early", "resolved_on_time", "resolved_late", "pending_in_term", "pending_overdue")
# Asked as yes or no, not for the name of the cell: PostgreSQL expects few groups then, and several processes count.
_TOLD_APART = tuple(cell for cell in CELLS_06A if cell.id in {*_APART, "resolved_total"})


def form06a(session: Session, unit: ReportUnit, period: Period, *, by: RowsBy = RowsBy.FIELD) -> Form06a:
    """Return form II.06a as it is told: as it was closed, or while it is not, as it counts now."""
    closed = closed_of(session, unit, period)
    if closed is None:
        return form06a_now(session, unit, period, by=by)
    places = (lambda _: ClosedDossier.came.expression), (lambda _: ClosedDossier.stood.expression)
    rows = _rows(session, (CountedPart(closed_facts(closed.report_id), ON_FORM),), places, by)
    return Form06a(unit, period, by, rows, _total(rows), closed)


def form06a_on_paper(session: Session, unit: ReportUnit, period: Period, *, by: RowsBy = RowsBy.FIELD) -> Form06a:
    """Return the same with the notes that stand below it in a file or in print."""
    form = form06a(session, unit, period, by=by)
    return replace(form, notes=imported_history.notes(session, unit, period))


def form06a_now(session: Session, unit: ReportUnit, period: Period, *, by: RowsBy = RowsBy.FIELD) -> Form06a:
    """Return form II.06a as the facts tell it now; its rows in the order of their labels, only those with dossiers."""
    parts = counted_parts(unit, period)
    if is_sqlite(session):  # sorts what it groups: two names are shorter than eight answers
        rows = _rows(session, parts, (partial(cell_of, CAME, period), partial(cell_of, STOOD, period)), by)
    else:
        asked = [partial(_stands_in, cell, period) for cell in _TOLD_APART]
        rows = _rows(session, parts, asked, by, places=_places)
    return Form06a(unit, period, by, rows, _total(rows))


def rates(session: Session, unit: ReportUnit, period: Period, formulas: Sequence[Formula] = RATES) -> dict[str, Rate]:
    """Return the two counts of each formula by its id, in the order given; all in one query."""
    found = counts_of(session, unit, period, [part for one in formulas for part in (one.numerator, one.denominator)])
    return {rate.id: Rate(found[rate.numerator.id], found[rate.denominator.id]) for rate in formulas}


def counts_of(session: Session, unit: ReportUnit, period: Period, figures: Sequence[Figure]) -> Mapping[str, int]:
    """Return the counts of one unit and period as they are told, by figure id: as closed, or as they count now."""
    whole = (CountedPart(told_facts(session, unit, period), ON_FORM),)
    parts = told_parts(session, unit, period) if _adds_up(figures) else whole
    return _counts(session, parts, period, figures)


def counts_now(session: Session, unit: ReportUnit, period: Period, figures: Sequence[Figure]) -> Mapping[str, int]:
    """Return the counts as the facts tell them now, also where the period is closed."""
    whole = (CountedPart(counted_facts(unit, period), ON_FORM),)
    return _counts(session, counted_parts(unit, period) if _adds_up(figures) else whole, period, figures)


def counts_by(
    session: Session, unit: ReportUnit, period: Period, by: RowsBy, figures: Sequence[Figure]
) -> Mapping[tuple[str, str], Mapping[str, int]]:
    """Return the told counts by figure id for key and label of each row with dossiers.

    Not for figures with `distinct`.
    """
    counts = [partial(counted, figure, period) for figure in figures]
    rows = Rows(session, by)
    found = added_up(session, told_parts(session, unit, period), (lambda _: fact_of(by).expression,), counts)
    told: dict[tuple[str, str], dict[str, int]] = {}
    for (value,), part in found.items():
        cells = told.setdefault(rows.of(value), dict.fromkeys((figure.id for figure in figures), 0))
        for figure, count in zip(figures, part, strict=True):
            cells[figure.id] += count
    return told


def counted(figure: Figure, period: Period, settled: Settled = ON_FORM) -> ColumnElement[int]:
    """Return the aggregate of one figure over counted facts: how many meet its condition, or the sum of its weight."""
    wanted = condition(settled.left_of(figure.counted), period.bounds())
    if figure.distinct:
        return func.count(distinct(case((wanted, column_of(figure.distinct)))))
    each = column_of(figure.weight) if figure.weight else literal(1)
    return func.coalesce(func.sum(case((wanted, each), else_=0)), 0)


def _stands_in(cell: Figure, period: Period, settled: Settled) -> ColumnElement[bool]:
    return condition(settled.left_of(cell.counted), period.bounds())


def _places(told: Sequence[bool]) -> tuple[str, str]:
    """Return the two cells in which a dossier stands, from the answers for `_TOLD_APART`; else it is what is left."""
    held = {cell.id for cell, holds in zip(_TOLD_APART, told, strict=True) if holds}
    rest = "resolved_unknown" if "resolved_total" in held else "pending_unknown"
    return next((one for one in CAME if one in held), "carried_over"), next((one for one in STOOD if one in held), rest)


def _rows(
    session: Session,
    parts: Sequence[CountedPart],
    asked: Sequence[Aggregate],
    by: RowsBy,
    *,
    places: Callable[[Sequence[Any]], Sequence[str]] = tuple,
) -> tuple[CountedRow, ...]:
    """Return the rows of form 06a over `parts`; `places` tells from what was `asked` at which two a dossier stands."""
    keys = (lambda _: fact_of(by).expression), *asked
    rows, found = Rows(session, by), added_up(session, parts, keys, [lambda _: func.count()])
    told: dict[tuple[str, str], dict[str, int]] = {}
    for (value, *answers), (count,) in found.items():
        stands = places(answers)
        cells = told.setdefault(rows.of(value), dict.fromkeys((cell.id for cell in CELLS_06A), 0))
        for name, sums in PARTS.items():
            cells[name] += count if any(place in sums for place in stands) else 0
    counted_rows = (CountedRow(key, label, cells) for (key, label), cells in told.items())
    return tuple(sorted(counted_rows, key=lambda row: (sort_key(row.label), row.key)))


def _counts(
    session: Session, parts: Sequence[CountedPart], period: Period, figures: Sequence[Figure]
) -> Mapping[str, int]:
    (counts,) = added_up(session, parts, (), [partial(counted, figure, period) for figure in figures]).values()
    return {figure.id: count for figure, count in zip(figures, counts, strict=True)}


def _adds_up(figures: Sequence[Figure]) -> bool:
    """Tell whether the figures add up over parts; what is counted once however often it occurs does not."""
    return not any(figure.distinct for figure in figures)


def _total(rows: tuple[CountedRow, ...]) -> CountedRow:
    return CountedRow("", "Tổng cộng", {cell.id: sum(row.cells[cell.id] for row in rows) for cell in CELLS_06A})
