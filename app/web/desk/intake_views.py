"""Doors of a filing that waits (hồ sơ chờ tiếp nhận), and of the moment after reception."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from flask import flash, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.domain.channels import Channel, Delivery
from app.domain.corrections import LATE_ENTRY, moment_of
from app.domain.people import PersonData
from app.domain.version_parts import PaperLine
from app.i18n import gettext as _
from app.queries import promise as promising
from app.queries.bank_account import bank_account
from app.queries.desk_catalogue import OfferedProcedure, offered_procedure
from app.queries.dossier_file import dossier_file
from app.queries.dossier_values import DossierFile, PaperShown
from app.queries.promise import Promise
from app.services import intake
from app.services.errors import StaleScreen
from app.services.values import Filing, Reception
from app.web.context import house, now, staff
from app.web.desk.forms.components_form import PaperInput, as_stated, paper_input
from app.web.desk.frame import desk_page
from app.web.desk.paper_choice import A5, paper
from app.web.desk.presenters.dossier import Thumb, dossier_page
from app.web.desk.presenters.dossier_people import Fact
from app.web.desk.presenters.marks import CodeText, code_text
from app.web.desk.presenters.receive_side import Line, PaperRow, Side, day_words, paper_rows, side_of
from app.web.desk.receive_problems import place_of
from app.web.desk.reception import component_of
from app.web.desk.refusals import status_of
from app.web.filters import money, vn_time
from app.web.forms import sentence_of
from app.web.numbers import whole
from app.web.responses import found, see_other
from workflows.calendar import VIETNAM
from workflows.errors import RuleBroken
from workflows.ledger import Reading
from workflows.states import State


@dataclass(frozen=True, slots=True)
class FilingPage:
    """A filing with what the clerk has to look at before receiving it."""

    ref: str
    version: int
    code: CodeText
    procedure: str
    papers_of: str
    people: tuple[Fact, ...]
    own_fields: tuple[Fact, ...]
    thumbs: tuple[Thumb, ...]
    components: tuple[PaperRow, ...]
    components_words: str
    side: Side
    errors: tuple[tuple[str, str], ...]
    errors_title: str


@dataclass(frozen=True, slots=True)
class DonePage:
    """What stands after a reception: the code, the promise, Mẫu 01 one key away."""

    code: CodeText
    words: str
    procedure: str
    person: str
    promise: str
    promise_day: str
    pair_address: str
    paper: str
    single_address: str
    digitize_address: str
    dossier_address: str
    same_person_address: str
    owed: str
    qr_address: str


def receive_filed(ref: str) -> Response:
    """Show a filing for reception, or recompute its papers."""
    with house().reading() as db:
        file, procedure = _filing(db, ref)
        rows = _inputs(file, procedure) if request.form else tuple(as_stated(paper) for paper in file.papers)
        if request.form.get("act") == "all_papers":
            required = {paper.ordinal for paper in file.papers if paper.required}
            rows = tuple(replace(row, have=row.have or row.ordinal in required) for row in rows)
        return _show(db, file, procedure, rows)


def accept_filed(ref: str) -> Response:
    """Receive the filing with the papers as the clerk saw them, or recompute the page."""
    if request.form.get("act") != "receive":
        return receive_filed(ref)
    with house().reading() as db:
        file, procedure = _filing(db, ref)
        rows = _inputs(file, procedure)
    try:
        with house().unit_of_work() as uow:
            version = request.form.get("version", 0, type=whole)
            done = intake.receive_filed(uow, staff(), ref, version, _reception(file, rows), now())
    except RuleBroken as error:
        if isinstance(error, StaleScreen):
            flash(sentence_of(error), "warning")
        with house().reading() as db:
            errors = ((place_of(error.where), sentence_of(error)),)
            status = status_of(error)
            return _show(db, file, procedure, rows, errors=errors, status=status)
    return see_other("desk.received", ref=done.code)


def received(ref: str) -> Response:
    """Show what was just received, with Mẫu 01 ready to print."""
    with house().reading() as db:
        file = found(_file(db, ref))
        account = bank_account(db, staff().root_unit_id)
    if file.received_at is None:
        return see_other("desk.dossier", ref=ref)
    receipt = next((form.id for form in reversed(file.forms) if form.form == "01"), 0)
    due = file.clock.committed.promised_at if file.clock else None
    today = now().astimezone(VIETNAM).date()
    here = due.astimezone(VIETNAM) if due else None
    day = _("hôm nay") if here and here.date() == today else f"{here:%d/%m}" if here else ""
    subject = file.subject
    page = DonePage(
        code=code_text(file.number),
        words=_("Đã tiếp nhận và cấp mã"),
        procedure=file.procedure,
        person=subject.name if subject else "",
        promise=f"{vn_time(due)} {day}" if due else _no_promise(file),
        promise_day=day_words(due) if due else "",
        pair_address=url_for("desk.form_pdf", ref=ref, form_id=receipt, giay=A5 if paper() == A5 else None),
        paper=paper(),
        single_address=url_for("desk.form_pdf", ref=ref, form_id=receipt, lien="2"),
        digitize_address=url_for("desk.digitize", ref=ref),
        dossier_address=url_for("desk.dossier", ref=ref),
        same_person_address=url_for("desk.receive", cung_nguoi=ref),
        owed=money(file.fee_left_vnd) if file.fee_left_vnd else "",
        qr_address=url_for("desk.payment_qr", ref=ref) if file.fee_left_vnd and account else "",
    )
    return desk_page("desk/received.html", done=page)


def _no_promise(file: DossierFile) -> str:
    return _("Khi %(unit)s nhận", unit=file.settling_unit) if file.waits_for_competent else _("Chưa xác định")


def _filing(db: Session, ref: str) -> tuple[DossierFile, OfferedProcedure | None]:
    file = found(_file(db, ref))
    found(file if State(file.state) in (State.FILED, State.AWAITING_INTAKE_SUPPLEMENT) else None)
    today = now().astimezone(VIETNAM).date()
    return file, offered_procedure(db, staff().root_unit_id, file.procedure_code, today)


def _file(db: Session, ref: str) -> DossierFile | None:
    return dossier_file(db, house().vault, house().calendars, staff(), ref, at=now())


def _inputs(file: DossierFile, procedure: OfferedProcedure | None) -> tuple[PaperInput, ...]:
    """The typed rows; the papers are the filing's own, whatever the procedure says today."""
    wanted = {paper.ordinal: paper for paper in (procedure.papers if procedure else ())}
    return tuple(paper_input(request.form, wanted.get(paper.ordinal) or _as_wanted(paper)) for paper in file.papers)


