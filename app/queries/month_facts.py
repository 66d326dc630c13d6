"""All that the month's report in words tells, gathered in one reading (số liệu của báo cáo lời)."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.domain.figures import CELLS_06A
from app.domain.narrative import MonthFacts
from app.domain.periods import Period, report_month_before
from app.domain.reports import ReportUnit
from app.domain.table_reports import FORMS
from app.domain.vietnamese_format import short_date
from app.queries.evaluation import unit_evaluation
from app.queries.figures import counts_of, form06a, rates
from app.queries.portal_comparison import portal_comparison


def month_facts(session: Session, unit: ReportUnit, period: Period, page: str) -> MonthFacts:
    """Return the facts of a unit's report; `page` opens its numbers."""
    compared = [cell for cell in portal_comparison(session, unit, period).cells if cell.theirs]
    sources = {f"{one.theirs.source}, ngày {short_date(one.theirs.told_on)}" for one in compared if one.theirs}
    return MonthFacts(
        unit=unit,
        period=period,
        form=form06a(session, unit, period),
        before=counts_of(session, unit, report_month_before(period), CELLS_06A),
        rates=rates(session, unit, period),
        certification=counts_of(session, unit, period, FORMS["certification"].columns),
        delay=counts_of(session, unit, period, FORMS["delay"].columns),
        portal=tuple((one.figure.title, one.ours, one.theirs.value) for one in compared if one.theirs),
        portal_source="; ".join(sorted(sources)),
        grade=unit_evaluation(session, unit, period).grade,
        page=page,
    )
