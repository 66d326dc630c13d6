"""Doors of the records office (phát hành): number and seal an electronic result, release a paper one."""

from __future__ import annotations

from flask import flash, request, url_for
from werkzeug.wrappers import Response

from app.domain import checks
from app.i18n import gettext as _
from app.queries import signing_keys
from app.queries.release_times import held
from app.queries.result_queue import WaitingResult, to_issue
from app.services import results, signatures
from app.services.signatures import ToSign
from app.services.values import NewFile
from app.web.context import house, now, staff
from app.web.desk.forms.act_forms import ReleaseForm, SealForm
from app.web.desk.forms.checking import problems
from app.web.desk.frame import desk_page
from app.web.desk.kept_uploads import kept_paper
from app.web.desk.presenters.dossier_people import Fact
from app.web.desk.presenters.key_note import KeyNote, key_note
from app.web.desk.presenters.marks import code_text
from app.web.desk.presenters.queues import QueuePage, TaskPage, issue_rows
from app.web.desk.presenters.worklist import Reader
from app.web.desk.refusals import status_of
from app.web.desk.signing_words import said_of
from app.web.filters import vn_date, vn_datetime
from app.web.forms import blame
from app.web.numbers import whole
from app.web.responses import see_other
from app.web.uploads import uploaded
from signing import SigningError
from workflows.errors import RuleBroken

UNPROCESSABLE = 422


def issue_queue() -> Response:
    """Show what is signed and waits for its number."""
    with house().reading() as db:
        waiting = to_issue(db, staff())
        calendar, _version = house().calendars.of_unit(db, staff().root_unit_id)
        rows = issue_rows(waiting, Reader(staff(), calendar, now()))
    page = QueuePage(
        title=_("Chờ phát hành"),
        testid="issue-queue",
        state_head=_("Đã ký"),
        count_words=_("%(n)s kết quả chờ cấp số", n=len(rows)),
        rows=rows,
        errors=(),
        empty_title=_("Không còn kết quả nào chờ phát hành"),
        empty_sentence=_("Kết quả lãnh đạo ký xong sẽ hiện ở đây, gấp nhất trước."),
    )
    return desk_page("desk/queue.html", queue=page)


def issue(ref: str) -> Response:
    """Show what is to be done for one result: the seal's PIN, or the number of the book."""
    one = _waiting(ref)
    return _show(one) if one else _gone_on(ref)


def do_issue(ref: str) -> Response:
    """Number and seal, or release on paper; the dossier is then finished. A second press leads to it."""
    one = _waiting(ref)
    if one is None:
        return _gone_on(ref)
    form = _form(one)
    if not form.validate():
        return _show(one, form, UNPROCESSABLE)
    try:
        symbol = _seal(one, form) if isinstance(form, SealForm) else _release(one, form)
    except SigningError as error:
        form.pin.errors = [*form.pin.errors, said_of(error)]
        return _show(one, form, UNPROCESSABLE)
    except RuleBroken as error:
        blame(form, error, otherwise="pin" if isinstance(form, SealForm) else "symbol")
        return _show(one, form, status_of(error))
    if _is_held(one):
        flash(_("Đã đóng dấu số %(symbol)s. Chờ dấu thời gian rồi tự phát hành.", symbol=symbol), "warning")
        return see_other("desk.held_releases")
    flash(_("Đã phát hành số %(symbol)s. Quầy trả kết quả được báo.", symbol=symbol), "success")
    return see_other("desk.issue_queue")


def _is_held(one: WaitingResult) -> bool:
    with house().reading() as db:
        return any(waiting.result_id == one.result_id for waiting in held(db, staff()))


def _seal(one: WaitingResult, form: SealForm) -> str:
    chosen = ToSign(one.row.number, request.form.get("version", 0, type=whole), one.result_id)
    return signatures.seal_result(house(), staff(), chosen, form.pin.data or "", now())


def _release(one: WaitingResult, form: ReleaseForm) -> str:
    scan = _scan()
    with house().unit_of_work() as uow:
        return results.release_paper(
            uow,
            staff(),
            one.row.number,
            request.form.get("version", 0, type=whole),
            one.result_id,
            symbol=form.symbol.data or "",
            issued_on=checks.day(form.issued_on.data or "", where="issued_on"),
            scan=scan,
            at=now(),
        )


def _scan() -> NewFile | None:
    upload = uploaded("scan")
    return kept_paper(upload, where="scan") if upload else None


def _waiting(ref: str) -> WaitingResult | None:
    with house().reading() as db:
        return next((one for one in to_issue(db, staff()) if one.row.number == ref), None)


def _gone_on(ref: str) -> Response:
    """Lead to the dossier, where a stranger's number is not found."""
    flash(_("Hồ sơ %(code)s không ở bước chờ phát hành. Xem việc đã làm ở mục Sự kiện.", code=ref), "warning")
    return see_other("desk.dossier", ref=ref)


def _form(one: WaitingResult) -> SealForm | ReleaseForm:
    typed = request.form or None
    if one.form == "electronic":
        return SealForm(typed)
    return ReleaseForm(typed, data={"issued_on": vn_date(now())})


def _seal_key() -> KeyNote:
    with house().reading() as db:
        place = signing_keys.of_seal(db, staff())
    return key_note(place)


def _notes(key: KeyNote) -> tuple[str, ...]:
    number = _("Số được cấp từ sổ của cơ quan trong cùng giao dịch; số đã dành không mất khi máy dừng.")
    return (key.warning, number) if key.warning else (number,)


def _show(one: WaitingResult, form: SealForm | ReleaseForm | None = None, status: int = 200) -> Response:
    form, ref = form or _form(one), one.row.number
    facts: tuple[Fact, ...] = (
        Fact(_("Kết quả"), one.title),
        Fact(_("Chủ hồ sơ"), one.row.subject or one.row.summary),
        Fact(_("Người ký"), f"{one.signer}, {vn_datetime(one.signed_at)}"),
    )
    electronic = one.form == "electronic"
    key = _seal_key() if electronic else None
    facts += (Fact(_("Khóa ký"), key.words),) if key else ()
    page = TaskPage(
        key="issue",
        ref=ref,
        code=code_text(ref),
        title=_("Cấp số và đóng dấu số") if electronic else _("Vào số và phát hành bản giấy"),
        submit=_("Cấp số, đóng dấu") if electronic else _("Phát hành"),
        address=url_for("desk.do_issue", ref=ref),
        dossier_address=url_for("desk.dossier", ref=ref),
        version=one.version,
        form=form,
        facts=facts,
        notes=_notes(key) if key else (),
        errors=problems(form),
    )
    return desk_page("desk/act.html", task=page, status=status)
