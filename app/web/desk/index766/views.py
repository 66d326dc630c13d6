"""Doors of the 766 index (chỉ số 766): the page of a period, and entering what this house cannot count."""

from __future__ import annotations

from flask import abort, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.domain.index_766 import COMPONENTS
from app.domain.people import Actor, Role
from app.domain.periods import Period
from app.i18n import gettext as _
from app.queries.index_766 import index_766
from app.queries.report_scope import ReportUnitUnknown, units_for
from app.services import index_entries
from app.web.context import house, now, staff
from app.web.desk.closing.said import say_entered
from app.web.desk.frame import desk_page
from app.web.desk.index766 import presenters as shown
from app.web.desk.index766.forms import Typed, entry_of, typed
from app.web.desk.presenters.report import choices_of, period_words
from app.web.desk.report_asked import ReportAsked, calendar_periods, report_asked, today
from app.web.forms import sentence_of
from app.web.responses import see_other
from workflows.errors import RuleBroken
from workflows.states import ActorKind

UNPROCESSABLE = 422


def index() -> Response:
    """Show the index of a unit and a period: the running month of the calendar unless asked otherwise."""
    return _page(Typed(), ())


def enter_figure() -> Response:
    """Keep an entered figure and show the page with it; wrong input stays in the form."""
    values = typed()
    try:
        entry = entry_of(values)
    except RuleBroken as error:
        return _page(values, ((error.where or "component", sentence_of(error)),), status=UNPROCESSABLE)
    with house().reading() as db:
        asked = _asked(db).exact()
    with house().unit_of_work() as uow:
        by = Actor(ActorKind.STAFF, staff().name, staff().user_id, staff().unit_id)
        index_entries.enter(uow, asked.unit.code, asked.period, entry, by, now())
    say_entered(_("Đã ghi số liệu thành phần %(code)s.", code=entry.component), asked)
    return see_other("desk.index_766", **_address(asked))


def _page(values: Typed, errors: tuple[tuple[str, str], ...], status: int = 200) -> Response:
    with house().reading() as db:
        asked = _asked(db)
        found = index_766(db, asked.unit, asked.period)
        units = units_for(db, staff())
    wrong = (*asked.errors, *errors)
    return desk_page(
        "desk/index766/index.html",
        status=UNPROCESSABLE if wrong else status,
        asked=asked,
        address=_address(asked),
        errors=wrong,
        units=units,
        period=period_words(asked.period),
        groups=shown.groups_of(found, lambda figure: url_for("desk.figure_list", figure=figure, **asked.address())),
        total=shown.sum_of(found.total),
        missing=found.missing,
        typed=values,
        components=tuple((one.code, _(one.title)) for one in COMPONENTS),
        may_enter=staff().has(Role.LEADER, Role.PROVINCE),
        choices=choices_of(calendar_periods(today()), asked.period, lambda period: _page_of(asked, period)),
        counted_at=now(),
    )


def _asked(db: Session) -> ReportAsked:
    try:
        return report_asked(db, calendar_periods(today()))
    except ReportUnitUnknown:
        abort(404)


def _address(asked: ReportAsked) -> dict[str, str]:
    return {name: value for name, value in asked.address().items() if name != "theo"}


def _page_of(asked: ReportAsked, period: Period) -> str:
    return url_for("desk.index_766", **_address(ReportAsked(asked.unit, period, asked.by)))

