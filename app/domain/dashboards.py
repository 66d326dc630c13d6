"""What overviews tell of months (số liệu của trang tổng quan): which figures, of which periods.

These are counted ahead and kept (`app.queries.month_counts`), so that a look at a year of a province reads some
hundreds of rows and not millions of facts.
"""

from __future__ import annotations

from datetime import date, timedelta
from hashlib import sha256
from itertools import chain

from app.domain.figures import CELLS_06A, Figure
from app.domain.periods import Period, month_of, quarter, report_month_before, report_month_of, year
from app.domain.rate_formulas import OTHER_READINGS, RATES

MONTHS = 12
KEPT_MONTHS = 25  # the twelve that end with last year's last month, seen from this year's end
APART = "on_time_committed_without_certification"  # or wards that certify much cannot be compared
HEAT = ("online_submission", "digitized_dossiers", "electronic_results", "online_payment", "on_time_committed", APART)
TOLD = ("online_submission", "digitized_dossiers", "on_time_committed")
RATE = {rate.id: rate for rate in (*RATES, *OTHER_READINGS)}
_CELLS = {cell.id: cell for cell in CELLS_06A}
OVERDUE, PENDING, RESOLVED = _CELLS["pending_overdue"], _CELLS["pending_total"], _CELLS["resolved_total"]
FIGURES: tuple[Figure, ...] = (
    *chain.from_iterable((RATE[name].numerator, RATE[name].denominator) for name in HEAT),
    OVERDUE,
    PENDING,
    RESOLVED,
)
# Counts that were kept under other conditions are never read.
FORMULAS = sha256(repr([(one.id, one.counted, one.weight) for one in FIGURES]).encode()).hexdigest()[:32]


def report_year(day: date, today: date) -> tuple[Period, ...]:
    """Return twelve report months, the one of `day` last; one that runs today goes up to this evening."""
    return _report_months(day, today, MONTHS)


def calendar_year(last: Period) -> tuple[Period, ...]:
    """Return twelve calendar months, `last` at the end."""
    found = [last]
    while len(found) < MONTHS:
        found.append(month_of(found[-1].first_day - timedelta(days=1)))
    return tuple(reversed(found))


def offered_periods(today: date) -> tuple[Period, ...]:
    """Return the periods that the province's overview offers, the report month that runs first, up to this evening.

    Month, quarter and year of the calendar go up to last evening while they run: a fact of today would have all units
    counted anew each minute, and months do not add up to a year, where a dossier is finished after its month.
    """
    current = report_month_of(today)
    running = (month_of(today), quarter(today.year, _quarter_of(today)), year(today.year))
    quarter_before = running[1].first_day - timedelta(days=1)
    return (
        current.up_to(today),
        report_month_before(current),
        *(one.up_to(max(one.first_day, today - timedelta(days=1))) for one in running),
        quarter(quarter_before.year, _quarter_of(quarter_before)),
        year(today.year - 1),
    )


def kept_periods(today: date) -> tuple[Period, ...]:
    """Return the periods whose counts are kept: what overviews offer, with the months that they show beside it."""
    before = month_of(month_of(today).first_day - timedelta(days=1))
    newest_first = (
        *offered_periods(today),
        *reversed(_report_months(today, today, KEPT_MONTHS)),
        *reversed(calendar_year(before)),
    )
    return tuple({(one.first_day, one.end_day): one for one in newest_first}.values())


def _report_months(day: date, today: date, count: int) -> tuple[Period, ...]:
    found = [report_month_of(day)]
    while len(found) < count:
        found.append(report_month_before(found[-1]))
    return tuple(one.up_to(today) for one in reversed(found))


def _quarter_of(day: date) -> int:
    return (day.month + 2) // 3
