"""Doors of report day: see how far every report is, send the own, give one back, remind; clean before it."""

from __future__ import annotations

from flask import abort, flash, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.domain.people import Role
from app.domain.periods import Period
from app.domain.report_day import is_cleaning, last_month
from app.i18n import gettext as _
from app.queries.report_day import BoardRow, board, to_clean
from app.queries.report_scope import unit_for
from app.services import report_day as service
from app.web.context import house, now, staff
from app.web.desk.frame import desk_page
from app.web.desk.presenters.report import choices_of, period_words
from app.web.desk.report_asked import report_asked, today, usual_periods
from app.web.desk.reportday import presenters as shown
from app.web.filters import vn_date
from app.web.forms import sentence_of
from app.web.responses import see_other
from workflows.errors import RuleBroken


def report_day() -> Response:
    """Show the board: the province all its units, a unit itself and what it has to clean."""
    with house().reading() as db:
        period, rows = _board(db)
        untidy = () if staff().has(Role.PROVINCE) else to_clean(db, staff(), now(), today())
    return desk_page(
        "desk/reportday/board.html",
        period=period,
        words=period_words(period),
        choices=choices_of((last_month(today()), *usual_periods(today())[:1]), period, _page_of),
        tally=shown.tally(rows),
        rows=shown.rows(rows, period),
        cells=shown.CELLS,
        untidy=shown.untidy(untidy),
        is_cleaning=is_cleaning(today()),
        is_province=staff().has(Role.PROVINCE),
        may_send=staff().has(Role.LEADER),
        address=_address(period),
    )


def send_report() -> Response:
    """Send the own report with its numbers."""
    with house().reading() as db:
        period, rows = _board(db)
    own = _row_of(rows, staff().root_unit_code)
    return _done(
        period,
        lambda uow: service.send(uow, staff(), period, state=own.state, cells=own.cells, at=now()),
        _("Đã gửi báo cáo."),
    )


def return_report() -> Response:
    """Give a unit's report back, naming the cell."""
    with house().reading() as db:
        period, rows = _board(db)
    row = _row_of(rows, request.form.get("unit", ""))
    cell, reason = request.form.get("cell", ""), request.form.get("reason", "")
    return _done(
        period,
        lambda uow: service.give_back(
            uow, staff(), row.code, period, state=row.state, cell=cell, reason=reason, at=now()
        ),
        _("Đã trả lại báo cáo của %(unit)s.", unit=row.name),
    )


def remind_report() -> Response:
    """Remind a unit."""
    with house().reading() as db:
        period, rows = _board(db)
    row = _row_of(rows, request.form.get("unit", ""))
    return _done(
        period,
        lambda uow: service.call_to_mind(uow, staff(), row.code, period, now()),
        _("Đã nhắc %(unit)s.", unit=row.name),
    )


def _board(db: Session) -> tuple[Period, tuple[BoardRow, ...]]:
    period = report_asked(db, (last_month(today()),)).exact().period
    return period, board(db, unit_for(db, staff(), ""), period)


def _row_of(rows: tuple[BoardRow, ...], code: str) -> BoardRow:
    return next((row for row in rows if row.code == code), None) or abort(404)


def _done(period: Period, act: shown.Act, words: str) -> Response:
    try:
        with house().unit_of_work() as uow:
            act(uow)
    except RuleBroken as error:
        flash(sentence_of(error), "error")
    else:
        flash(words, "success")
    return see_other("desk.report_day", **_address(period))


def _address(period: Period) -> dict[str, str]:
    return {"tu": vn_date(period.first_day), "den": vn_date(period.last_day)}


def _page_of(period: Period) -> str:
    return url_for("desk.report_day", **_address(period))
