"""Doors of printed forms (in phiếu): Mẫu 01–05 as issued, the control slip."""

from __future__ import annotations

from dataclasses import dataclass

from flask import make_response, request
from werkzeug.wrappers import Response

from app.domain.documents import Copy, ReceiptPair, ReceiptSheets
from app.queries.printing import issued_form
from app.queries.printing_tables import control_slip as slip_of
from app.web.context import house, now, staff
from app.web.desk import paper_choice
from app.web.responses import found, safe_name

PDF = "application/pdf"
COPIES = {"1": Copy.KEPT, "2": Copy.APPLICANT}


@dataclass(frozen=True, slots=True)
class Printed:
    """A form as PDF with its file name."""

    content: bytes
    name: str


def form_pdf(ref: str, form_id: int) -> Response:
    """Answer an issued form as PDF; `lien` asks for one copy of Mẫu 01 instead of both on one sheet."""
    base_url = house().settings.external_url
    with house().reading() as db:
        form = found(issued_form(db, house().vault, house().calendars, staff(), form_id, base_url=base_url))
    copy = COPIES.get(request.args.get("lien", ""))
    if isinstance(form, ReceiptPair) and copy is not None:
        return shown_pdf(Printed(house().pdf.render(form.receipt.as_copy(copy)), f"{ref}-mau-01.pdf"))
    if isinstance(form, ReceiptPair) and request.args.get("giay") == paper_choice.A5:
        form = ReceiptSheets(form.receipt)
    return shown_pdf(Printed(house().pdf.render(form), f"{ref}-phieu-{form_id}.pdf"))


def control_slip(ref: str) -> Response:
    """Answer the control slip (Phiếu kiểm soát, Mẫu 06) with every hop so far."""
    base_url = house().settings.external_url
    with house().reading() as db:
        slip = found(slip_of(db, house().vault, staff(), ref, base_url=base_url))
    return shown_pdf(Printed(house().pdf.render(slip), f"{ref}-phieu-kiem-soat.pdf"))


def shown_pdf(printed: Printed) -> Response:
    """Return a PDF that we made ourselves, to be shown and printed by the browser."""
    response = make_response(printed.content)
    response.mimetype = PDF
    response.headers["Content-Disposition"] = f'inline; filename="{safe_name(printed.name)}"'
    response.last_modified = now()
    return response