def _as_wanted(paper: PaperShown) -> PaperLine:
    return PaperLine(paper.ordinal, paper.name, "", 0, 0, paper.required, "", "", "")


def _show(
    db: Session,
    file: DossierFile,
    procedure: OfferedProcedure | None,
    rows: tuple[PaperInput, ...],
    *,
    errors: tuple[tuple[str, str], ...] = (),
    status: int = 200,
) -> Response:
    page = dossier_page(file, now(), Reading.SUBTRACT)
    table = paper_rows(rows, tuple(_as_wanted(paper) for paper in file.papers))
    fee = file.fee_due_vnd
    lines = (Line(_("Theo hồ sơ đã nộp"), money(fee)),) if fee else ()
    promise = _promise(db, file, procedure)
    there = sum(row.have for row in table)
    shown = FilingPage(
        ref=file.number,
        version=file.version,
        code=page.code,
        procedure=file.procedure,
        papers_of=file.number,
        people=page.people,
        own_fields=page.own_fields,
        thumbs=page.components,
        components=table,
        components_words=_("Có %(n)s trên %(all)s", n=there, all=len(table)) if table else "",
        side=side_of(procedure, promise, table, fee=fee, lines=lines, others=(), at=now()),
        errors=errors,
        errors_title=_("Chưa tiếp nhận được: còn %(n)s chỗ", n=len(errors)),
    )
    return desk_page("desk/receive_filed.html", receive=shown, status=status)


def _promise(db: Session, file: DossierFile, procedure: OfferedProcedure | None) -> Promise | str:
    terms = procedure.limit(file.channel, file.case_name) if procedure else None
    if procedure is None or terms is None:
        return _("chưa xác định: thủ tục chưa mở hoặc chưa có thời hạn cho kênh này")
    try:
        unit_id = procedure.settling_unit_id
        return promising.promise(db, house().calendars, terms, unit_id=unit_id, received_at=_true_time(file))
    except RuleBroken as error:
        return sentence_of(error)


def _true_time(file: DossierFile) -> datetime:
    """The time of a late entry that a leader confirmed, else now."""
    late = [row for row in file.corrections if row.field == LATE_ENTRY and row.state == "confirmed"]
    return moment_of(late[0].new) if late else now()


def _reception(file: DossierFile, rows: tuple[PaperInput, ...]) -> Reception:
    """Only the papers are the clerk's to state here; people and content stay as they were filed."""
    filing = Filing(
        procedure_code=file.procedure_code,
        unit_code=staff().root_unit_code,
        channel=Channel(file.channel),
        applicant=PersonData(name=file.people[0].name if file.people else ""),
        components=tuple(component_of(row) for row in rows),
        delivery=Delivery(file.delivery),
    )
    return Reception(filing)
