"""Doors of the catalogue (thủ tục): search, open and close in bulk, complete what is undetermined."""

from __future__ import annotations

from flask import Response, flash, redirect, request, url_for

from app.domain import checks
from app.domain.channels import Channel
from app.i18n import gettext as _
from app.i18n import ngettext
from app.queries import catalogue_admin as rows
from app.queries import procedure_parts
from app.queries.catalogue_admin import ProcedureDetail, Shown, Wanted
from app.services import opening as service
from app.services.opening import ChannelLimit, Decision
from app.web.admin.forms import LimitsForm
from app.web.context import house, now, staff
from app.web.forms import blame, sentence_of
from app.web.next_page import local_path
from app.web.responses import found, page, see_other
from workflows.errors import RuleBroken

UNPROCESSABLE = 422


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
    """Show one procedure with its limits."""
    detail = _detail(code)
    typed: dict[str, object] = {}
    for limit in detail.limits:
        typed[f"statutory_{int(limit.channel)}"] = limit.statutory
        typed[f"committed_{int(limit.channel)}"] = limit.committed
        if limit.decision_date:
            typed["decision_number"] = limit.decision_number
            typed["decision_date"] = f"{limit.decision_date:%d/%m/%Y}"
    return _page(detail, LimitsForm(data=typed))


def save_limits(code: str) -> Response:
    """Complete the limits of a procedure that the catalogue left undetermined."""
    detail, form = _detail(code), LimitsForm()
    try:
        limits = {
            channel: ChannelLimit(
                form[f"statutory_{int(channel)}"].data or "", form[f"committed_{int(channel)}"].data or ""
            )
            for channel in Channel
        }
        day = checks.day(form.decision_date.data, where="decision_date") if form.decision_date.data else None
        with house().unit_of_work() as uow:
            service.complete_limits(
                uow, staff(), code, limits=limits, decision=Decision(form.decision_number.data or "", day), at=now()
            )
    except RuleBroken as error:
        blame(form, error, otherwise="statutory_1")
        return _page(detail, form, UNPROCESSABLE)
    flash(_("Đã ghi thời hạn. Thủ tục có thể mở tiếp nhận."), "success")
    return see_other("admin.procedure", code=code)


def _page(detail: ProcedureDetail, form: LimitsForm, status: int = 200) -> Response:
    with house().reading() as db:
        parts = procedure_parts.parts(db, staff(), detail.row.code)
    return page("admin/procedure.html", status=status, detail=detail, form=form, parts=parts)


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


def _detail(code: str) -> ProcedureDetail:
    with house().reading() as db:
        return found(rows.procedure(db, staff(), code))


def _outcome(ticked: int, changed: int, *, closing: bool) -> str:
    if not ticked:
        return _("Chưa chọn thủ tục nào.")
    if closing:
        return ngettext("Đã đóng %(n)s thủ tục.", "Đã đóng %(n)s thủ tục.", changed)
    return ngettext("Đã mở %(n)s thủ tục.", "Đã mở %(n)s thủ tục.", changed)
