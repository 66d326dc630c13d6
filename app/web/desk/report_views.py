"""Doors of reports (báo cáo): form II.06a and the rates on one page, their files, the list behind each number."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, request, url_for
from sqlalchemy.orm import Session

from app.adapters.figure_sheet import list_sheet
from app.adapters.report_files import WRITERS, linked_06a
from app.adapters.spreadsheet import csv_file
from app.db.scope import Reach, scope_of
from app.domain.people import Role
from app.domain.periods import Period
from app.domain.rate_formulas import OTHER_READINGS, RATES
from app.domain.reports import Opens
from app.queries import figure_lists, figures, imported_history
from app.queries.closed_reports import opening
from app.queries.figure_lists import Asked, asked_for
from app.queries.report_scope import ReportUnitUnknown, units_for
from app.services import importing_runs
from app.web.context import house, now, staff
from app.web.desk.document_views import Printed, shown_pdf
from app.web.desk.frame import desk_page
from app.web.desk.presenters import report as shown
from app.web.desk.presenters.figure_list import list_title, list_words
from app.web.desk.report_asked import ReportAsked, from_outside, outside, report_asked, rows_by, today, usual_periods
from app.web.responses import download
from workflows.errors import RuleBroken

UNPROCESSABLE = 422
PDF, XLSX = "pdf", "xlsx"
MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def reports() -> Response:
    """Show form II.06a and the rates of a unit and a period."""
    with house().reading() as db:
        asked = _asked(db)
        form = figures.form06a(db, asked.unit, asked.period, by=asked.by)
        before = opening(db, asked.unit, asked.period)
        found = figures.rates(db, asked.unit, asked.period, (*RATES, *OTHER_READINGS))
        units = units_for(db, staff())
        moved_in, half_done = imported_history.received(db, asked.unit, asked.period), importing_runs.half_done(db)
    return desk_page(
        "desk/report_06a.html",
        status=UNPROCESSABLE if asked.errors else 200,
        asked=asked,
        units=units,
        period=shown.period_words(asked.period),
        lines=shown.lines_of(form, _opens(asked)),
        total=shown.total_of(form, _opens(asked)),
        checks=shown.checks_of(form, _opens(asked)),
        rates=shown.rates_of(found, _opens(asked)),
        choices=shown.choices_of(usual_periods(today()), asked.period, lambda period: _page_of(asked, period)),
        files={name: url_for("desk.report_file", dang=name, **asked.address()) for name in (PDF, *WRITERS)},
        counted_at=now(),
        moved_in=moved_in,
        half_done=half_done,
        still_runs=asked.period.end > now(),
        closed=form.closed,
        opening=before,
        may_close=staff().has(Role.LEADER, Role.PROVINCE) and form.closed is None and asked.period.end <= now(),
    )


def report_file(dang: str) -> Response:
    """Answer form II.06a as PDF, XLSX, CSV or DOCX."""
    if dang not in {PDF, *WRITERS}:
        abort(404)
    with house().reading() as db:
        asked = _asked(db).exact()
        form = figures.form06a_on_paper(db, asked.unit, asked.period, by=asked.by)
    name = f"06a-{asked.unit.code}-{asked.period.first_day:%Y%m%d}-{asked.period.last_day:%Y%m%d}.{dang}"
    if dang == PDF:
        page = outside(url_for("desk.reports", **asked.address()))
        opens = from_outside(_opens(asked))
        printed = form.printed(counted_at=now(), preparer=staff().name, page=page, opens=opens)
        return shown_pdf(Printed(house().pdf.render(printed), name))
    content = linked_06a(form, now(), from_outside(_opens(asked))) if dang == XLSX else WRITERS[dang](form, now())
    return download(content, name, media_type=MEDIA[dang])


def figure_list(figure: str) -> Response:
    """Show the dossiers behind one number, by the condition that counted them."""
    with house().reading() as db:
        asked, opened = _asked(db).exact(), _opened(figure)
        found = figure_lists.figure_list(db, asked.unit, asked.period, opened, page=_number())
    return desk_page(
        "desk/figure_list.html",
        asked=asked,
        found=found,
        title=list_title(opened),
        period=shown.period_words(asked.period),
        may_open=scope_of(staff()).reach is not Reach.NOTHING,
        back=url_for("desk.reports", **asked.address()),
        file=url_for("desk.figure_file", figure=figure, **_same(asked, opened)),
        make=url_for("desk.want_figure_list", figure=figure, **_same(asked, opened)),
        page_address=lambda page: url_for("desk.figure_list", figure=figure, trang=page, **_same(asked, opened)),
    )


def figure_file(figure: str) -> Response:
    """Send all the dossiers behind one number as CSV."""
    with house().reading() as db:
        asked, opened = _asked(db).exact(), _opened(figure)
        rows = list(figure_lists.every_dossier(db, asked.unit, asked.period, opened))
    sheet = list_sheet(rows, list_words())
    name = f"{figure}-{asked.unit.code}-{asked.period.first_day:%Y%m%d}-{asked.period.last_day:%Y%m%d}.csv"
    return download(csv_file(sheet), name, media_type=MEDIA["csv"])


def asked_number(figure: str) -> tuple[ReportAsked, Asked]:
    """Return the report and the number of it that the address asks for; 404 for what is not theirs or not there."""
    with house().reading() as db:
        return _asked(db).exact(), _opened(figure)


def _asked(db: Session) -> ReportAsked:
    try:
        return report_asked(db)
    except ReportUnitUnknown:
        abort(404)  # the same for a unit that does not exist and one that is not theirs


def _opened(figure: str) -> Asked:
    try:
        return asked_for(figure, by=rows_by(), key=request.args.get("dong"), is_now="nay" in request.args)
    except RuleBroken:
        abort(404)


def _opens(asked: ReportAsked) -> Opens:
    def opens(figure: str, key: str | None) -> str:
        row = {} if key is None else {"dong": key}
        return url_for("desk.figure_list", figure=figure, **asked.address(), **row)

    return opens


def _page_of(asked: ReportAsked, period: Period) -> str:
    return url_for("desk.reports", **ReportAsked(asked.unit, period, asked.by).address())


def _same(asked: ReportAsked, opened: Asked) -> dict[str, Any]:
    row = {} if opened.key is None else {"dong": opened.key}
    return {**asked.address(), **row, **({"nay": 1} if opened.is_now else {})}


def _number() -> int:
    typed = request.args.get("trang", "1")
    return int(typed) if typed.isdecimal() and len(typed) < 7 else 1
