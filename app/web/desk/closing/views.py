"""Doors of closing (chốt số liệu): close a period, and see what changed since it was told."""

from __future__ import annotations

from flask import abort, flash, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.db.scope import Reach, scope_of
from app.i18n import gettext as _
from app.queries import closed_reports
from app.queries.figures import form06a_now
from app.queries.report_scope import ReportUnitUnknown
from app.services import closing
from app.web.context import house, now, staff
from app.web.desk.closing.presenters import cells_of, moves_of
from app.web.desk.frame import desk_page
from app.web.desk.presenters.report import period_words
from app.web.desk.report_asked import ReportAsked, report_asked
from app.web.forms import sentence_of
from app.web.responses import found, see_other
from workflows.errors import RuleBroken


def close_report() -> Response:
    """Close form 06a of the period asked for; why it cannot be closed is said on the report."""
    try:
        with house().unit_of_work() as uow:
            asked = _asked(uow.session)
            form = form06a_now(uow.session, asked.unit, asked.period)
            closing.close_report(uow, staff(), form, closed_reports.placed(asked.unit, asked.period), now())
    except RuleBroken as refused:
        flash(sentence_of(refused), "danger")
    else:
        flash(_("Đã chốt số liệu kỳ này."), "success")
    return see_other("desk.reports", **asked.address())


def restatement() -> Response:
    """Show what changed since the closing: cells as told and now, dossiers with the event that moved them."""
    with house().reading() as db:
        asked = _asked(db)
        closed = found(closed_reports.closed_of(db, asked.unit, asked.period))
        changed = closed_reports.restatement(db, asked.unit, asked.period, closed)
    return desk_page(
        "desk/closing/restatement.html",
        asked=asked,
        period=period_words(asked.period),
        closed=closed,
        cells=cells_of(changed),
        moves=moves_of(changed),
        may_open=scope_of(staff()).reach is not Reach.NOTHING,
        back=url_for("desk.reports", **asked.address()),
    )


def _asked(db: Session) -> ReportAsked:
    try:
        asked = report_asked(db)
    except ReportUnitUnknown:
        abort(404)
    if asked.errors:
        abort(404)
    return asked
