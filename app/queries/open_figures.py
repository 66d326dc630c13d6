"""Open figures of one authority (số liệu công khai): a closed month by field and the year's months, to be told to all.

The counts are exact; which of them may be told is decided by `app.domain.statistics.withheld`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.domain.dashboards import RATE, calendar_year
from app.domain.periods import Period
from app.domain.reports import CountedRow, Form06a, ReportUnit
from app.queries import figures
from app.queries.month_counts import by_unit_and_period, whole

ONLINE = RATE["online_submission"]


@dataclass(frozen=True, slots=True)
class OpenFigures:
    """A closed month by field, and twelve months of receptions with the online ones among them."""

    unit: ReportUnit
    period: Period
    rows: tuple[CountedRow, ...]
    total: Mapping[str, int]
    year: tuple[tuple[Period, int, int], ...]


def open_figures(session: Session, unit: ReportUnit, period: Period) -> OpenFigures:
    """Return the figures of a closed calendar month and the year up to it."""
    form: Form06a = figures.form06a(session, unit, period)
    months = calendar_year(period)
    counted = by_unit_and_period(session, unit, months)
    year = ((one, whole(counted[one.first_day, one.end_day])) for one in months)
    told = tuple((one, counts[ONLINE.denominator.id], counts[ONLINE.numerator.id]) for one, counts in year)
    return OpenFigures(unit, period, form.rows, form.total.cells, told)
