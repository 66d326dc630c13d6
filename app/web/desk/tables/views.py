"""Doors of the other forms (các biểu khác) and of the rates by unit, field, procedure, channel, month."""

from __future__ import annotations

from flask import Response, abort, request, url_for
from sqlalchemy.orm import Session

from app.adapters.table_files import TABLE_WRITERS, linked_table
from app.adapters.table_print import printed_table
from app.domain.figure_addresses import row_of
from app.domain.periods import Period
from app.domain.rate_formulas import RATES
from app.domain.reports import MONTH, Opens, RowsBy
from app.domain.table_reports import FORMS
from app.i18n import gettext as _
from app.queries.report_scope import ReportUnitUnknown, units_for
from app.queries.table_reports import CountedTable, rates_by, rates_by_month, table, table_by_month
from app.web.context import house, now, staff
from app.web.desk.document_views import Printed, shown_pdf
from app.web.desk.frame import desk_page
from app.web.desk.presenters.report import choices_of, period_words
from app.web.desk.report_asked import ReportAsked, from_outside, outside, report_asked, today, usual_periods
from app.web.desk.tables import presenters as shown
from app.web.responses import download

UNPROCESSABLE = 422
PDF = "pdf"
FILES = (PDF, *TABLE_WRITERS)
MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def rate_table() -> Response:
    """Show the rates of each row; every count opens its list."""
    with house().reading() as db:
        asked = _asked(db)
        units = units_for(db, staff())
        if _by() == MONTH:
            rows = shown.of_months(rates_by_month(db, asked.unit, asked.period, RATES), _opens_month(asked))
        else:
            rows = shown.of_rows(rates_by(db, asked.unit, asked.period, asked.by, RATES), asked.by, _opens(asked))
    return _page(
        "desk/tables/rates.html", asked, units, rows=rows, heads=tuple((_(one.title), _(one.reading)) for one in RATES)
    )


def table_report(form: str) -> Response:
    """Show one of the other forms; a form whose sums do not hold says so and is not printed."""
    with house().reading() as db:
        asked = _asked(db)
        units = units_for(db, staff())
        found = _table(db, form, asked)
    return _page(
        "desk/tables/table.html",
        asked,
        units,
        form=found.form,
        forms=tuple((one.id, _(one.title)) for one in FORMS.values()),
        heads=(
            *((0, _(column.title)) for column in found.form.told),
            *((column.column, _(column.title)) for column in found.form.columns),
        ),
        readings=tuple(_(one) for one in found.form.readings),
        lines=shown.lines_of(found, _opens(asked)),
        balances=found.balances,
        files={one: url_for("desk.table_file", form=form, dang=one, **_address(asked)) for one in FILES},
    )


def table_file(form: str, dang: str) -> Response:
    """Answer one of the other forms as PDF, XLSX or CSV. 409 where its sums do not hold."""
    if dang not in FILES:
        abort(404)
    with house().reading() as db:
        asked = _asked(db).exact()
        found = _table(db, form, asked)
    if not found.balances:
        abort(409)
    name = f"{form}-{asked.unit.code}-{asked.period.first_day:%Y%m%d}-{asked.period.last_day:%Y%m%d}.{dang}"
    if dang == PDF:
        return shown_pdf(Printed(_printed(found, asked), name))
    linked = dang == "xlsx"
    content = linked_table(found, now(), from_outside(_opens(asked))) if linked else TABLE_WRITERS[dang](found, now())
    return download(content, name, media_type=MEDIA[dang])


def _printed(found: CountedTable, asked: ReportAsked) -> bytes:
    page = outside(url_for("desk.table_report", form=found.form.id, **_address(asked)))
    opens = from_outside(_opens(asked))
    return house().pdf.render(printed_table(found, now(), preparer=staff().name, page=page, opens=opens))


def _page(template: str, asked: ReportAsked, units: object, **data: object) -> Response:
    return desk_page(
        template,
        status=UNPROCESSABLE if asked.errors else 200,
        asked=asked,
        by=_by(),
        address=_address(asked),
        units=units,
        period=period_words(asked.period),
        kinds=shown.kinds(),
        choices=choices_of(usual_periods(today()), asked.period, lambda period: _of_period(asked, period)),
        here=request.endpoint,
        form_id=request.view_args.get("form", "") if request.view_args else "",
        counted_at=now(),
        **data,
    )


def _table(db: Session, form: str, asked: ReportAsked) -> CountedTable:
    if form not in FORMS:
        abort(404)
    if _by() == MONTH:
        return table_by_month(db, FORMS[form], asked.unit, asked.period)
    return table(db, FORMS[form], asked.unit, asked.period, asked.by)


def _asked(db: Session) -> ReportAsked:
    try:
        return report_asked(db)
    except ReportUnitUnknown:
        abort(404)


def _by() -> str:
    asked = request.args.get("theo", "")
    return asked if asked in {*RowsBy, MONTH} else RowsBy.FIELD


def _address(asked: ReportAsked) -> dict[str, str]:
    return {**asked.address(), "theo": _by()}


def _of_period(asked: ReportAsked, period: Period) -> str:
    there = {**ReportAsked(asked.unit, period, asked.by).address(), "theo": _by()}
    return url_for(request.endpoint or "", **(request.view_args or {}), **there)


def _opens(asked: ReportAsked) -> Opens:
    def opens(figure: str, key: str | None) -> str:
        period, row = row_of(asked.period, _by(), key)
        dong = {} if row is None else {"dong": row}
        return url_for("desk.figure_list", figure=figure, **ReportAsked(asked.unit, period, asked.by).address(), **dong)

    return opens


def _opens_month(asked: ReportAsked) -> shown.OpensMonth:
    def opens(figure: str, period: Period) -> str:
        return url_for("desk.figure_list", figure=figure, **ReportAsked(asked.unit, period, asked.by).address())

    return opens
