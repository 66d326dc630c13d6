"""Doors of the certification grid (lưới chứng thực): number and take the fee in one act, then sign, then hand out."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from flask import flash, request
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from app.db.unit_of_work import UnitOfWork
from app.domain.certification import MOST_PAPERS, PROCEDURES, Kind, Medium, series_of
from app.domain.channels import Channel
from app.domain.paper_titles import SHORT
from app.domain.people import PersonRole, Staff
from app.i18n import gettext as _
from app.queries import certification as queries
from app.queries.desk_catalogue import offered_procedure
from app.queries.promise import promise
from app.services import certification, reading_events
from app.services.certification_terms import tariff_on
from app.services.errors import StaleScreen
from app.web.context import house, now, staff
from app.web.desk.certify.forms import Cells, Sheet, cell_of, problems, read_sheet, visit_of
from app.web.desk.certify.presenters import GridPage, grid_rows, tariff_words, total_of, tray_row
from app.web.desk.frame import desk_page
from app.web.desk.other_card import USE_CARD
from app.web.desk.refusals import status_of
from app.web.filters import money, vn_datetime
from app.web.forms import sentence_of
from app.web.numbers import whole
from app.web.responses import found, see_other
from workflows.calendar import VIETNAM
from workflows.errors import RuleBroken

UNPROCESSABLE, CONFLICT = 422, 409
_OF_CARDS = frozenset({"card", USE_CARD, "keep_typed"})
Problems = tuple[tuple[str, str], ...]


def certify() -> Response:
    """Show an empty grid, with what was just numbered above the tray."""
    typed: MultiDict[str, str] = MultiDict({"token": secrets.token_urlsafe(18)})
    if request.args.get("loai") == Kind.SIGNATURE:
        typed["kind"] = Kind.SIGNATURE
    if ref := request.args.get("cung_nguoi"):
        typed.update(_same_person(ref))
    return _show(read_sheet(typed), done=request.args.get("xong", ""))


def act_on_certify() -> Response:
    """Number the visit, read a card, or reckon the sheet anew with one more row."""
    sheet, act = read_sheet(request.form), request.form.get("act")
    if act in _OF_CARDS:
        return _show(sheet)
    if act != "number":
        return _show(replace(sheet, rows=(*sheet.rows, Cells(pages="1", copies="1"))[:MOST_PAPERS]))
    if wrong := problems(sheet):
        return _show(sheet, wrong, status=UNPROCESSABLE)
    try:
        with house().unit_of_work() as uow:
            done = certification.receive(uow, staff(), visit_of(sheet), now())
    except RuleBroken as error:
        return _show(sheet, ((cell_of(error.where), sentence_of(error)),), status=status_of(error))
    if done.was_known:
        flash(_("Lượt này đã được cấp số trước đó; không cấp thêm số."), "warning")
    return see_other("desk.certify", xong=done.code, loai=sheet.kind if sheet.kind != Kind.COPY else None)


def sign_off_certified(ref: str) -> Response:
    """Write down that the copies were signed and sealed."""
    return _act(ref, certification.sign_off, _("Đã ghi ký lượt %(code)s."))


def hand_out_certified(ref: str) -> Response:
    """Hand the copies out; what was not signed off is signed off in the same act."""
    return _act(ref, certification.hand_out, _("Đã trả lượt %(code)s."))


def _act(ref: str, service: Callable[[UnitOfWork, Staff, str, int, datetime], None], said: str) -> Response:
    version = request.form.get("version", 0, type=whole)
    try:
        with house().unit_of_work() as uow:
            service(uow, staff(), ref, version, now())
    except StaleScreen as error:
        flash(sentence_of(error), "warning")
        return _show(read_sheet(_fresh()), status=CONFLICT)
    except RuleBroken as error:
        with house().reading() as db:
            found(queries.entry(db, staff(), ref))
        flash(sentence_of(error), "error")
        return _show(read_sheet(_fresh()), status=status_of(error))
    flash(said % {"code": ref}, "success")
    return see_other("desk.certify")


def _fresh() -> dict[str, str]:
    return {"token": secrets.token_urlsafe(18)}


def _same_person(ref: str) -> dict[str, str]:
    """Return who was just here; reading a number whole is an event of its own."""
    with house().unit_of_work() as uow:
        person = reading_events.unmasked(uow, staff(), ref, PersonRole.APPLICANT, now())
    return {"name": person.name, "id_number": person.id_number, "birth": person.birth, "address": person.address}


def _show(sheet: Sheet, errors: Problems = (), *, done: str = "", status: int = 200) -> Response:
    with house().reading() as db:
        page = _page(db, sheet, errors, done)
    return desk_page("desk/certify/grid.html", grid=page, status=status)


def _page(db: Session, sheet: Sheet, errors: Problems, done: str) -> GridPage:
    local = now().astimezone(VIETNAM)
    unit_id, today = staff().root_unit_id, local.date()
    tariff = tariff_on(db, sheet.kind, today)
    books = queries.books(db, unit_id, today.year)
    signers = queries.signers(db, unit_id, now())
    used = queries.titles_used(db, unit_id, today)
    tray = tuple(tray_row(entry, now()) for entry in queries.tray(db, staff(), today))
    day = queries.day_sum(db, staff(), today)
    own = series_of(sheet.kind, Medium.PAPER)
    last = queries.last_signer(db, staff())
    known = {str(signer.signer_id) for signer in signers if not signer.is_away}
    return GridPage(
        sheet=sheet,
        rows=grid_rows(sheet, tariff, errors),
        total=money(total_of(sheet, tariff)),
        tariff=tariff,
        tariff_words=tariff_words(tariff),
        books=books,
        book=next(book for book in books if book.series == own),
        signers=signers,
        signer_chosen=next((choice for choice in (sheet.signer, str(last)) if choice in known), ""),
        titles=tuple(dict.fromkeys([*(("", title) for title in used if title not in SHORT.values()), *SHORT.items()])),
        tray=tray,
        done=next((row for row in tray if row.ref == done), None),
        day=day,
        day_fee=money(day.fee_vnd),
        slip_words=_slip_words(db, sheet.kind, today),
        errors=errors,
        error_of=dict(errors),
    )


def _slip_words(db: Session, kind: Kind, today: date) -> str:
    """Say that a visit received now is promised for another day, as its procedure's own limit and cut-off have it."""
    procedure = offered_procedure(db, staff().root_unit_id, PROCEDURES[kind], today)
    terms = procedure.limit(Channel.DIRECT) if procedure else None
    if procedure is None or terms is None:
        return _("Cơ quan chưa mở thủ tục này hoặc thủ tục chưa có thời hạn: chưa cấp số được.")
    try:
        found = promise(db, house().calendars, terms, unit_id=procedure.settling_unit_id, received_at=now())
    except RuleBroken as error:
        return sentence_of(error)
    promised = found.committed.promised_at
    if promised is None or promised.astimezone(VIETNAM).date() == today:
        return ""
    return _("Lượt nhận từ bây giờ có phiếu hẹn, trả lúc %(when)s.", when=vn_datetime(promised))
