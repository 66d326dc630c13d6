"""What is tried (thủ tục, thời hạn, kỳ, đơn vị), read from the address; what is wrong with it is said beside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from flask import request
from sqlalchemy.orm import Session

from app.domain import checks
from app.domain.periods import Period, PeriodEmpty, between, year
from app.domain.reports import ReportUnit
from app.queries.report_scope import unit_for
from app.web.context import now, staff
from app.web.desk.report_asked import LONGEST_CODE, today
from app.web.filters import vn_date
from app.web.forms import sentence_of
from workflows.errors import RuleBroken
from workflows.limits import TimeLimit

LONGEST_LIMIT = 60


@dataclass(frozen=True, slots=True)
class Trial:
    """The question: whose dossiers of which procedure and period, against which limit; its faults, if any.

    `typed` keeps the limit as it was written, also where it could not be read. `limit` None: the present one.
    """

    unit: ReportUnit
    period: Period
    procedure: str
    typed: str
    limit: TimeLimit | None
    errors: tuple[tuple[str, str], ...] = ()

    def address(self) -> dict[str, str]:
        """Return what of the question goes into addresses of the same page."""
        return {
            "don_vi": self.unit.code,
            "tu": vn_date(self.period.first_day),
            "den": vn_date(self.period.last_day),
            "thu_tuc": self.procedure,
            "thoi_han": self.typed,
        }


def trial(session: Session) -> Trial:
    """Return the question that the address asks; unreadable parts fall back and are named.

    Raises ReportUnitUnknown for a unit that is not this person's to ask about.
    """
    unit = unit_for(session, staff(), request.args.get("don_vi", "")[:LONGEST_CODE])
    errors: list[tuple[str, str]] = []
    typed = request.args.get("thoi_han", "").strip()[:LONGEST_LIMIT]
    period, limit = _period(errors), _limit(typed, errors)
    procedure = request.args.get("thu_tuc", "").strip()[:LONGEST_CODE]
    return Trial(unit, period, procedure, typed, limit, tuple(errors))


def _limit(typed: str, errors: list[tuple[str, str]]) -> TimeLimit | None:
    try:
        return TimeLimit.parse(typed) if typed else None
    except RuleBroken as error:
        errors.append(("thoi_han", sentence_of(error)))
        return None


def _period(errors: list[tuple[str, str]]) -> Period:
    """Return the days asked for; without any, the year that runs."""
    first, last = request.args.get("tu", "").strip(), request.args.get("den", "").strip()
    usual = year(today().year).seen(now())
    if not first and not last:
        return usual
    try:
        return between(checks.day(first, where="tu"), checks.day(last, where="den") + timedelta(days=1)).seen(now())
    except RuleBroken as error:
        errors.append(("den" if isinstance(error, PeriodEmpty) else error.where or "tu", sentence_of(error)))
        return usual
