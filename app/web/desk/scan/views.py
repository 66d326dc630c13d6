"""Doors of scanning: hand in scans for a paper, watch them, compare a copy, find papers by their words."""

from __future__ import annotations

from datetime import date

from flask import flash, jsonify, request
from werkzeug.wrappers import Response

from app.domain import checks
from app.domain.people import Role
from app.i18n import gettext as _
from app.queries.dossier_file import dossier_file
from app.queries.scans import papers_with, scans_under_way
from app.services import scanning
from app.services.copy_signing import certify_copy
from app.services.scanning import PageToBind
from app.web.context import house, now, staff
from app.web.desk import digitize_views
from app.web.desk.frame import desk_page
from app.web.desk.kept_uploads import kept_scan
from app.web.desk.refusals import status_of
from app.web.desk.scan.presenters import Hit, hit
from app.web.desk.signing_words import said_of
from app.web.forms import sentence_of
from app.web.responses import found, see_other
from app.web.uploads import all_uploaded
from signing import SigningError
from workflows.errors import RuleBroken

LONGEST_ASKED = 200
UNPROCESSABLE = 422


def scan_paper(ref: str, ordinal: int) -> Response:
    """Take scans of one paper; a job turns, straightens, reads and binds them. A wrong file changes nothing."""
    place = f"file-{ordinal}"
    try:
        pages = [PageToBind(kept_scan(upload, where=place)) for upload in all_uploaded("files")]
        with house().unit_of_work() as uow:
            scanning.want_scan(uow, staff(), ref, ordinal, pages, now())
    except RuleBroken as error:
        return digitize_views.show(ref, errors=((place, sentence_of(error)),), status=status_of(error))
    flash(_("Đã nhận %(n)s tệp. Đang xoay thẳng, đọc chữ và ghép thành PDF/A.", n=len(pages)), "success")
    return see_other("desk.digitize", ref=ref, _anchor=f"component-{ordinal}")


def scan_progress(ref: str) -> Response:
    """Answer how far the scans of a dossier are, for the page that waits."""
    with house().reading() as db:
        file = found(dossier_file(db, house().vault, house().calendars, staff(), ref, at=now()))
        scans = scans_under_way(db, file.id)
    return jsonify(scans=[{"id": one.scan_id, "state": one.state, "progress": one.progress} for one in scans])


def dismiss_scan(ref: str, scan_id: int) -> Response:
    """Take a failed scan off the page."""
    try:
        with house().unit_of_work() as uow:
            scanning.dismiss(uow, staff(), ref, scan_id, now())
    except RuleBroken as error:
        return digitize_views.show(ref, errors=(("", sentence_of(error)),), status=status_of(error))
    return see_other("desk.digitize", ref=ref)


def compare_scan(ref: str, link_id: int) -> Response:
    """Note that a copy was compared with the original, with what the person says of it."""
    try:
        said = {
            "number": request.form.get("number", ""),
            "issued_on": _day("issued_on", where=f"issued-{link_id}"),
            "valid_until": _day("valid_until", where=f"until-{link_id}"),
        }
        with house().unit_of_work() as uow:
            scanning.compare(uow, staff(), ref, link_id, said, now())
    except RuleBroken as error:
        place = error.where or ""
        return digitize_views.show(ref, errors=((place, sentence_of(error)),), status=status_of(error))
    flash(_("Đã ghi nhận đối chiếu với bản chính."), "success")
    return see_other("desk.digitize", ref=ref)


def sign_copy(ref: str, link_id: int) -> Response:
    """Sign a compared copy with one PIN; a wrong one changes nothing."""
    pin = request.form.get("pin", "")
    try:
        certify_copy(house(), staff(), ref, link_id, pin, now())
    except (RuleBroken, SigningError) as error:
        status = status_of(error) if isinstance(error, RuleBroken) else UNPROCESSABLE
        return digitize_views.show(ref, errors=((f"pin-{link_id}", said_of(error)),), status=status)
    flash(_("Đã ký bản sao điện tử."), "success")
    return see_other("desk.digitize", ref=ref)


def find_papers() -> Response:
    """Show the search in the text of digitized papers."""
    return _find("", None)


def found_papers() -> Response:
    """Answer the papers in the person's part that hold all the words."""
    asked = request.form.get("q", "")[:LONGEST_ASKED].strip()
    with house().reading() as db:
        hits = tuple(hit(one) for one in papers_with(db, house().vault, staff(), asked))
    return _find(asked, hits)


def _find(asked: str, hits: tuple[Hit, ...] | None) -> Response:
    may_see_store = staff().has(Role.CLERK, Role.OFFICER, Role.LEADER, Role.RECORDS)
    return desk_page("desk/scan/find.html", asked=asked, hits=hits, may_see_store=may_see_store)


def _day(name: str, *, where: str) -> date | None:
    typed = request.form.get(name, "").strip()
    return checks.day(typed, where=where) if typed else None
