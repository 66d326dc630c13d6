"""Doors of results that wait (chỗ để kết quả, quét kết quả giấy sau khi phát hành)."""

from __future__ import annotations

from flask import flash, request, url_for
from werkzeug.wrappers import Response
from wtforms import FileField, StringField

from app.domain import checks
from app.i18n import gettext as _
from app.i18n import lazy_gettext as _l
from app.queries import shelves
from app.queries.dossier_file import dossier_file
from app.queries.dossier_values import DossierFile
from app.services import shelving
from app.web.context import house, now, staff
from app.web.desk.forms.checking import problems
from app.web.desk.frame import desk_page
from app.web.desk.kept_uploads import kept_paper
from app.web.desk.presenters.dossier_people import Fact
from app.web.desk.presenters.marks import code_text
from app.web.desk.presenters.queues import TaskPage
from app.web.desk.refusals import status_of
from app.web.forms import Form, blame, checked
from app.web.numbers import whole
from app.web.responses import found, see_other
from app.web.uploads import uploaded
from workflows.errors import RuleBroken

UNPROCESSABLE = 422


class ShelfForm(Form):
    """Where the result lies, as the desk's labels say it."""

    place = StringField(
        _l("Chỗ để (tủ, ngăn, cặp)"),
        [checked(lambda typed: checks.text(typed, what=_("chỗ để kết quả"), where="place", longest=60))],
        render_kw={"autofocus": True, "autocomplete": "off"},
    )


class ScanForm(Form):
    """The scan of a paper result."""

    scan = FileField(_l("Bản quét kết quả (PDF, JPG, PNG)"))


def shelf(ref: str) -> Response:
    """Show where a result lies, to be changed."""
    file = _known(ref)
    with house().reading() as db:
        place = shelves.places(db, [file.id]).get(file.id, "")
    return _shelf_page(file, ShelfForm(data={"place": place}))


def put_on_shelf(ref: str) -> Response:
    """Write down where a result lies."""
    file, form = _known(ref), ShelfForm(request.form)
    if not form.validate():
        return _shelf_page(file, form, UNPROCESSABLE)
    try:
        with house().unit_of_work() as uow:
            shelving.shelve(uow, staff(), ref, _version(), form.place.data or "", now())
    except RuleBroken as error:
        blame(form, error, otherwise="place")
        return _shelf_page(file, form, status_of(error))
    flash(_("Kết quả %(code)s để ở %(place)s.", code=ref, place=form.place.data), "success")
    return see_other("desk.return_queue")


def result_scan(ref: str) -> Response:
    """Show the form for the scan of a paper result."""
    return _scan_page(_known(ref), ScanForm())


def add_result_scan(ref: str) -> Response:
    """Attach the scan; it is read before it is kept."""
    file, form = _known(ref), ScanForm(request.form)
    try:
        upload = uploaded("scan")
        if upload is None:
            raise checks.Missing(where="scan", what=_("tệp quét kết quả"))
        kept = kept_paper(upload, where="scan")
        with house().unit_of_work() as uow:
            shelving.add_scan(uow, staff(), ref, _version(), kept, now())
    except RuleBroken as error:
        blame(form, error, otherwise="scan")
        return _scan_page(file, form, status_of(error))
    flash(_("Đã thêm bản quét kết quả của %(code)s.", code=ref), "success")
    return see_other("desk.dossier", ref=ref)


def _known(ref: str) -> DossierFile:
    with house().reading() as db:
        return found(dossier_file(db, house().vault, house().calendars, staff(), ref, at=now()))


def _version() -> int:
    return request.form.get("version", 0, type=whole) or 0


def _shelf_page(file: DossierFile, form: Form, status: int = 200) -> Response:
    address = url_for("desk.put_on_shelf", ref=file.number)
    return _task(file, form, "shelf", (_("Chỗ để kết quả"), _("Ghi chỗ để")), address=address, status=status)


def _scan_page(file: DossierFile, form: Form, status: int = 200) -> Response:
    address = url_for("desk.add_result_scan", ref=file.number)
    return _task(file, form, "scan", (_("Quét kết quả giấy"), _("Thêm bản quét")), address=address, status=status)


def _task(
    file: DossierFile, form: Form, key: str, words: tuple[str, str], *, address: str, status: int
) -> Response:
    result = file.results[0] if file.results else None
    facts = [Fact(_("Thủ tục"), file.procedure)]
    facts += [Fact(_("Kết quả"), f"{result.title} {result.symbol}".strip())] if result else []
    page = TaskPage(
        key=key,
        ref=file.number,
        code=code_text(file.number),
        title=words[0],
        submit=words[1],
        address=address,
        dossier_address=url_for("desk.dossier", ref=file.number),
        version=file.version,
        form=form,
        facts=tuple(facts),
        notes=(),
        errors=problems(form),
    )
    return desk_page("desk/act.html", task=page, status=status)
