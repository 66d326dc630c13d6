"""What a report is asked for (kỳ và đơn vị của báo cáo), read from the address; people name both days, inclusive."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from flask import request
from sqlalchemy.orm import Session

from app.domain import checks
from app.domain.periods import (
    Period,
    PeriodEmpty,
    between,
    month,
    month_of,
    quarter,
    report_month_before,
    report_month_of,
    year,
)
from app.domain.reports import Opens, ReportUnit, RowsBy
from app.queries.report_scope import ReportUnitUnknown, unit_for
from app.web.context import house, now, staff
from app.web.filters import vn_date
from app.web.forms import sentence_of
from workflows.calendar import VIETNAM
from workflows.errors import RuleBroken

LONGEST_CODE = 40


@dataclass(frozen=True, slots=True)
class ReportAsked:
    """Whose figures, of which days, in which rows; what is wrong with the question, if anything."""

    unit: ReportUnit
    period: Period
    by: RowsBy
    wrong: RuleBroken | None = None

    @property
    def errors(self) -> tuple[tuple[str, str], ...]:
        """What is wrong, as pairs of field and sentence for the summary above a page."""
        if self.wrong is None:
            return ()
        where = "den" if isinstance(self.wrong, PeriodEmpty) else self.wrong.where or "tu"
        return ((where, sentence_of(self.wrong)),)

    def exact(self) -> ReportAsked:
        """Return the question where its days can be read; raises what is wrong with them.

        A list, a file or an entry of other days than were asked for would pass for theirs.
        """
        if self.wrong is not None:
            raise self.wrong
        return self

    def address(self) -> dict[str, str]:
        """Return what of the question goes into addresses of the same report."""
        return {
            "tu": vn_date(self.period.first_day),
            "den": vn_date(self.period.last_day),
            "don_vi": self.unit.code,
            "theo": self.by.value,
        }


def today() -> date:
    """Return the local day of this request."""
    return now().astimezone(VIETNAM).date()


def outside(path: str) -> str:
    """Return a path of ours as files and papers carry it: with the address people reach us by."""
    return f"{house().settings.external_url.rstrip('/')}{path}"


def from_outside(opens: Opens) -> Opens:
    """Return the addresses of lists as a file carries them."""
    return lambda figure, key: outside(opens(figure, key))


def usual_periods(day: date) -> tuple[Period, ...]:
    """Return the periods that are asked for most, around a day; the report month that runs comes first, up to it."""
    current = report_month_of(day)
    before = report_month_before(current)
    running = (current, month(day.year, day.month), quarter(day.year, (day.month + 2) // 3), year(day.year))
    first, *others = (period.up_to(day) for period in running)
    return (first, before, *others)


def calendar_periods(day: date) -> tuple[Period, ...]:
    """Return the periods of the 766 index around a day, by the calendar; the last whole month first."""
    current = month(day.year, day.month)
    before = month_of(current.first_day - timedelta(days=1))
    return (before, current, quarter(day.year, (day.month + 2) // 3), year(day.year))


def report_asked(session: Session, usual: tuple[Period, ...] = ()) -> ReportAsked:
    """Return what the address asks; unreadable days fall back to the first of the `usual` periods and are named.

    Raises ReportUnitUnknown for a unit that is not this person's to ask about.
    """
    unit = unit_for(session, staff(), request.args.get("don_vi", "")[:LONGEST_CODE])
    by = rows_by()
    usual = usual or usual_periods(today())
    try:
        return ReportAsked(unit, _period(usual), by)
    except RuleBroken as error:
        return ReportAsked(unit, usual[0], by, error)


def rows_by() -> RowsBy:
    """Return what the rows stand for, by field unless the address says otherwise."""
    asked = request.args.get("theo", "")
    return RowsBy(asked) if asked in set(RowsBy) else RowsBy.FIELD


def _period(usual: tuple[Period, ...]) -> Period:
    first, last = request.args.get("tu", "").strip(), request.args.get("den", "").strip()
    if not first and not last:
        return usual[0]
    return between(checks.day(first, where="tu"), checks.day(last, where="den") + timedelta(days=1))


__all__ = ["ReportAsked", "ReportUnitUnknown", "from_outside", "outside", "report_asked", "today", "usual_periods"]
