"""Tables of figures as pages show them: every number with the address of its list, sub-totals after their level."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from app.domain.figure_addresses import row_of
from app.domain.periods import Period
from app.domain.rate_formulas import RATES
from app.domain.rates import Rate
from app.domain.reports import MONTH, Opens, RowsBy
from app.domain.vietnamese_format import told_number
from app.i18n import gettext as _
from app.queries.table_reports import CountedTable, RateRow, TableRow
from app.web.desk.presenters.report import period_words
from app.web.filters import number
from app.web.labels import channel_label

OpensMonth = Callable[[str, Period], str]
__all__ = ["OpensMonth", "kinds", "lines_of", "of_months", "of_rows"]


@dataclass(frozen=True, slots=True)
class ShownNumber:
    """One number with the address of its list, empty where a sum has none of its own."""

    text: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One line of a form."""

    label: str
    cells: tuple[ShownNumber, ...]
    is_sum: bool = False


@dataclass(frozen=True, slots=True)
class ShownRate:
    """One rate of one row: percent, and its two counts."""

    percent: str
    numerator: ShownNumber
    denominator: ShownNumber


@dataclass(frozen=True, slots=True)
class ShownRates:
    """The rates of one row."""

    label: str
    rates: tuple[ShownRate, ...]


def kinds() -> tuple[tuple[str, str], ...]:
    """Return what rows can stand for, with its words."""
    return (
        (RowsBy.FIELD, _("Lĩnh vực")),
        (RowsBy.PROCEDURE, _("Thủ tục")),
        (RowsBy.UNIT, _("Đơn vị")),
        (RowsBy.CHANNEL, _("Kênh nộp")),
        (MONTH, _("Tháng")),
    )


def lines_of(found: CountedTable, opens: Opens) -> tuple[ShownRow, ...]:
    """Return rows, each level followed by its sub-total, then the total."""
    subtotals = {row.level: row for row in found.subtotals}
    lines: list[ShownRow] = []
    for level, rows in groupby(found.rows, lambda row: row.level):
        lines += [_line(found, row, _row_label(found, row), opens, row.key) for row in rows]
        if level in subtotals:
            lines.append(_sum(found, subtotals[level], _level_words(level)))
    return (*lines, _line(found, found.total, _("Tổng cộng"), opens, None))


def of_rows(rows: Iterable[RateRow], by: str, opens: Opens) -> tuple[ShownRates, ...]:
    """Return the rates of each row."""
    return tuple(
        ShownRates(_label(row.label, by), _rates(row.rates, lambda figure, key=row.key: opens(figure, key)))
        for row in rows
    )


def of_months(months: Iterable[tuple[Period, Mapping[str, Rate]]], opens: OpensMonth) -> tuple[ShownRates, ...]:
    """Return the rates of each month."""
    return tuple(
        ShownRates(period_words(period), _rates(found, lambda figure, one=period: opens(figure, one)))
        for period, found in months
    )


def _rates(found: Mapping[str, Rate], opens: Callable[[str], str]) -> tuple[ShownRate, ...]:
    return tuple(
        ShownRate(
            f"{found[one.id].percent}\N{NO-BREAK SPACE}%" if found[one.id].denominator else "–",
            ShownNumber(number(found[one.id].numerator), opens(one.numerator.id)),
            ShownNumber(number(found[one.id].denominator), opens(one.denominator.id)),
        )
        for one in RATES
    )


def _line(found: CountedTable, row: TableRow, label: str, opens: Opens, key: str | None) -> ShownRow:
    cells = tuple(ShownNumber(number(row.cells[one.id]), opens(one.id, key)) for one in found.form.columns)
    return ShownRow(label, (*_told(row), *cells), key is None)


def _sum(found: CountedTable, row: TableRow, label: str) -> ShownRow:
    cells = tuple(ShownNumber(number(row.cells[one.id])) for one in found.form.columns)
    return ShownRow(label, (*_told(row), *cells), is_sum=True)


def _told(row: TableRow) -> tuple[ShownNumber, ...]:
    """Return what is told of the cells, shown before them; it has no list of its own, its cells have."""
    return tuple(ShownNumber("–" if value is None else told_number(value)) for value in row.told.values())


def _row_label(found: CountedTable, row: TableRow) -> str:
    if found.by == MONTH:
        return period_words(row_of(found.period, found.by, row.key)[0])
    return _label(row.label, found.by)


def _label(label: str, by: str) -> str:
    if by == RowsBy.CHANNEL and label.isdecimal():
        return str(channel_label(int(label)).text)
    return label or _("Chưa xác định lĩnh vực")


def _level_words(level: str) -> str:
    words = {
        "province": _("Cộng cấp tỉnh"),
        "department": _("Cộng các sở, ban, ngành"),
        "commune": _("Cộng các xã, phường"),
    }
    return words.get(level, level)
