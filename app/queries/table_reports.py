"""Reports as tables (các biểu khác), and rates by any row: one query a table, with sub-totals by level."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db.models import Unit
from app.domain.figures import Figure
from app.domain.formulas import Formula
from app.domain.periods import Period, months_in
from app.domain.rates import Rate
from app.domain.reports import MONTH, ReportUnit, RowsBy
from app.domain.table_form import TableForm, Told
from app.domain.vietnamese import sort_key
from app.queries.figures import counts_by, counts_of, rates
from app.queries.report_known import known_of

LEVELS = ("province", "department", "commune")


@dataclass(frozen=True, slots=True)
class TableRow:
    """One line: its key, its label, the level of its unit (only by unit), its cells by figure id, what is told."""

    key: str
    label: str
    cells: Mapping[str, int]
    level: str = ""
    told: Told = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CountedTable:
    """A report of a unit and a period. By unit the sub-totals stand by level; the total is the sum of the rows.

    Only by month it is not: what waits from one month to the next stands in both, the total is the period's own.
    """

    form: TableForm
    unit: ReportUnit
    period: Period
    by: str  # a `RowsBy`, or MONTH
    rows: tuple[TableRow, ...]
    subtotals: tuple[TableRow, ...]
    total: TableRow

    @property
    def balances(self) -> bool:
        """Every sum that the form promises holds in every line."""
        return all(self.form.balances(row.cells) for row in (*self.rows, *self.subtotals, self.total))


@dataclass(frozen=True, slots=True)
class RateRow:
    """The rates of one row."""

    key: str
    label: str
    rates: Mapping[str, Rate]


def table(session: Session, form: TableForm, unit: ReportUnit, period: Period, by: RowsBy) -> CountedTable:
    """Return the report with its rows in the order of level and label."""
    counted_rows = _rows(session, unit, period, by, form.columns)
    known = known_of(session, form, by, unit=unit, period=period)
    rows = tuple(_told(form, row, period, known.get(row.key, {})) for row in counted_rows)
    subtotals = (
        tuple(
            _told(form, _sum(level, _of(rows, level), form.columns), period, {}) for level in LEVELS if _of(rows, level)
        )
        if by is RowsBy.UNIT
        else ()
    )
    total = _told(form, _sum("", rows, form.columns), period, known.get(None, {}))
    return CountedTable(form, unit, period, by, rows, subtotals, total)


def table_by_month(session: Session, form: TableForm, unit: ReportUnit, period: Period) -> CountedTable:
    """Return the report with a row for each month that lies in the period, each as of its own end."""
    rows = tuple(_whole(session, form, unit, one) for one in months_in(period))
    total = replace(_whole(session, form, unit, period), key="", label="")
    return CountedTable(form, unit, period, MONTH, rows, (), total)


def _whole(session: Session, form: TableForm, unit: ReportUnit, period: Period) -> TableRow:
    """Return a period as one row: its first day is the key."""
    cells = counts_of(session, unit, period, form.columns)
    known = known_of(session, form, RowsBy.FIELD, unit=unit, period=period).get(None, {})
    return _told(form, TableRow(f"{period.first_day}", period.title, cells), period, known)


def rates_by(
    session: Session, unit: ReportUnit, period: Period, by: RowsBy, formulas: Sequence[Formula]
) -> tuple[RateRow, ...]:
    """Return the rates of each row, in one query."""
    figures = [part for formula in formulas for part in (formula.numerator, formula.denominator)]
    return tuple(
        RateRow(
            row.key,
            row.label,
            {one.id: Rate(row.cells[one.numerator.id], row.cells[one.denominator.id]) for one in formulas},
        )
        for row in _rows(session, unit, period, by, figures)
    )


def rates_by_month(
    session: Session, unit: ReportUnit, period: Period, formulas: Sequence[Formula]
) -> tuple[tuple[Period, Mapping[str, Rate]], ...]:
    """Return the rates of each month that lies in the period, cut to it, each as of its own end."""
    return tuple((one, rates(session, unit, one, formulas)) for one in months_in(period))


def _rows(
    session: Session, unit: ReportUnit, period: Period, by: RowsBy, figures: Sequence[Figure]
) -> tuple[TableRow, ...]:
    levels = _levels(session) if by is RowsBy.UNIT else {}
    counts = counts_by(session, unit, period, by, figures)
    found = [TableRow(key, label, cells, levels.get(key, "")) for (key, label), cells in counts.items()]
    return tuple(sorted(found, key=lambda row: (_rank(row.level), sort_key(row.label), row.key)))


def _levels(session: Session) -> dict[str, str]:
    return {row.code: row.kind for row in session.execute(select(Unit.code, Unit.kind))}


def _rank(level: str) -> int:
    return LEVELS.index(level) if level in LEVELS else len(LEVELS)


def _told(form: TableForm, row: TableRow, period: Period, known: Told) -> TableRow:
    return replace(row, told=form.tell(row.cells, row.level, period.first_day, known))


def _of(rows: Sequence[TableRow], level: str) -> tuple[TableRow, ...]:
    return tuple(row for row in rows if row.level == level)


def _sum(level: str, rows: Sequence[TableRow], figures: Sequence[Figure]) -> TableRow:
    return TableRow(level, level, {one.id: sum(row.cells[one.id] for row in rows) for one in figures}, level)
