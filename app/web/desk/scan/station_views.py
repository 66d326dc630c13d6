"""Doors of the scan station (trạm quét): drop files, look at the pages, lay them on papers, bind."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pikepdf
from flask import abort, flash, jsonify, request, url_for
from werkzeug.wrappers import Response

from app.adapters.page_images import THUMB_WIDTH, page_image
from app.i18n import gettext as _
from app.queries import batches as shown
from app.services import batches
from app.web.context import house, now, staff
from app.web.desk.document_views import Printed, shown_pdf
from app.web.desk.frame import desk_page
from app.web.desk.kept_uploads import kept_scan
from app.web.desk.refusals import status_of
from app.web.desk.scan.forms import choices_of, numbers_asked
from app.web.desk.scan.station import open_batch, station_page
from app.web.forms import sentence_of
from app.web.responses import found, inline, see_other
from app.web.uploads import all_uploaded
from workflows.calendar import VIETNAM
from workflows.errors import RuleBroken

Problems = tuple[tuple[str, str], ...]
MOST_SEPARATED = 30  # dossiers in one print


def station() -> Response:
    """Show where files are dropped, and the batches that wait."""
    return _station()


def drop_files() -> Response:
    """Take many files at once; a job cuts them into pages. A wrong file is named and nothing is kept."""
    number = request.form.get("ho_so", "").strip()[:40]
    try:
        files = [kept_scan(upload) for upload in all_uploaded("files")]
        with house().unit_of_work() as uow:
            batch_id = batches.drop(uow, staff(), files, now(), number=number)
    except RuleBroken as error:
        return _station(errors=(("files", sentence_of(error)),), status=status_of(error))
    return see_other("desk.batch", batch_id=batch_id)


def batch(batch_id: int) -> Response:
    """Show the pages of a batch."""
    return _batch(batch_id)


def bind_pages(batch_id: int) -> Response:
    """Bind the pages as they were laid out; each paper is one background job."""
    try:
        with house().unit_of_work() as uow:
            bound = batches.bind_batch(uow, staff(), batch_id, choices_of(request.form), now())
    except RuleBroken as error:
        return _batch(batch_id, errors=((error.where or "", sentence_of(error)),), status=status_of(error))
    if not bound:
        flash(_("Mọi trang đều đã bỏ, không có gì để ghép."), "success")
        return see_other("desk.station")
    flash(_("Đang ghép %(n)s giấy tờ thành PDF/A.", n=len(bound)), "success")
    return see_other("desk.digitize", ref=bound[0][0])


def batch_progress(batch_id: int) -> Response:
    """Answer how far the cutting is, for the page that waits."""
    with house().reading() as db:
        one = found(shown.batch_of(db, house().vault, staff(), batch_id))
    waiting = one.state in {"waiting", "running"}
    return jsonify(scans=[{"id": one.id, "state": one.state, "progress": one.progress}] if waiting else [])


def page_of_batch(batch_id: int, page_id: int) -> Response:
    """Answer the small picture of a page."""
    with house().reading() as db:
        kept = found(shown.page_picture(db, staff(), batch_id, page_id))
    picture = page_image(house().files.get(kept.storage_id, kept.key_sealed), kept.mime, 1, width=THUMB_WIDTH)
    return inline(found(picture), media_type="image/jpeg")


def separators() -> Response:
    """Answer separator sheets for the chosen dossiers, ready for the printer."""
    asked = numbers_asked(request.args, most=MOST_SEPARATED)
    with house().reading() as db:
        sheets = shown.separators_of(db, staff(), asked, _today())
    if not asked:
        flash(_("Đánh dấu hồ sơ trong danh sách rồi in tờ phân cách."), "success")
        return see_other("desk.worklist")
    if not sheets:
        abort(404)
    with pikepdf.new() as whole:
        for form in sheets:
            with pikepdf.open(BytesIO(house().pdf.render(form))) as part:
                whole.pages.extend(part.pages)
        out = BytesIO()
        whole.save(out)
    return shown_pdf(Printed(out.getvalue(), "to-phan-cach.pdf"))


def _station(*, errors: Problems = (), status: int = 200) -> Response:
    number = request.values.get("ho_so", "").strip()[:40]
    with house().reading() as db:
        waiting = tuple(open_batch(batch_id, at) for batch_id, at in shown.open_batches(db, staff()))
    return desk_page("desk/scan/station.html", number=number, waiting=waiting, errors=errors, status=status)


def _batch(batch_id: int, *, errors: Problems = (), status: int = 200) -> Response:
    asked = numbers_asked(request.values, most=MOST_SEPARATED)
    with house().reading() as db:
        one = found(shown.batch_of(db, house().vault, staff(), batch_id))
        numbers = {one.number, *asked, *(page.place.rpartition("/")[0] for page in one.pages)}
        places = shown.places_of(db, staff(), numbers, _today())
    if one.bound:
        flash(_("Lô quét này đã ghép xong."), "success")
        return see_other("desk.station")
    page = station_page(one, places, choices_of(request.form), errors=errors)
    return desk_page("desk/scan/batch.html", page=page, here=url_for("desk.batch", batch_id=batch_id), status=status)


def _today() -> date:
    return now().astimezone(VIETNAM).date()
