"""Open figures of one authority (số liệu công khai): a closed month by field and the year's months, to be told to all.

The counts are exact; which of them may be told is decided by `app.domain.statistics.withheld`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.domain.periods import Period, month_of
from app.domain.rate_formulas import RATES
from app.domain.reports import CountedRow, Form06a, ReportUnit
from app.queries import figures
from app.queries.month_memo import MonthMemo

MONTHS = 12
ONLINE = next(rate for rate in RATES if rate.id == "online_submission")


@dataclass(frozen=True, slots=True)
class OpenFigures:
    """A closed month by field, and twelve months of receptions with the online ones among them."""

    unit: ReportUnit
    period: Period
    rows: tuple[CountedRow, ...]
    total: Mapping[str, int]
    year: tuple[tuple[Period, int, int], ...]


def open_figures(
    session: Session, months: MonthMemo, unit: ReportUnit, period: Period, *, at: datetime
) -> OpenFigures:
    """Return the figures of a closed calendar month and the year up to it."""
    form: Form06a = figures.form06a(session, unit, period)
    one, year = period, []
    for _place in range(MONTHS):
        found = months.counts(session, unit, one, (ONLINE.numerator, ONLINE.denominator), at=at)
        year.append((one, found[ONLINE.denominator.id], found[ONLINE.numerator.id]))
        one = month_of(one.first_day - timedelta(days=1))
    return OpenFigures(unit, period, form.rows, form.total.cells, tuple(year[::-1]))
