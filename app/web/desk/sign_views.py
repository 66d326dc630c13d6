"""Doors of the signing page (trình ký): read, choose, one PIN; a paper result is noted as signed by hand."""

from __future__ import annotations

from collections.abc import Callable, Collection

from flask import flash, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.i18n import gettext as _
from app.queries import signing_blocks, signing_keys
from app.queries.dossier_files import file_in_place, links_read
from app.queries.printing_result import result_document
from app.queries.release_times import held
from app.queries.result_queue import WaitingResult, to_sign
from app.queries.signing_batches import BatchProgress, batch_of, unfinished
from app.services import processing, reading_events, reissuing, results, signers, signing_batches
from app.services.signatures import ToSign
from app.services.values import NewFile
from app.web.context import house, now, staff
from app.web.desk.file_views import pages_of
from app.web.desk.frame import desk_page
from app.web.desk.presenters.key_note import key_note
from app.web.desk.presenters.sign_queue import Choosing, SignPage, SignView, choice_of, sign_items, sign_view
from app.web.desk.presenters.worklist import Reader
from app.web.desk.refusals import status_of
from app.web.desk.sign_batch_views import in_background, stands_still
from app.web.desk.signing_words import said_of
from app.web.forms import sentence_of
from app.web.numbers import whole
from app.web.responses import found, see_other
from signing import Signer, SigningError
from workflows.errors import RuleBroken

UNPROCESSABLE = 422
AT_ONCE = 5
"""So many are signed while the browser waits; more go to the background."""


def sign_queue() -> Response:
    """Show the queue and the document asked for; showing its pages is reading it, and is written down."""
    ref = request.args.get("ho_so", "")
    with house().reading() as db:
        current = next((one for one in to_sign(db, staff()) if one.row.number == ref), None)
    if current is not None and current.link_id is not None:
        with house().unit_of_work() as uow:
            reading_events.file_opened(uow, staff(), ref, current.link_id, now())
    return _show(Choosing(), ref)


def sign() -> Response:
    """Sign the chosen documents. Without a PIN yet, ask for it; a wrong one signs nothing."""
    chosen = request.form.getlist("result")[: signing_batches.MOST]
    if not chosen:
        return _show(Choosing(errors=(("sign-all", _("Chưa chọn văn bản nào. Đọc rồi đánh dấu văn bản cần ký.")),)))
    pin = request.form.get("pin", "")
    if not pin:
        asked = _("Nhập mã PIN để ký.") if request.form.get("confirmed") else ""
        return _show(Choosing(chosen, asks_pin=True, pin_error=asked))
    with house().reading() as db:
        wanted = [_to_sign(one) for one in _read_ones(db) if choice_of(one) in chosen]
    if not wanted:
        return _told(None, len(chosen))
    try:
        signer = signers.personal_signer(house(), staff(), pin, signatures=len(wanted))
    except (RuleBroken, SigningError) as error:
        return _show(Choosing(chosen, asks_pin=True, pin_error=said_of(error)), status=UNPROCESSABLE)
    return _signed(wanted, len(chosen), signer)


def sign_back(ref: str) -> Response:
    """Return a document to who proposed it, with a reason."""
    return _act(ref, _("Đã trả lại người trình."), _send_back)


def approve_paper(ref: str) -> Response:
    """Note that a paper result was signed by hand."""
    return _act(ref, _("Đã ghi nhận ký tay. Văn thư vào số và phát hành."), _approve)


def redraw(ref: str) -> Response:
    """Draw the proposed page anew with the block of whoever is to sign it."""
    with house().reading() as db:
        one = found(next((one for one in to_sign(db, staff()) if one.row.number == ref and not one.is_reissue), None))
        draft = signing_blocks.draft_of(db, house().vault, one.result_id, one.note)
        signer = signing_blocks.block_now(db, staff(), now())
        base_url = house().settings.external_url
        document = found(
            result_document(db, house().vault, staff(), ref, draft, base_url=base_url, at=now(), signer=signer)
        )
    content = house().pdf.render(document)
    file = NewFile(house().files.put(content), "application/pdf", 1, f"{draft.title}.pdf", origin="generated")
    version = request.form.get("version", 0, type=whole)
    try:
        with house().unit_of_work() as uow:
            results.redraw(uow, staff(), ref, version, one.result_id, file, now())
    except RuleBroken as error:
        return _show(Choosing(errors=(("", sentence_of(error)),)), ref, status=status_of(error))
    flash(_("Đã vẽ lại khối ký theo bạn. Đọc lại rồi ký."), "success")
    return see_other("desk.sign_queue", ho_so=ref)


