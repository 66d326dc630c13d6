"""The receive page as it is shown (trang tiếp nhận): parts of the form, and the side that is always in sight."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from wtforms import Field, Form

from app.i18n import gettext as _
from app.queries.desk_catalogue import FeeLine, OfferedProcedure, PaperWanted, ProcedureOption
from app.queries.promise import Promise
from app.queries.work_rows import WorkRow
from app.web.desk.forms import own_fields
from app.web.desk.forms.components_form import FORMS, PaperInput
from app.web.desk.forms.receive_form import ReceiveForm
from app.web.desk.presenters.marks import CodeText, Mark, code_text
from app.web.desk.receive_entry import Entry
from app.web.filters import money, vn_date, vn_time, vn_weekday
from app.web.labels import state_label, unconfirmed_words
from workflows.calendar import VIETNAM

USUAL = ("sy", "ks", "tthn", "tl", "ck", "kt", "kh", "hkd", "mt", "dd")
SIGNS = {
    "paper": ("soon", "file-earmark"),
    "scanned": ("ok", "file-earmark-check"),
    "electronic": ("done", "file-earmark-text"),
    "reused": ("ok", "recycle"),
    "exempt": ("ok", "shield-check"),
}


@dataclass(frozen=True, slots=True)
class Quick:
    """One of the clerk's most used procedures, a key's press away."""

    value: str
    alias: str
    text: str
    on: bool


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One row of the table of papers."""

    ordinal: int
    name: str
    note: str
    have: bool
    form: str
    forms: list[tuple[str, str]]
    originals: int
    copies: int
    is_missing: bool
    mark: Mark


