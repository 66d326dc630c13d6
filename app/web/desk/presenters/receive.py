"""The receive page as it is shown (trang tiếp nhận): parts of the form, and the side that is always in sight."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from wtforms import Field, Form

from app.domain.fees import PER_PIECE, amount_of, due_vnd
from app.domain.version_parts import FeeLine
from app.i18n import gettext as _
from app.queries.desk_catalogue import ProcedureOption
from app.queries.promise import Promise
from app.queries.work_rows import WorkRow
from app.web.desk.forms import own_fields
from app.web.desk.forms.receive_form import ReceiveForm
from app.web.desk.other_card import OtherCard
from app.web.desk.presenters.marks import Mark
from app.web.desk.presenters.receive_side import Line, PaperRow, Side, paper_rows, side_of
from app.web.desk.receive_entry import Entry
from app.web.filters import money

USUAL = ("sy", "ks", "tthn", "tl", "ck", "kt", "kh", "hkd", "mt", "dd")


@dataclass(frozen=True, slots=True)
class Quick:
    """One of the clerk's most used procedures, a key's press away."""

    value: str
    alias: str
    text: str
    on: bool


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
    other_card: OtherCard | None
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
    has_places: bool
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
        other_card=entry.other_card,
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
        has_places=len(form.returning_code.choices or ()) > 1,
        after_procedure=_first_own(entry),
        procedure_choices=tuple(_quick(option, "") for option in entry.candidates),
        quick=_quicks(entry, used),
        components=rows,
        components_words=_have_words(rows),
        fee_exemptions=len(form.fee_exemption.choices or ()) > 1,
        fee_by_piece=bool(procedure and any(line.per in PER_PIECE for line in procedure.fees)),
        fee_vnd=fee,
        errors=errors,
        errors_title=_("Chưa in được Mẫu 01: còn %(n)s chỗ", n=len(errors)),
        warnings=(_revised_words(),) if entry.was_revised else (),
        draft_words=draft_words,
        drafts=drafts,
        side=side_of(procedure, promise, rows, fee=fee, lines=lines, others=others, at=at),
    )


def _revised_words() -> str:
    return _(
        "Thủ tục đã đổi phiên bản sau khi mở trang: giấy tờ, phí và thời hạn bên dưới là của phiên bản mới. "
        "Nội dung đã nhập còn nguyên; hãy kiểm lại giấy tờ rồi tiếp nhận."
    )


def fee_of(entry: Entry) -> tuple[int, tuple[Line, ...]]:
    """Return the fee in whole đồng and its lines; lines with a condition are named, not added."""
    if entry.procedure is None:
        return 0, ()
    quantity, exemption = entry.form.fee_quantity.data or 1, entry.form.fee_exemption.data or ""
    fees = entry.procedure.fees
    lines = tuple(_fee_line(fee, quantity) for fee in fees if fee.channel in (None, entry.channel))
    due = due_vnd(fees, entry.channel, quantity=quantity, exemption=exemption)
    if exemption:
        lifted = due_vnd(fees, entry.channel, quantity=quantity) - due
        lines = (*lines, Line(_("Miễn, giảm: %(why)s", why=exemption), money(-lifted)))
    return due, lines


def _fee_line(fee: FeeLine, quantity: int) -> Line:
    if fee.condition:
        return Line(_("%(name)s (chỉ khi: %(when)s)", name=fee.name, when=fee.condition), money(fee.amount_vnd or 0))
    times = f" × {quantity}" if fee.per in PER_PIECE else ""
    return Line(f"{fee.name}{times}", money(amount_of(fee, quantity)))


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