def _send_back(ref: str, version: int) -> None:
    with house().unit_of_work() as uow:
        reissue = reissuing.waits_for_leader(uow, staff(), ref)
        give_back = reissuing.decline_reissue if reissue else processing.send_back
        give_back(uow, staff(), ref, version, reason=request.form.get("reason", ""), at=now())


def _approve(ref: str, version: int) -> None:
    result_id = request.form.get("result_id", 0, type=whole)
    with house().unit_of_work() as uow:
        results.approve_paper(uow, staff(), ref, version, result_id, now())


def _act(ref: str, done: str, run: Callable[[str, int], None]) -> Response:
    version = request.form.get("version", 0, type=whole)
    try:
        run(ref, version)
    except RuleBroken as error:
        status = status_of(error)
        return _show(Choosing(errors=(("", sentence_of(error)),)), ref, status=status)
    flash(done, "success")
    return see_other("desk.sign_queue")


def _signed(wanted: list[ToSign], chosen: int, signer: Signer) -> Response:
    """Carry the batch out: a few at once, many in the background with a page of their progress."""
    with house().unit_of_work() as uow:
        batch_id = signing_batches.open_batch(uow, staff(), wanted, now())
    if len(wanted) > AT_ONCE:
        in_background(house(), staff(), batch_id, signer)
        return see_other("desk.sign_batch", batch_id=batch_id)
    signing_batches.carry_out(house(), staff(), batch_id, signer, now=house().clock.now)
    with house().reading() as db:
        batch = batch_of(db, staff(), batch_id)
    if batch is not None and batch.halted:
        return see_other("desk.sign_batch", batch_id=batch_id)
    return _told(batch, chosen)


def _told(batch: BatchProgress | None, wanted: int) -> Response:
    signed = batch.signed if batch else 0
    failed = tuple(("", f"{one.number}: {one.reason}") for one in (batch.failures if batch else ()))
    missing = wanted - (batch.total if batch else 0)
    if missing > 0:
        failed += (("", _("%(n)s văn bản chưa đọc hoặc đã đổi nên chưa ký. Đọc lại rồi ký.", n=missing)),)
    if signed:
        flash(_("Đã ký %(n)s văn bản.", n=signed), "success")
    if failed:
        return _show(Choosing(errors=failed), status=UNPROCESSABLE if not signed else 200)
    return see_other("desk.sign_queue")


def _read_ones(db: Session) -> list[WaitingResult]:
    waiting = to_sign(db, staff())
    read = links_read(db, staff(), [one.row.id for one in waiting])
    return [one for one in waiting if one.link_id in read]


def _to_sign(one: WaitingResult) -> ToSign:
    return ToSign(one.row.number, one.version, one.result_id, one.digest_mac)


def _show(choosing: Choosing, ref: str = "", *, status: int = 200) -> Response:
    with house().reading() as db:
        waiting = to_sign(db, staff())
        read = links_read(db, staff(), [one.row.id for one in waiting])
        calendar, _version = house().calendars.of_unit(db, staff().root_unit_id)
        reader = Reader(staff(), calendar, now())
        view = _view(db, waiting, read, reader, ref)
        batch, waiting_for_time = unfinished(db, staff()), len(held(db, staff()))
        place = signing_keys.of_person(db, staff())
    items = sign_items(waiting, read, reader, choosing, current=ref, digest=_digest)
    page = SignPage(
        items=items,
        read_count=sum(item.read for item in items),
        chosen_count=sum(item.chosen for item in items),
        view=view,
        signer=staff().name,
        signer_words=", ".join(filter(None, [staff().title, staff().root_unit_name])),
        ask_pin=choosing.asks_pin,
        pin_error=choosing.pin_error,
        errors=choosing.errors,
        key=key_note(place),
    )
    more = {"batch": batch, "stopped": stands_still(batch, now()), "held": waiting_for_time}
    return desk_page("desk/sign.html", queue=page, status=status, **more)


def _view(
    db: Session, waiting: tuple[WaitingResult, ...], read: Collection[int], reader: Reader, ref: str
) -> SignView | None:
    one = next((one for one in waiting if one.row.number == ref), None)
    if one is None:
        return None
    file = file_in_place(db, house().vault, staff(), ref, one.link_id) if one.link_id else None
    pages = pages_of(ref, file) if file else ()
    drawn = signing_blocks.drawn_for(db, one.result_id) if one.form == "electronic" and not one.is_reissue else ""
    other = drawn if drawn != signing_blocks.block_now(db, staff(), now()).name else ""
    return sign_view(one, reader, pages=pages, is_read=one.link_id in read, digest=_digest(one), drawn_for=other)


def _digest(one: WaitingResult) -> str:
    return house().files.digest(one.storage_id, one.digest_sealed) if one.storage_id else ""
