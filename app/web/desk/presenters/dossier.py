"""One dossier's page as it is shown (trang hồ sơ): header, people, clocks, way, papers, events."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from app.domain import event_kinds
from app.i18n import gettext as _
from app.queries.dossier_values import DossierFile, EventShown, FormShown, PaperShown, ResultShown
from app.web.desk.presenters.clocks import ClockFace, clock_faces
from app.web.desk.presenters.corrections import CorrectionLine, correction_lines
from app.web.desk.presenters.dossier_people import Fact, people_facts
from app.web.desk.presenters.marks import PAPER_MARKS, CodeText, Mark, code_text, copy_mark
from app.web.desk.presenters.notes import notes_of
from app.web.desk.presenters.relations import RelativeLine, TrackingLine, relative_lines, tracking_line
from app.web.desk.presenters.way import PathStep, path_of
from app.web.desk.presenters.why import Why, why_of
from app.web.filters import money, vn_datetime, vn_day_month, vn_time
from app.web.labels import Label, channel_label, state_label
from workflows.ledger import Reading
from workflows.states import State

FORM_NAMES = {
    "01": "Mẫu 01, Giấy tiếp nhận và hẹn trả",
    "02": "Mẫu 02, Yêu cầu bổ sung",
    "03": "Mẫu 03, Từ chối tiếp nhận",
    "04": "Mẫu 04, Xin lỗi và hẹn lại",
    "05": "Mẫu 05, Dừng giải quyết",
}


@dataclass(frozen=True, slots=True)
class Thumb:
    """One component with the first page of its file, if any."""

    name: str
    note: str
    form: Mark
    sign: str
    preview: str
    address: str
    copy: Mark | None


@dataclass(frozen=True, slots=True)
class ResultLine:
    """One version of the result."""

    title: str
    number: str
    state: Mark
    words: str
    address: str


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One issued form, to be printed again."""

    name: str
    words: str
    address: str


@dataclass(frozen=True, slots=True)
class EventLine:
    """One event."""

    seq: int
    at: datetime
    when: str
    what: str
    who: str


@dataclass(frozen=True, slots=True)
class DossierPage:
    """The whole page but its acts."""

    ref: str
    version: int
    code: CodeText
    state: Label
    channel: Label
    origin: str
    procedure: str
    case: str
    people: tuple[Fact, ...]
    own_fields: tuple[Fact, ...]
    may_unmask: bool
    notes: tuple[str, ...]
    clocks: tuple[ClockFace, ...]
    path: tuple[PathStep, ...]
    holder: str
    why: Why | None
    components: tuple[Thumb, ...]
    components_words: str
    digitize_address: str
    results: tuple[ResultLine, ...]
    result_plan: str
    papers: tuple[PaperLine, ...]
    fee_words: str
    chain: Mark
    events: tuple[EventLine, ...]
    corrections: tuple[CorrectionLine, ...]
    family: tuple[RelativeLine, ...]
    tracking: TrackingLine | None
    control_slip: str
    acts: tuple[object, ...] = ()


def dossier_page(file: DossierFile, at: datetime, reading: Reading, *, in_clear: tuple[Fact, ...] = ()) -> DossierPage:
    """Return the page of `file`; `in_clear` are the numbers that were just unmasked."""
    held_by = _("%(name)s, %(unit)s", name=file.holder, unit=file.holder_unit) if file.holder else file.holder_unit
    is_open = State(file.state).is_open
    return DossierPage(
        ref=file.number,
        version=file.version,
        code=code_text(file.number),
        state=state_label(file.state),
        channel=channel_label(file.channel),
        origin=_origin(file),
        procedure=file.procedure,
        case=file.case_name,
        people=people_facts(file, in_clear),
        own_fields=tuple(Fact(label, value) for label, value in file.own_fields),
        may_unmask=file.may_write and not in_clear,
        notes=notes_of(file),
        clocks=clock_faces(file, at),
        path=path_of(file),
        holder=held_by if is_open or file.state == State.FINISHED else "",
        why=why_of(file, at, reading) if file.clock else None,
        components=tuple(_thumb(file.number, paper) for paper in file.papers),
        components_words=_papers_words(file.papers),
        digitize_address=url_for("desk.digitize", ref=file.number) if file.may_write and is_open else "",
        results=tuple(_result(file.number, result) for result in file.results),
        result_plan=_plan(file),
        papers=tuple(_paper(file.number, form) for form in file.forms if form.state != "draft"),
        fee_words=_fee_words(file),
        chain=_chain(file),
        events=tuple(_event(event) for event in file.events),
        corrections=correction_lines(file),
        family=relative_lines(file.family),
        tracking=tracking_line(file.tracking) if file.tracking else None,
        control_slip=url_for("desk.control_slip", ref=file.number) if file.hops else "",
    )


def paper_mark(paper: PaperShown) -> Mark:
    """Return how a component stands, in word, icon and tone."""
    if paper.form == "missing" and not paper.required:
        return Mark("plain", "dash", _("Không có"))
    tone, icon = PAPER_MARKS[paper.form]
    return Mark(tone, icon, paper_words(paper.form, paper.exempt_reason))


