"""Doors of electronic copies (bản sao điện tử): upload the scan, compare it with the original, sign, hand out."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from flask import flash, request
from werkzeug.wrappers import Response

from app.i18n import gettext as _
from app.queries import certification as queries
from app.services import certified_copies
from app.services.certified_copies import Chosen
from app.services.values import NewFile
from app.web.context import house, now, staff
from app.web.desk.certify.paper_views import show
from app.web.desk.document_views import Printed, shown_pdf
from app.web.desk.refusals import status_of
from app.web.desk.signing_words import said_of
from app.web.forms import sentence_of
from app.web.numbers import whole
from app.web.responses import found, see_other
from app.web.signed_uploads import refuse_bad_signature
from app.web.uploads import uploaded
from signing import SigningError
from workflows.errors import RuleBroken

UNPROCESSABLE = 422


def upload_copy(ref: str, ordinal: int) -> Response:
    """Take the scan of the original, a PDF or a picture."""
    place = f"file-{ordinal}"

    def take() -> None:
        upload = uploaded("file")
        if upload is None:
            raise FileNotFoundError
        refuse_bad_signature(upload, where=place)
        pdf, pages = import_module("app.adapters.copies").as_pdf(upload.content, upload.name, where=place)
        file = NewFile(house().files.put(pdf), "application/pdf", pages, upload.name, origin="scanned")
        with house().unit_of_work() as uow:
            certified_copies.attach_scan(uow, staff(), _chosen(ref, ordinal), file, now())

    try:
        return _do(ref, take, said=_("Đã nhận bản quét. Mở xem, đối chiếu với bản chính rồi ghi."), place=place)
    except FileNotFoundError:
        return show(ref, ((place, _("Chưa chọn tệp nào. Chọn tệp quét PDF hoặc JPG.")),), status=UNPROCESSABLE)


def compare_copy(ref: str, ordinal: int) -> Response:
    """Write down that the scan was compared with the original."""

    def compared() -> None:
        with house().unit_of_work() as uow:
            certified_copies.compare(uow, staff(), _chosen(ref, ordinal), now())

    return _do(ref, compared, said=_("Đã ghi đối chiếu với bản chính."), place=f"file-{ordinal}")


def certify_copy(ref: str, ordinal: int) -> Response:
    """Sign the copy with the agency's key."""

    def signed() -> None:
        pin = request.form.get("pin", "")
        certified_copies.certify_copy(house(), staff(), _chosen(ref, ordinal), pin, now())

    return _do(ref, signed, said=_("Đã ký bản sao điện tử."), place=f"pin-{ordinal}")


def copy_pdf(ref: str, ordinal: int) -> Response:
    """Answer the scan, or the certified copy once it is signed."""
    with house().reading() as db:
        entry = found(queries.entry(db, staff(), ref))
        paper = found(next((one for one in entry.papers if one.ordinal == ordinal and one.file_id), None))
        stored = found(queries.copy_file(db, paper.file_id or 0))
    content = house().files.get(stored.storage_id, stored.key_sealed)
    return shown_pdf(Printed(content, f"ban-sao-{paper.number}-{paper.year}.pdf"))


def _chosen(ref: str, ordinal: int) -> Chosen:
    return Chosen(ref, request.form.get("version", 0, type=whole), ordinal)


def _do(ref: str, act: Callable[[], None], *, said: str, place: str) -> Response:
    with house().reading() as db:
        found(queries.entry(db, staff(), ref))
    try:
        act()
    except SigningError as error:
        return show(ref, ((place, said_of(error)),), status=UNPROCESSABLE)
    except RuleBroken as error:
        return show(ref, ((place, sentence_of(error)),), status=status_of(error))
    flash(said, "success")
    return see_other("desk.certified_papers", ref=ref)
