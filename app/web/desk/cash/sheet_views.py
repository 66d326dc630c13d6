"""Doors of the sheets (bảng kê cuối ngày): close, read again, print."""

from __future__ import annotations

from flask import flash, request
from werkzeug.wrappers import Response

from app.i18n import gettext as _
from app.queries import cash_desk as drawer
from app.queries.printing_cash import cash_sheet_form
from app.services import cash_sheets
from app.web.context import house, now, staff
from app.web.desk.cash.forms import CloseForm
from app.web.desk.cash.presenters import sheet_page, sheet_rows
from app.web.desk.cash.views import show
from app.web.desk.document_views import Printed, shown_pdf
from app.web.desk.frame import desk_page
from app.web.desk.refusals import status_of
from app.web.forms import blame
from app.web.responses import found, see_other
from workflows.errors import RuleBroken

UNPROCESSABLE = 422


def close_sheet() -> Response:
    """Close the person's sheet with what they counted. A second press finds nothing left to close."""
    form = CloseForm(request.form)
    if not form.validate():
        return show(closing=form, status=UNPROCESSABLE)
    try:
        with house().unit_of_work() as uow:
            sheet_id = cash_sheets.close(
                uow,
                staff(),
                counted_vnd=form.counted_vnd.data,
                shown_movements=form.shown.data or 0,
                reason=form.difference_reason.data or "",
                at=now(),
            )
    except RuleBroken as error:
        blame(form, error, otherwise="counted_vnd")
        return show(closing=form, status=status_of(error))
    flash(_("Đã chốt bảng kê. In và ký để nộp kèm tiền."), "success")
    return see_other("desk.sheet", sheet_id=sheet_id)


def sheets() -> Response:
    """Show the closed sheets: one's own, or the authority's for leader and cashier."""
    with house().reading() as db:
        lines = drawer.closed_sheets(db, staff())
    return desk_page("desk/cash/sheets.html", rows=sheet_rows(lines))


def sheet(sheet_id: int) -> Response:
    """Show one closed sheet."""
    with house().reading() as db:
        row = found(drawer.closed_sheet(db, staff(), sheet_id))
    return desk_page("desk/cash/sheet.html", sheet=sheet_page(row, now()))


def sheet_pdf(sheet_id: int) -> Response:
    """Answer a closed sheet as PDF, to be signed and handed in with the money."""
    with house().reading() as db:
        form = found(cash_sheet_form(db, staff(), sheet_id))
    return shown_pdf(Printed(house().pdf.render(form), f"bang-ke-{form.ordinal}.pdf"))
