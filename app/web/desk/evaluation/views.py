"""Doors of a unit's evaluation: nine indices of a period, each with what it was made of; entering what is missing."""

from __future__ import annotations

from flask import abort, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.domain.evaluation_forms import EVALUATION
from app.domain.people import Role
from app.domain.periods import Period
from app.i18n import gettext as _
from app.queries.evaluation import unit_evaluation
from app.queries.officer_evaluation import officers
from app.queries.report_scope import ReportUnitUnknown, units_for
from app.web.context import house, staff
from app.web.desk.evaluation import presenters as shown
from app.web.desk.evaluation.forms import Typed
from app.web.desk.frame import desk_page
from app.web.desk.presenters.report import choices_of, period_words
from app.web.desk.report_asked import ReportAsked, calendar_periods, report_asked, today
from app.web.filters import vn_date

UNPROCESSABLE = 422


def evaluation() -> Response:
    """Show the evaluation of a unit and a period: the last whole month unless asked otherwise."""
    return evaluation_page(Typed(told_on=vn_date(today())), ())


def evaluation_page(values: Typed, errors: tuple[tuple[str, str], ...]) -> Response:
    """Show the evaluation with what was typed and what is wrong with it."""
    with house().reading() as db:
        asked = asked_unit(db)
        found = unit_evaluation(db, asked.unit, asked.period)
        units = units_for(db, staff())
        people = officers(db, asked.unit, asked.period) if may_enter(asked) else ()
    wrong = (*asked.errors, *errors)
    return desk_page(
        "desk/evaluation/unit.html",
        status=UNPROCESSABLE if wrong else 200,
        asked=asked,
        address=address_of(asked),
        errors=wrong,
        units=units,
        period=period_words(asked.period),
        choices=choices_of(calendar_periods(today()), asked.period, lambda one: _page_of(asked, one)),
        indices=shown.indices_of(found, lambda figure: url_for("desk.figure_list", figure=figure, **asked.address())),
        grade=shown.grade_of(found.grade),
        readings=tuple(_(one) for one in EVALUATION.readings),
        items=shown.items(),
        people=tuple((one.login, one.name) for one in people),
        typed=values,
        may_enter=may_enter(asked),
        sees_people=bool(staff().actor_kinds),
    )


def asked_unit(db: Session) -> ReportAsked:
    """Return what the address asks, by the calendar: the last whole month first."""
    try:
        return report_asked(db, calendar_periods(today()))
    except ReportUnitUnknown:
        abort(404)


def may_enter(asked: ReportAsked) -> bool:
    """Tell whether the person may enter figures of this unit."""
    own = staff().has(Role.LEADER) and asked.unit.code == staff().root_unit_code
    return own or staff().has(Role.PROVINCE)


def address_of(asked: ReportAsked) -> dict[str, str]:
    """Return the question as an address of the evaluation."""
    return {name: value for name, value in asked.address().items() if name != "theo"}


def _page_of(asked: ReportAsked, period: Period) -> str:
    return url_for("desk.evaluation", **address_of(ReportAsked(asked.unit, period, asked.by)))
