"""Doors of the comparison with the national portal, and of the month's report in words."""

from __future__ import annotations

from flask import abort, flash, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.adapters.narrative_docx import narrative_docx
from app.adapters.tables import table_of
from app.db.scope import Reach, scope_of
from app.domain import checks
from app.domain.catalogue_rows import Fault, ImportRefused
from app.domain.entered_figures import PORTAL_ITEMS
from app.domain.national_copies import read_national
from app.domain.people import Role
from app.domain.periods import Period
from app.domain.report_day import last_month
from app.i18n import gettext as _
from app.queries.month_facts import month_facts
from app.queries.portal_comparison import portal_comparison
from app.queries.report_scope import ReportUnitUnknown, units_for
from app.services import entered_figures, national_copies
from app.services.errors import NoRight
from app.web.context import house, now, staff
from app.web.desk.evaluation.forms import Typed, figure_of, typed
from app.web.desk.frame import desk_page
from app.web.desk.presenters.report import choices_of, period_words
from app.web.desk.report_asked import ReportAsked, outside, report_asked, today, usual_periods
from app.web.desk.reportday import portal as shown
from app.web.filters import number, vn_date
from app.web.forms import sentence_of
from app.web.responses import download, see_other
from app.web.uploads import uploaded
from workflows.errors import RuleBroken

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
UNPROCESSABLE = 422
MOST_TOLD, MOST_FAULTS = 10, 50


def portal() -> Response:
    """Show ours beside the portal's for a unit and a period, with the dossiers that differ."""
    return _page(Typed(told_on=vn_date(today())), ())


def enter_portal() -> Response:
    """Keep a number of the portal; wrong input stays in the form."""
    values = typed()
    with house().reading() as db:
        asked = _asked(db).exact()
    try:
        new = figure_of(values)
        with house().unit_of_work() as uow:
            entered_figures.enter_as(uow, staff(), asked.unit.code, asked.period, new, now())
    except RuleBroken as error:
        return _page(values, ((error.where or "item", sentence_of(error)),))
    flash(_("Đã ghi số liệu."), "success")
    return see_other("desk.portal", **_address(asked))


def take_portal() -> Response:
    """Take the portal's list of states as a whole, or name each cell that cannot be read."""
    with house().reading() as db:
        asked = _asked(db).exact()
    try:
        upload = uploaded("file")
        if upload is None:
            raise checks.Missing(where="file", what=_("tệp danh sách của Cổng"))
        lines, findings = read_national(table_of(upload.content), now())
        with house().unit_of_work() as uow:
            done = national_copies.take_national(uow, staff(), lines, findings, at=now())
    except ImportRefused as error:
        return _page(Typed(told_on=vn_date(today())), (("file", sentence_of(error)),), error.faults)
    except NoRight:
        raise
    except RuleBroken as error:
        return _page(Typed(told_on=vn_date(today())), ((error.where or "file", sentence_of(error)),))
    flash(_("Đã nhập %(n)s trạng thái của Cổng.", n=number(done.imported + done.updated)), "success")
    if done.warnings:
        first = "; ".join(str(fault) for fault in done.warnings[:MOST_TOLD])
        left = number(len(done.warnings))
        flash(_("%(n)s dòng không dùng được: %(first)s", n=left, first=first), "warning")
    return see_other("desk.portal", **_address(asked))


def month_report() -> Response:
    """Answer the month's report in words as DOCX, its figures filled in."""
    with house().reading() as db:
        asked = _asked(db).exact()
        facts = month_facts(db, asked.unit, asked.period, outside(url_for("desk.reports", **asked.address())))
    name = f"bao-cao-{asked.unit.code}-{asked.period.first_day:%Y%m%d}-{asked.period.last_day:%Y%m%d}.docx"
    return download(narrative_docx(facts, now()), name, media_type=DOCX)


def _page(values: Typed, errors: tuple[tuple[str, str], ...], faults: tuple[Fault, ...] = ()) -> Response:
    with house().reading() as db:
        asked = _asked(db)
        found = portal_comparison(db, asked.unit, asked.period)
        units = units_for(db, staff())
    wrong = (*asked.errors, *errors)
    own = staff().has(Role.LEADER) and asked.unit.code == staff().root_unit_code
    return desk_page(
        "desk/reportday/portal.html",
        status=UNPROCESSABLE if wrong else 200,
        asked=asked,
        address=_address(asked),
        errors=wrong,
        faults=faults[:MOST_FAULTS],
        faults_left=max(0, len(faults) - MOST_FAULTS),
        units=units,
        period=period_words(asked.period),
        choices=choices_of(
            (last_month(today()), *usual_periods(today())[:1]), asked.period, lambda one: _page_of(asked, one)
        ),
        cells=shown.cells_of(found, asked.address()),
        dossiers=shown.dossiers_of(found),
        items=tuple((item.id, _(item.title)) for item in PORTAL_ITEMS),
        typed=values,
        may_enter=own or staff().has(Role.PROVINCE),
        may_open=scope_of(staff()).reach is not Reach.NOTHING,
        may_take=staff().has(Role.LEADER, Role.PROVINCE),
    )


def _asked(db: Session) -> ReportAsked:
    try:
        return report_asked(db, (last_month(today()),))
    except ReportUnitUnknown:
        abort(404)


def _address(asked: ReportAsked) -> dict[str, str]:
    return {name: value for name, value in asked.address().items() if name != "theo"}


def _page_of(asked: ReportAsked, period: Period) -> str:
    return url_for("desk.portal", **_address(ReportAsked(asked.unit, period, asked.by)))
