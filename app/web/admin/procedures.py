"""Doors of the catalogue (thủ tục): search, open and close in bulk, look at one."""

from __future__ import annotations

from flask import Response, flash, redirect, request, url_for

from app.i18n import gettext as _
from app.i18n import ngettext
from app.queries import catalogue_admin as rows
from app.queries import procedure_parts
from app.queries.catalogue_admin import Shown, Wanted
from app.services import opening as service
from app.web.context import house, now, staff
from app.web.forms import sentence_of
from app.web.next_page import local_path
from app.web.responses import found, page


def procedures() -> Response:
    """Show a page of the catalogue as asked for in the address."""
    wanted = _wanted()
    with house().reading() as db:
        listed, fields = rows.procedures(db, staff(), wanted), rows.fields(db)
    return page(
        "admin/procedures.html",
        listed=listed,
        fields=fields,
        wanted=wanted,
        address=lambda number: url_for("admin.procedures", **_query(wanted), trang=number),
    )


def open_or_close() -> Response:
    """Open or close the ticked procedures, all or none."""
    codes, back = request.form.getlist("code"), local_path(request.form.get("back"))
    closing = request.form.get("act") == "close"
    try:
        with house().unit_of_work() as uow:
            act = service.close_procedures if closing else service.open_procedures
            changed = act(uow, staff(), codes, now())
    except service.ProcedureIncomplete as error:
        flash(sentence_of(error), "error")
        return redirect(back or url_for("admin.procedures"), code=303)
    flash(_outcome(len(codes), changed, closing=closing), "success" if changed else "warning")
    return redirect(back or url_for("admin.procedures"), code=303)


def procedure(code: str) -> Response:
    """Show one procedure with its limits and parts."""
    with house().reading() as db:
        detail = found(rows.procedure(db, staff(), code))
        parts = procedure_parts.parts(db, staff(), code)
    return page("admin/procedure.html", detail=detail, parts=parts)


def _wanted() -> Wanted:
    asked, number = request.args.get("hien", Shown.ALL), request.args.get("trang", "1")
    return Wanted(
        text=request.args.get("q", "")[:200],
        shown=Shown(asked) if asked in set(Shown) else Shown.ALL,
        field=request.args.get("linh_vuc", "")[:200],
        page=int(number) if number.isdecimal() and len(number) < 6 else 1,
    )


def _query(wanted: Wanted) -> dict[str, str]:
    return {"q": wanted.text, "hien": wanted.shown.value, "linh_vuc": wanted.field}


def _outcome(ticked: int, changed: int, *, closing: bool) -> str:
    if not ticked:
        return _("Chưa chọn thủ tục nào.")
    if closing:
        return ngettext("Đã đóng %(n)s thủ tục.", "Đã đóng %(n)s thủ tục.", changed)
    return ngettext("Đã mở %(n)s thủ tục.", "Đã mở %(n)s thủ tục.", changed)
