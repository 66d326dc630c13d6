"""Doors of closing (chốt số liệu): close a period, and see what changed since it was told."""

from __future__ import annotations

from flask import abort, flash, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.db.scope import Reach, scope_of
from app.domain.closed_forms import CLOSED_FORMS
from app.domain.closing import FORM
from app.i18n import gettext as _
from app.queries import closed_reports, entered_figures, restatements
from app.queries.figures import form06a_now
from app.queries.report_scope import ReportUnitUnknown
from app.services import closing
from app.web.context import house, now, staff
from app.web.desk.closing.presenters import cells_of, entries_of, forms, moves_of
from app.web.desk.frame import desk_page
from app.web.desk.presenters.report import period_words
from app.web.desk.report_asked import ReportAsked, report_asked
from app.web.forms import sentence_of
from app.web.responses import found, see_other
from workflows.errors import RuleBroken


def close_report() -> Response:
    """Close the period asked for with all its forms; why it cannot be closed is said on the report."""
    try:
        with house().unit_of_work() as uow:
            asked = _asked(uow.session)
            counted = closing.Counted(
                form06a_now(uow.session, asked.unit, asked.period),
                closed_reports.placed(asked.unit, asked.period),
                restatements.forms_now(uow.session, asked.unit, asked.period),
                entered_figures.entries_now(uow.session, asked.unit, asked.period),
            )
            closing.close_report(uow, staff(), counted, now())
    except RuleBroken as refused:
        flash(sentence_of(refused), "danger")
    else:
        flash(_("Đã chốt số liệu kỳ này."), "success")
    return see_other("desk.reports", **asked.address())


def restatement() -> Response:
    """Show what changed in a form since the closing: cells as told and now, dossiers with the event that moved them."""
    form = found(CLOSED_FORMS.get(request.args.get("bieu", FORM)))
    with house().reading() as db:
        asked = _asked(db)
        closed = found(closed_reports.closed_of(db, asked.unit, asked.period))
        changed = restatements.restatement(db, asked.unit, asked.period, closed, form=form)
        entered = entered_figures.entries_changed(db, asked.unit, asked.period)
    return desk_page(
        "desk/closing/restatement.html",
        asked=asked,
        period=period_words(asked.period),
        closed=closed,
        form=form.id,
        forms=forms(),
        is_recounted=changed.is_recounted,
        cells=cells_of(changed, asked.address()),
        moves=moves_of(changed),
        entered=entries_of(entered),
        moved=changed.moved,
        address=asked.address(),
        may_open=scope_of(staff()).reach is not Reach.NOTHING,
        back=url_for("desk.reports", **asked.address()),
    )


def _asked(db: Session) -> ReportAsked:
    try:
        return report_asked(db).exact()
    except ReportUnitUnknown:
        abort(404)
