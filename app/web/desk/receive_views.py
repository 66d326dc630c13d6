"""Doors of reception (tiếp nhận): the form, its recomputation, and the acts that end it."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import timedelta

from flask import flash, request, url_for
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from app.domain.people import PersonRole, acting
from app.i18n import gettext as _
from app.queries import open_dossiers
from app.queries import promise as promising
from app.queries.desk_catalogue import most_used
from app.queries.promise import Promise
from app.services import drafts, intake, late_entries, reading_events, submission
from app.web.context import house, now, staff
from app.web.desk import draft_views
from app.web.desk.frame import desk_page
from app.web.desk.presenters.receive import DraftLink, receive_page
from app.web.desk.receive_entry import Entry, Typed, read_entry, restored, with_all_papers
from app.web.desk.receive_problems import blamed, problems_of
from app.web.desk.reception import filing_of, pay_at_once, reception_of
from app.web.desk.refusals import CONFLICT, UNPROCESSABLE, status_of
from app.web.filters import vn_datetime
from app.web.numbers import whole
from app.web.responses import see_other
from workflows.errors import RuleBroken
from workflows.states import ActorKind

REMEMBERED = timedelta(days=60)  # how far back "most used" looks
Problems = tuple[tuple[str, str], ...]


def receive() -> Response:
    """Show an empty form, a draft taken up again, or the form for the same person's next dossier."""
    typed, words = _beginning()
    with house().reading() as db:
        return _show(db, read_entry(db, staff(), typed, now()), draft_words=words)


def act() -> Response:
    """Recompute, keep, receive, ask for a supplement or refuse: the button pressed says which."""
    acts: dict[str, Callable[[], Response]] = {
        "receive": _receive,
        "keep": draft_views.keep,
        "ask_supplement": lambda: _file_for("ask_supplement"),
        "refuse": lambda: _file_for("refuse"),
    }
    return acts.get(request.form.get("act", ""), _recompute)()


def _recompute() -> Response:
    with house().reading() as db:
        entry = read_entry(db, staff(), request.form, now())
        if request.form.get("act") == "all_papers":
            entry = with_all_papers(entry)
        return _show(db, entry)


def _receive() -> Response:
    with house().reading() as db:
        entry = read_entry(db, staff(), request.form, now())
        if entry.was_revised:
            return _show(db, entry, status=CONFLICT)
        found = problems_of(entry)
        if found:
            return _show(db, entry, errors=found, status=UNPROCESSABLE)
    if late_entries.needs_leader(staff(), entry.true_at, now()):
        return _file_for_leader(entry)
    try:
        with house().unit_of_work() as uow:
            done = intake.receive_new(uow, staff(), reception_of(entry, staff()), now())
            if not done.was_known:
                pay_at_once(uow, staff(), done.code, entry, now())
    except RuleBroken as error:
        return _refused(entry, error)
    if done.was_known:
        flash(_("Hồ sơ đã được tiếp nhận trước đó; không cấp thêm mã."), "warning")
    return see_other("desk.received", ref=done.code)


def _file_for_leader(entry: Entry) -> Response:
    """Write down a reception of an earlier day; its code is issued when a leader has confirmed the time."""
    try:
        with house().unit_of_work() as uow:
            filed = late_entries.file_for_leader(uow, staff(), reception_of(entry, staff()), now())
    except RuleBroken as error:
        return _refused(entry, error)
    flash(_("Đã ghi hồ sơ nhận ngày trước. Chưa cấp mã: lãnh đạo xác nhận giờ nhận rồi bấm Tiếp nhận."), "warning")
    return see_other("desk.dossier", ref=filed.filing_number)


def _file_for(next_act: str) -> Response:
    """Write the filing down without receiving it, and go on to what is to be said about it."""
    with house().reading() as db:
        entry = read_entry(db, staff(), request.form, now())
        found = problems_of(entry)
        if found:
            return _show(db, entry, errors=found, status=UNPROCESSABLE)
    try:
        with house().unit_of_work() as uow:
            owner = drafts.DraftOwner(user_id=staff().user_id)
            filed = submission.file_online(
                uow, filing_of(entry, staff()), owner=owner, by=acting(staff(), ActorKind.CLERK), at=now()
            )
    except RuleBroken as error:
        return _refused(entry, error)
    return see_other("desk.dossier", ref=filed.filing_number, viec=next_act)


def _refused(entry: Entry, error: RuleBroken) -> Response:
    """Show the form again with everything typed and the broken rule beside its field."""
    found = blamed(entry, error)
    with house().reading() as db:
        return _show(db, entry, errors=found, status=status_of(error))


def _show(db: Session, entry: Entry, *, errors: Problems = (), draft_words: str = "", status: int = 200) -> Response:
    used = most_used(db, staff(), now() - REMEMBERED)
    others = open_dossiers.of_person(db, house().vault, staff(), entry.form.id_number.data or "")
    shown = receive_page(
        entry,
        address=url_for("desk.act_on_receive"),
        promise=_promise(db, entry),
        used=used,
        others=others,
        at=now(),
        errors=errors,
        draft_words=draft_words,
        drafts=_drafts(db) if not request.form and entry.draft_id is None else (),
    )
    return desk_page("desk/receive.html", receive=shown, status=status)


def _promise(db: Session, entry: Entry) -> Promise | str:
    if entry.procedure is None:
        return _("chọn thủ tục để tính")
    terms = entry.procedure.limit(entry.channel, entry.form.case_name.data or "")
    if terms is None:
        return _("chưa xác định: thủ tục chưa có thời hạn cho kênh này")
    try:
        return promising.promise(
            db,
            house().calendars,
            terms,
            unit_id=entry.procedure.settling_unit_id,
            received_at=entry.true_at or now(),
        )
    except RuleBroken as error:
        return str(error)


def _beginning() -> tuple[Typed, str]:
    if (draft_id := request.args.get("nhap", type=whole)) is not None:
        return _draft(draft_id)
    typed: Typed = MultiDict({"token": secrets.token_urlsafe(18)})
    if ref := request.args.get("cung_nguoi"):
        typed.update(_same_person(ref))
    return typed, ""


def _draft(draft_id: int) -> tuple[Typed, str]:
    owner = drafts.DraftOwner(user_id=staff().user_id)
    with house().reading() as db:
        row = drafts.read_draft(db, house().vault, draft_id, owner)
    words = _("Mở lại nháp lưu lúc %(at)s", at=vn_datetime(row.updated_at))
    return restored(row.data.get("fields", []), draft_id), words


def _same_person(ref: str) -> dict[str, str]:
    """Return the fields of who was just here; reading a number whole is an event of its own."""
    with house().unit_of_work() as uow:
        person = reading_events.unmasked(uow, staff(), ref, PersonRole.APPLICANT, now())
    return {
        "id_number": person.id_number,
        "id_kind": person.id_kind,
        "name": person.name,
        "birth": person.birth,
        "sex": person.sex,
        "address": person.address,
        "phone": person.phone,
        "email": person.email,
    }


def _drafts(db: Session) -> tuple[DraftLink, ...]:
    rows = drafts.own_drafts(db, house().vault, staff().user_id, draft_views.KIND)
    return tuple(DraftLink(url_for("desk.receive", nhap=row.id), draft_views.described(row)) for row in rows[:5])