@dataclass(frozen=True, slots=True)
class Line:
    """A name and a value."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class OpenRow:
    """Another open dossier of the same person."""

    code: CodeText
    address: str
    procedure: str
    left: Mark


@dataclass(frozen=True, slots=True)
class Side:
    """What is always in sight: promise and why, fee, what is missing, other dossiers, who settles."""

    promise: str
    promise_day: str
    why: str
    no_promise: str
    fee: str
    fee_lines: tuple[Line, ...]
    missing: tuple[PaperRow, ...]
    missing_words: str
    open: tuple[OpenRow, ...]
    settling: str
    settling_words: str


@dataclass(frozen=True, slots=True)
class DraftLink:
    """A draft that waits to be taken up again."""

    address: str
    words: str


@dataclass(frozen=True, slots=True)
class ReceivePage:
    """The whole page."""

    title: str
    address: str
    token: str
    draft_id: int | None
    version: int | None
    procedure_code: str
    papers_of: str
    card_number: str
    form: ReceiveForm
    own_form: Form
    own_width: Callable[[Field], str]
    from_card: bool
    focus_card: bool
    card_mark: Mark
    card_hint: str
    has_cases: bool
    crosses_boundary: bool
    has_settlers: bool
    after_procedure: str
    procedure_choices: tuple[Quick, ...]
    quick: tuple[Quick, ...]
    components: tuple[PaperRow, ...]
    components_words: str
    fee_exemptions: bool
    fee_by_piece: bool
    fee_vnd: int
    errors: tuple[tuple[str, str], ...]
    errors_title: str
    warnings: tuple[str, ...]
    draft_words: str
    drafts: tuple[DraftLink, ...]
    side: Side


def receive_page(
    entry: Entry,
    *,
    address: str,
    promise: Promise | str,
    used: tuple[str, ...],
    others: tuple[WorkRow, ...],
    at: datetime,
    errors: tuple[tuple[str, str], ...] = (),
    warnings: tuple[str, ...] = (),
    draft_words: str = "",
    drafts: tuple[DraftLink, ...] = (),
) -> ReceivePage:
    """Return the page of an entry. `promise` is the projection, or the words why there is none."""
    procedure, form = entry.procedure, entry.form
    rows = paper_rows(entry.papers, procedure.papers if procedure else ())
    fee, lines = fee_of(entry)
    return ReceivePage(
        title=_("Tiếp nhận: %(name)s", name=procedure.short_name) if procedure else _("Tiếp nhận hồ sơ"),
        address=address,
        token=entry.token,
        draft_id=entry.draft_id,
        version=None,
        procedure_code=procedure.code if procedure else "",
        papers_of=entry.papers_of,
        card_number=entry.card_number,
        form=form,
        own_form=entry.own,
        own_width=own_fields.width(procedure.own_fields if procedure else ()),
        from_card=bool(entry.card_number),
        focus_card=not form.id_number.data and not errors,
        card_mark=Mark("ok", "qr-code-scan", _("Đã đọc từ thẻ")),
        card_hint=_("Quét mã QR trên thẻ hoặc gõ số"),
        has_cases=bool(procedure and procedure.cases),
        crosses_boundary=entry.crosses_boundary,
        has_settlers=entry.crosses_boundary or len(form.settling_code.choices or ()) > 1,
        after_procedure=_first_own(entry),
        procedure_choices=tuple(_quick(option, "") for option in entry.candidates),
        quick=_quicks(entry, used),
        components=rows,
        components_words=_have_words(rows),
        fee_exemptions=len(form.fee_exemption.choices or ()) > 1,
        fee_by_piece=bool(procedure and any(line.per in ("copy", "page") for line in procedure.fees)),
        fee_vnd=fee,
        errors=errors,
        errors_title=_("Chưa in được Mẫu 01: còn %(n)s chỗ", n=len(errors)),
        warnings=warnings,
        draft_words=draft_words,
        drafts=drafts,
        side=side_of(procedure, promise, rows, fee=fee, lines=lines, others=others, at=at),
    )


def paper_rows(papers: tuple[PaperInput, ...], wanted: tuple[PaperWanted, ...]) -> tuple[PaperRow, ...]:
    """Return the table of papers; a required one that is not there is marked as missing."""
    by_ordinal = {paper.ordinal: paper for paper in wanted}
    return tuple(_paper_row(paper, by_ordinal[paper.ordinal]) for paper in papers)


def fee_of(entry: Entry) -> tuple[int, tuple[Line, ...]]:
    """Return the fee in whole đồng and its lines; lines with a condition are named, not added."""
    if entry.procedure is None:
        return 0, ()
    fees = [fee for fee in entry.procedure.fees if fee.channel in (None, entry.channel)]
    if entry.exempt:
        return 0, (Line(_("Miễn: %(why)s", why=entry.form.fee_exemption.data), money(0)),)
    quantity = entry.form.fee_quantity.data or 1
    total = sum(_amount(fee, quantity) for fee in fees if not fee.condition)
    return total, tuple(_fee_line(fee, quantity) for fee in fees)


def _amount(fee: FeeLine, quantity: int) -> int:
    return fee.amount_vnd * (quantity if fee.per in ("copy", "page") else 1)


def _fee_line(fee: FeeLine, quantity: int) -> Line:
    if fee.condition:
        return Line(_("%(name)s (chỉ khi: %(when)s)", name=fee.name, when=fee.condition), money(fee.amount_vnd))
    times = f" × {quantity}" if fee.per in ("copy", "page") else ""
    return Line(f"{fee.name}{times}", money(_amount(fee, quantity)))


def _paper_row(paper: PaperInput, wanted: PaperWanted) -> PaperRow:
    is_missing = wanted.required and not paper.have
    note = wanted.note or ("" if wanted.required else _("nếu có"))
    return PaperRow(
        ordinal=paper.ordinal,
        name=wanted.name,
        note=note,
        have=paper.have,
        form=paper.form,
        forms=[(value, _(said)) for value, said in FORMS],
        originals=paper.originals,
        copies=paper.copies,
        is_missing=is_missing,
        mark=_paper_mark(paper, is_missing=is_missing),
    )


def _paper_mark(paper: PaperInput, *, is_missing: bool) -> Mark:
    if is_missing:
        return Mark("late", "x-octagon-fill", _("Thiếu"))
    if not paper.have:
        return Mark("plain", "dash", _("Không có"))
    tone, icon = SIGNS[paper.kind]
    said = {
        "paper": _("Giấy, chưa quét"),
        "scanned": _("Đã quét"),
        "electronic": _("Điện tử"),
        "reused": _("Dùng lại"),
        "exempt": _("Miễn nộp"),
    }
    return Mark(tone, icon, said[paper.kind])


def _have_words(rows: tuple[PaperRow, ...]) -> str:
    there = sum(row.have for row in rows)
    return _("Có %(n)s trên %(all)s", n=there, all=len(rows)) if rows else ""


def _first_own(entry: Entry) -> str:
    first = next(iter(entry.own), None)
    return first.id if first else "components-all"


def _quicks(entry: Entry, used: tuple[str, ...]) -> tuple[Quick, ...]:
    """The clerk's most used, and for a new clerk what most desks receive."""
    by_code = {option.code: option for option in entry.options}
    known = [by_code[code] for code in used if code in by_code]
    by_alias = {alias: option for option in entry.options for alias in option.aliases}
    usual = [by_alias[alias] for alias in USUAL if alias in by_alias]
    others = [option for option in dict.fromkeys(usual) if option not in known]
    here = entry.procedure.code if entry.procedure else ""
    return tuple(_quick(option, here) for option in (known + others)[:10])


