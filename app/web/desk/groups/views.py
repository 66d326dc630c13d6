"""Doors of reception by list: an empty sheet, the list in, the codes and the slip out."""

from __future__ import annotations

import secrets
from datetime import date

from flask import flash, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.adapters.spreadsheet import Column, Sheet, xlsx
from app.adapters.tables import table_of
from app.domain.catalogue_rows import ImportRefused
from app.domain.group_list import GroupLine, heads, read_group
from app.i18n import gettext as _
from app.queries import groups
from app.queries.desk_catalogue import OfferedProcedure, offered_procedure, procedure_options
from app.services import group_intake as service
from app.services.group_intake import GroupFiling
from app.services.values import ComponentData
from app.web.context import house, now, staff
from app.web.desk.document_views import Printed, shown_pdf
from app.web.desk.forms.checking import problems
from app.web.desk.frame import desk_page
from app.web.desk.groups.forms import GroupForm
from app.web.desk.presenters.marks import code_text
from app.web.desk.procedure_choice import match
from app.web.desk.refusals import status_of
from app.web.filters import vn_datetime
from app.web.forms import blame
from app.web.responses import download, found, see_other
from app.web.uploads import uploaded
from workflows.calendar import VIETNAM
from workflows.errors import RuleBroken

UNPROCESSABLE = 422
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_FAULTS = 30  # shown at once


def _token() -> str:
    """Return a new token: the same list sent twice is received once."""
    return secrets.token_urlsafe(18)


def _page(
    form: GroupForm, *, token: str = "", faults: ImportRefused | None = None, status: int = 200
) -> Response:
    """Return the page of the form with what is wrong in it."""
    with house().reading() as db:
        options = procedure_options(db, staff(), _today())
    rows = faults.faults if faults else ()
    return desk_page(
        "desk/groups/intake.html",
        status=status,
        form=form,
        token=token or _token(),
        options=[(option.short_name or option.name, ", ".join(option.aliases)) for option in options],
        errors=problems(form),
        faults=rows[:MOST_FAULTS],
        faults_left=max(0, len(rows) - MOST_FAULTS),
        sheet_address=url_for("desk.group_sheet", thu_tuc=form.procedure.data or ""),
    )


def group_intake() -> Response:
    """Show the empty form."""
    return _page(GroupForm())


def receive_group() -> Response:
    """Receive the whole list, or nothing of it with every wrong line named."""
    form, token = GroupForm(request.form), request.form.get("token", "")
    with house().reading() as db:
        procedure = _procedure(db, form.procedure.data or "")
    valid = form.validate()
    if procedure is None:
        form.procedure.errors = [_("Chọn một thủ tục đang mở: gõ tắt, mã hoặc tên.")]
    if not valid or procedure is None:
        return _page(form, token=token, status=UNPROCESSABLE)
    try:
        lines = _lines(procedure)
        filing = GroupFiling(
            procedure_code=procedure.code,
            lines=lines,
            components=_papers(procedure),
            request_id=token or _token(),
            representative=form.representing(),
            paid_by=form.paid_by.data or service.LATER,
        )
        with house().unit_of_work() as uow:
            group_id = service.receive_group(uow, staff(), filing, now())
    except ImportRefused as error:
        return _page(form, token=token, faults=error, status=UNPROCESSABLE)
    except RuleBroken as error:
        blame(form, error, otherwise="file")
        return _page(form, token=token, status=status_of(error))
    flash(_("Đã tiếp nhận %(n)s hồ sơ, mỗi người một mã.", n=len(lines)), "success")
    return see_other("desk.group", group_id=group_id)


def group_sheet() -> Response:
    """Answer an empty sheet with the right heads for the procedure named."""
    with house().reading() as db:
        procedure = _procedure(db, request.args.get("thu_tuc", ""))
    columns = tuple(Column(head, 24) for head in heads(procedure.own_fields if procedure else ()))
    return download(xlsx(Sheet("Danh sách", (), columns, ())), "danh-sach-mau.xlsx", media_type=XLSX)


def group(group_id: int) -> Response:
    """Show the codes of a list, with its slip to print."""
    with house().reading() as db:
        shown = found(groups.group_shown(db, house().vault, staff(), group_id))
    rows = [
        (code_text(entry.code), url_for("desk.dossier", ref=entry.code), entry, vn_datetime(entry.promised_at))
        for entry in shown.entries
    ]
    pdf = url_for("desk.group_pdf", group_id=group_id)
    return desk_page("desk/groups/group.html", group=shown, rows=rows, pdf=pdf)


def group_pdf(group_id: int) -> Response:
    """Answer the slip of a list."""
    base_url = house().settings.external_url
    with house().reading() as db:
        slip = found(groups.group_slip(db, house().vault, staff(), group_id, base_url=base_url))
    return shown_pdf(Printed(house().pdf.render(slip), f"danh-sach-{group_id}.pdf"))


def _lines(procedure: OfferedProcedure) -> tuple[GroupLine, ...]:
    upload = uploaded("file")
    if upload is None:
        raise service.GroupFileNeeded(where="file")
    return read_group(table_of(upload.content), procedure.own_fields, today=_today())


def _procedure(db: Session, text: str) -> OfferedProcedure | None:
    chosen = match(procedure_options(db, staff(), _today()), text).chosen
    return offered_procedure(db, staff().root_unit_id, chosen.code, _today()) if chosen else None


def _papers(procedure: OfferedProcedure) -> tuple[ComponentData, ...]:
    return tuple(
        ComponentData(paper.ordinal, "exempt", paper.exemption)
        if paper.exemption
        else ComponentData(paper.ordinal, "paper", originals=paper.originals, copies=paper.copies)
        for paper in procedure.papers_of("")
        if paper.required or paper.exemption
    )


def _today() -> date:
    return now().astimezone(VIETNAM).date()
