"""Form 06a and the rates as a page shows them (trang báo cáo): each number with the address of its own list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from app.domain.figures import CELLS_06A, Figure
from app.domain.formulas import Formula
from app.domain.periods import CALENDAR, Period
from app.domain.rate_formulas import OTHER_READINGS, RATES
from app.domain.rates import Rate
from app.domain.reports import CountedRow, Form06a, Opens, sums_of
from app.i18n import gettext as _
from app.web.filters import number, vn_date

LATE = frozenset({"resolved_late", "pending_overdue"})
GROUPS = frozenset({"received_total", "resolved_total", "pending_total"})
PRINTED = tuple(cell for cell in CELLS_06A if cell.column)
UNKNOWN = tuple(cell for cell in CELLS_06A if not cell.column)


@dataclass(frozen=True, slots=True)
class ShownCell:
    """One number: its words, the address of its list, its look, and what it says to a screen reader."""

    text: str
    address: str
    css: str
    is_zero: bool
    label: str


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One line of the form."""

    label: str
    cells: tuple[ShownCell, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """One sum of the form, whether it holds, and the list of what stands outside, if any."""

    text: str
    holds: bool
    address: str = ""


@dataclass(frozen=True, slots=True)
class ShownRate:
    """One rate with both its counts and how the law was read."""

    title: str
    percent: str
    numerator: ShownCell
    denominator: ShownCell
    reading: str
    source: str
    others: tuple[ShownRate, ...] = ()


@dataclass(frozen=True, slots=True)
class PeriodChoice:
    """A period to choose by one click."""

    text: str
    address: str
    is_current: bool


def lines_of(form: Form06a, opens: Opens) -> tuple[ShownLine, ...]:
    """Return the lines of the form without the total."""
    return tuple(_line(row, row.label or _("Chưa xác định lĩnh vực"), opens, row.key) for row in form.rows)


def total_of(form: Form06a, opens: Opens) -> ShownLine:
    """Return the line of totals."""
    return _line(form.total, _("Tổng cộng"), opens, None)


def checks_of(form: Form06a, opens: Opens) -> tuple[Check, ...]:
    """Return the sums that the form promises, as sentences of numbers, and how many stand outside them."""
    cells = form.total.cells
    signs = ("(4) + (5) + (6)", "(8) + (9) + (10)", "(12) + (13)", "(7) + (11)")
    sums = [
        Check(f"{column} = {parts_named}: {number(whole)} = {_added(parts)}", whole == sum(parts))
        for parts_named, (column, whole, parts) in zip(signs, sums_of(cells), strict=True)
    ]
    unknown = [
        Check(
            _("%(title)s: %(n)s hồ sơ", title=_(cell.title), n=number(cells[cell.id])),
            cells[cell.id] == 0,
            opens(cell.id, None),
        )
        for cell in UNKNOWN
    ]
    return (*sums, *unknown)


def rates_of(found: Mapping[str, Rate], opens: Opens) -> tuple[ShownRate, ...]:
    """Return the rates in the order of the table, each with its other readings beside it."""
    others = {formula.id: _rate(formula, found[formula.id], opens) for formula in OTHER_READINGS}
    return tuple(
        replace(_rate(rate, found[rate.id], opens), others=tuple(others[name] for name in rate.other_readings))
        for rate in RATES
    )


def _rate(formula: Formula, rate: Rate, opens: Opens) -> ShownRate:
    """Return one rate; nothing to count reads so, never 0 or 100 percent."""
    return ShownRate(
        _(formula.title),
        f"{rate.percent}\N{NO-BREAK SPACE}%" if rate.denominator else _("không phát sinh"),
        _shown(formula.numerator, rate.numerator, opens, None, row=_("Đạt")),
        _shown(formula.denominator, rate.denominator, opens, None, row=_("Tổng")),
        _(formula.reading),
        formula.source,
    )


def choices_of(
    periods: Iterable[Period], current: Period, address: Callable[[Period], str]
) -> tuple[PeriodChoice, ...]:
    """Return the usual periods as choices."""
    return tuple(
        PeriodChoice(
            period_words(period),
            address(period),
            (period.first_day, period.end_day) == (current.first_day, current.end_day),
        )
        for period in periods
    )


def period_words(period: Period) -> str:
    """Return the period in words: a report month with its own days, a calendar month by its name."""
    days = _("%(first)s đến %(last)s", first=vn_date(period.first_day), last=vn_date(period.last_day))
    if not period.name or period.first_day.day != CALENDAR:
        return days
    months = (period.end_day.year - period.first_day.year) * 12 + period.end_day.month - period.first_day.month
    if months == 1:
        return _("Tháng %(month)s/%(year)s", month=period.first_day.month, year=period.first_day.year)
    if months == 12:
        return _("Năm %(year)s", year=period.first_day.year)
    return _("Quý %(quarter)s/%(year)s", quarter=_roman(period.first_day), year=period.first_day.year)


def _roman(day: date) -> str:
    return ("I", "II", "III", "IV")[(day.month - 1) // 3]


def _line(row: CountedRow, label: str, opens: Opens, key: str | None) -> ShownLine:
    return ShownLine(label, tuple(_shown(cell, row.cells[cell.id], opens, key, row=label) for cell in PRINTED))


def _shown(figure: Figure, count: int, opens: Opens, key: str | None, *, row: str) -> ShownCell:
    looks = ("grp", figure.id in GROUPS), ("late", figure.id in LATE and count > 0)
    return ShownCell(
        text=number(count),
        address=opens(figure.id, key),
        css=" ".join(name for name, wanted in looks if wanted),
        is_zero=count == 0,
        label=f"{row}, {_(figure.title)}: {number(count)}",
    )


def _added(parts: tuple[int, ...]) -> str:
    return " + ".join(number(part) for part in parts)