def _quick(option: ProcedureOption, here: str) -> Quick:
    alias = next((alias for alias in option.aliases if alias in USUAL), (*option.aliases, "")[0])
    return Quick(option.code, alias, option.short_name or option.name, option.code == here)


def side_of(
    procedure: OfferedProcedure | None,
    promise: Promise | str,
    rows: tuple[PaperRow, ...],
    *,
    fee: int,
    lines: tuple[Line, ...],
    others: tuple[WorkRow, ...],
    at: datetime,
) -> Side:
    """Return the side of a reception, new or of a filing that waits."""
    missing = tuple(row for row in rows if row.is_missing)
    when, day, why = ("", "", "") if isinstance(promise, str) else promise_words(promise, at)
    return Side(
        promise=when,
        promise_day=day,
        why=why,
        no_promise=promise if isinstance(promise, str) else "",
        fee=money(fee),
        fee_lines=lines,
        missing=missing,
        missing_words=_("%(n)s giấy", n=len(missing)),
        open=tuple(_open_row(row) for row in others),
        settling=procedure.settling_unit if procedure else "",
        settling_words=_result_words(procedure) if procedure else "",
    )


def promise_words(promise: Promise, at: datetime) -> tuple[str, str, str]:
    """Return the promise large ("17:00 hôm nay"), its day in words, and why in a sentence."""
    moment = promise.committed.promised_at or promise.committed.due_at
    if moment is None:
        return "", "", ""
    here, today = moment.astimezone(VIETNAM), at.astimezone(VIETNAM).date()
    day = _("hôm nay") if here.date() == today else f"{here:%d/%m}"
    why = promise.limit + (f", {promise.decision}" if promise.decision else "")
    reasons = [line.why.rstrip(".") for line in promise.committed.trace[1:2]]
    if note := unconfirmed_words(promise.committed):
        reasons.append(note)
    return f"{vn_time(moment)} {day}", day_words(moment), ". ".join([why, *reasons])


def day_words(moment: datetime) -> str:
    """Return "Thứ Tư 25/11/2026"."""
    said = vn_weekday(moment)
    return f"{said[:1].upper()}{said[1:]} {vn_date(moment)}"


def _open_row(row: WorkRow) -> OpenRow:
    label = state_label(row.state)
    tone = label.css.removeprefix("mc-state-") or "plain"
    return OpenRow(
        code=code_text(row.number),
        address=url_for("desk.dossier", ref=row.number),
        procedure=row.procedure,
        left=Mark(tone, label.icon, str(label.text)),
    )


def _result_words(procedure: OfferedProcedure) -> str:
    forms = {
        "electronic": _("kết quả điện tử ký số"),
        "paper_numbered": _("kết quả giấy, vào số tại đây"),
        "paper_external": _("kết quả giấy, số của sổ hoặc hệ thống ngành"),
    }
    return " · ".join(filter(None, [procedure.result_name, forms[procedure.result_form]]))