def paper_words(form: str, reason: str) -> str:
    """Return the words of a component's form, with the reason of an exemption."""
    if form == "exempt":
        reasons = {
            "shown_only": _("Miễn: chỉ xuất trình"),
            "verification": _("Miễn: kết quả xác minh"),
            "secret": _("Miễn: tài liệu mật"),
            "database": _("Miễn: có trong CSDL"),
        }
        return reasons[reason]
    return {
        "missing": _("Thiếu"),
        "paper": _("Giấy, chưa quét"),
        "scanned": _("Đã quét"),
        "electronic": _("Điện tử"),
        "reused": _("Dùng lại"),
    }[form]


def _origin(file: DossierFile) -> str:
    parts = [_("có cán bộ hỗ trợ") if file.is_assisted else "", file.external_code or ""]
    if file.code:
        parts.append(_("số nộp %(number)s", number=file.filing_number))
    return " · ".join(filter(None, parts))


def _thumb(ref: str, paper: PaperShown) -> Thumb:
    first = paper.files[0] if paper.files else None
    counts = [
        _("%(n)s bản chính", n=paper.originals) if paper.originals else "",
        _("%(n)s bản sao", n=paper.copies) if paper.copies else "",
        _("%(n)s trang", n=paper.pages) if paper.pages else "",
    ]
    return Thumb(
        name=paper.name,
        note=" · ".join(filter(None, [*counts, paper.note])),
        form=paper_mark(paper),
        sign=paper_mark(paper).icon,
        preview=url_for("desk.page_image", ref=ref, link_id=first.link_id, number=1) if first else "",
        address=url_for("desk.file_view", ref=ref, link_id=first.link_id) if first else "",
        copy=copy_mark(first.copy_state) if first and first.copy_state else None,
    )


def _papers_words(papers: tuple[PaperShown, ...]) -> str:
    there = sum(paper.form != "missing" for paper in papers)
    return _("có %(n)s trên %(all)s", n=there, all=len(papers)) if papers else ""


def _result(ref: str, result: ResultShown) -> ResultLine:
    states = {
        "draft": Mark("plain", "pencil", _("Dự thảo")),
        "proposed": Mark("soon", "hourglass-split", _("Chờ ký")),
        "signed": Mark("soon", "patch-check", _("Đã ký, chờ phát hành")),
        "released": Mark("done", "check2-all", _("Đã phát hành")),
        "withdrawn": Mark("pause", "arrow-counterclockwise", _("Đã thay bằng bản sau")),
    }
    said = [_("trình: %(name)s %(at)s", name=result.proposed_by, at=vn_datetime(result.proposed_at))]
    if result.signed_at:
        said.append(_("ký: %(name)s %(at)s", name=result.signer, at=vn_datetime(result.signed_at)))
    if result.released_at:
        said.append(_("phát hành %(at)s", at=vn_datetime(result.released_at)))
    if result.replaces_id:
        said.append(_("cấp lại: %(why)s", why=result.replaced_reason))
    if result.state == "withdrawn" and result.replaces_id and not result.released_at:
        states["withdrawn"] = Mark("pause", "x-circle", _("Lãnh đạo không đồng ý"))
    return ResultLine(
        title=result.title,
        number=result.symbol,
        state=states[result.state],
        words=" · ".join(said),
        address=url_for("desk.file_view", ref=ref, link_id=result.link_id) if result.link_id else "",
    )


def _plan(file: DossierFile) -> str:
    forms = {
        "electronic": _("Bản điện tử: lãnh đạo ký số, văn thư cấp số và đóng dấu số."),
        "paper_numbered": _("Bản giấy: ký tay, văn thư vào số và quét."),
        "paper_external": _("Bản giấy: số do sổ hoặc hệ thống ngành cấp, văn thư nhập số và quét."),
    }
    return " ".join(filter(None, [file.result_name and f"{file.result_name}.", forms[file.result_form]]))


def _paper(ref: str, form: FormShown) -> PaperLine:
    number = _("số %(n)s", n=f"{form.number:04d}") if form.number else ""
    when = f"{vn_time(form.issued_at)} {vn_day_month(form.issued_at)}"
    replaced = _("đã thay bằng giấy cấp lại") if form.state == "replaced" else ""
    return PaperLine(
        name=FORM_NAMES.get(form.form, form.form),
        words=" · ".join(filter(None, [number, when, form.issued_by, replaced])),
        address=url_for("desk.form_pdf", ref=ref, form_id=form.id),
    )


def _fee_words(file: DossierFile) -> str:
    lifted = _("Miễn, giảm: %(why)s", why=file.fee_exemption) if file.fee_exemption else ""
    if not file.fee_due_vnd:
        return lifted or _("không thu phí, lệ phí")
    if file.fee_left_vnd:
        paid = _("còn phải nộp %(left)s trên %(due)s", left=money(file.fee_left_vnd), due=money(file.fee_due_vnd))
    else:
        paid = _("đã nộp %(paid)s", paid=money(file.fee_paid_vnd))
    return " · ".join(filter(None, [lifted, paid]))


def _chain(file: DossierFile) -> Mark:
    if file.chain_holds:
        return Mark("ok", "shield-check", _("Chuỗi liền mạch"))
    return Mark("late", "shield-x", _("Chuỗi bị đứt, báo quản trị"))


def _event(event: EventShown) -> EventLine:
    return EventLine(
        seq=event.seq,
        at=event.at,
        when=f"{vn_day_month(event.at)} {vn_time(event.at)}",
        what=_(event_kinds.title(event.kind)),
        who=event.actor,
    )
