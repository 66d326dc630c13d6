"""What stands on the receive form at one moment (nội dung đang nhập): typed, scanned, or from a draft.

The same reading serves a first visit, a recomputation, a restored draft and the reception itself, so that
each shows exactly what the next would do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from wtforms import Form

from app.domain import checks
from app.domain.channels import Channel
from app.domain.citizen_card import read_card
from app.domain.people import Staff
from app.i18n import gettext as _
from app.queries.desk_catalogue import (
    OfferedProcedure,
    ProcedureOption,
    authorities,
    foreign_options,
    offered_procedure,
    procedure_options,
    settlers,
)
from app.web.desk.forms import own_fields
from app.web.desk.forms.checking import named
from app.web.desk.forms.components_form import PaperInput, default_input, paper_input
from app.web.desk.forms.receive_form import ReceiveForm
from app.web.desk.other_card import USE_CARD, OtherCard, other_card
from app.web.desk.procedure_choice import match
from app.web.forms import sentence_of
from app.web.numbers import whole
from workflows.calendar import VIETNAM
from workflows.errors import RuleBroken

Typed = MultiDict[str, str]
NOT_KEPT = frozenset({"csrf_token", "act", "quick", "draft", "other_card"})


@dataclass(frozen=True, slots=True)
class Entry:
    """The form with everything that follows from it. `true_at` is the time received, if typed later.

    `was_revised`: the page that was sent showed an older version of the procedure than today's.
    """

    form: ReceiveForm
    own: Form
    procedure: OfferedProcedure | None
    candidates: tuple[ProcedureOption, ...]
    options: tuple[ProcedureOption, ...]
    papers: tuple[PaperInput, ...]
    papers_of: str
    true_at: datetime | None
    card_number: str
    token: str
    draft_id: int | None
    crosses_boundary: bool = False
    was_revised: bool = False
    other_card: OtherCard | None = None

    @property
    def channel(self) -> int:
        """The channel chosen, direct unless the post brought it."""
        return Channel.POST if self.form.channel.data == str(int(Channel.POST)) else Channel.DIRECT


def read_entry(db: Session, staff: Staff, typed: Typed, at: datetime) -> Entry:
    """Return the entry of what was typed; an empty `typed` is a fresh form."""
    today = at.astimezone(VIETNAM).date()
    form = ReceiveForm(typed or None, today=today)
    card_number, other_card = _take_card(form, typed)
    options = procedure_options(db, staff, today)
    procedure, candidates = _procedure(db, staff, form, typed, options=options, today=today)
    _offer(form, procedure)
    _offer_places(form, authorities(db, staff))
    own = own_fields.own_form(procedure.own_fields if procedure else (), typed or None, {})
    papers_of = f"{procedure.code} {procedure.version} {form.case_name.data or ''}" if procedure else ""
    papers = _papers(procedure, form, typed, papers_of) if procedure else ()
    return Entry(
        form=form,
        own=own,
        procedure=procedure,
        candidates=candidates,
        options=options,
        papers=papers,
        papers_of=papers_of,
        true_at=_true_time(form, today),
        card_number=card_number,
        token=typed.get("token", ""),
        draft_id=typed.get("draft", type=whole),
        crosses_boundary=bool(procedure and procedure.settling_unit_id != staff.root_unit_id),
        was_revised=_was_revised(typed.get("papers_of", ""), papers_of),
        other_card=other_card,
    )


def with_all_papers(entry: Entry) -> Entry:
    """Return the entry with every required paper ticked: the clerk saw that all is there."""
    required = {paper.ordinal for paper in (entry.procedure.papers if entry.procedure else ()) if paper.required}
    ticked = (replace(paper, have=paper.have or paper.ordinal in required) for paper in entry.papers)
    return replace(entry, papers=tuple(ticked))


def _take_card(form: ReceiveForm, typed: Typed) -> tuple[str, OtherCard | None]:
    """Fill the person from a scanned card and return its number; a card of somebody else is told and not taken.

    A scan that cannot be read is said and not kept in the field.
    """
    chosen = typed.get("other_card", "") if typed.get("act") == USE_CARD else ""
    scanned = chosen or form.id_number.data or ""
    from_card = typed.get("card_number", "")
    if "|" not in scanned and len(scanned) < 40:
        return (from_card if from_card == scanned else ""), None
    try:
        card = read_card(scanned)
    except RuleBroken as error:
        form.id_number.data, form.id_number.errors = "", [sentence_of(error)]
        return "", None
    before = typed.get("number_before", "")
    if not chosen and (other := other_card(scanned, card, _given(form, before))):
        form.id_number.data = before
        return (from_card if from_card == before else ""), other
    form.id_number.data, form.name.data, form.birth.data = card.number, card.name, card.birth
    form.sex.data, form.address.data, form.id_kind.data = card.sex, card.address, "cccd"
    return card.number, None


def _given(form: ReceiveForm, number: str) -> dict[str, tuple[str, str]]:
    return {
        "number": (form.id_number.label.text, number),
        "name": (form.name.label.text, form.name.data or ""),
        "birth": (form.birth.label.text, form.birth.data or ""),
    }


def _procedure(
    db: Session,
    staff: Staff,
    form: ReceiveForm,
    typed: Typed,
    *,
    options: tuple[ProcedureOption, ...],
    today: date,
) -> tuple[OfferedProcedure | None, tuple[ProcedureOption, ...]]:
    text = typed.get("quick") or form.procedure.data or ""
    found = match(options, text)
    if found.chosen is None and not found.candidates:  # nothing of ours: another authority's, regardless of boundary
        found = match(foreign_options(db, staff, today), text)
    if found.chosen is None:
        if text:
            form.procedure.errors = [_not_one(len(found.candidates))]
        return None, found.candidates
    form.procedure.data = found.chosen.short_name or found.chosen.name
    return offered_procedure(db, _settler(db, staff, form, found.chosen.code, today), found.chosen.code, today), ()


def _settler(db: Session, staff: Staff, form: ReceiveForm, code: str, today: date) -> int:
    """Return the authority that settles: the one chosen, else the desk's own, else the first that does."""
    offered = settlers(db, staff, code, today)
    form.settling_code.choices = named([(unit_code, name) for _id, unit_code, name in offered])
    by_code = {unit_code: unit_id for unit_id, unit_code, _name in offered}
    if form.settling_code.data not in by_code:
        form.settling_code.data = offered[0][1] if offered else ""
    return by_code.get(form.settling_code.data, staff.root_unit_id)


def _not_one(candidates: int) -> str:
    if candidates:
        return _("Có %(n)s thủ tục khớp. Chọn một bên dưới hoặc gõ thêm.", n=candidates)
    return _("Không có thủ tục nào đang mở khớp với chữ đã gõ. Gõ tắt khác, mã hoặc một phần tên.")


def _offer(form: ReceiveForm, procedure: OfferedProcedure | None) -> None:
    """Fill the choices that depend on the procedure; what no longer exists falls back to the first."""
    names = [case["name"] for case in procedure.cases] if procedure else []
    form.case_name.choices = named([("", _("Trường hợp thông thường")), *((name, name) for name in names)])
    reasons = dict.fromkeys(reason for fee in (procedure.fees if procedure else ()) for reason in fee.exemptions)
    form.fee_exemption.choices = named([("", _("Thu đủ")), *((reason, reason) for reason in reasons)])
    if form.case_name.data not in names:
        form.case_name.data = ""
    if form.fee_exemption.data not in reasons:
        form.fee_exemption.data = ""


def _offer_places(form: ReceiveForm, others: Sequence[tuple[str, str]]) -> None:
    """Fill who may help to file and who may return; this desk is both unless another is chosen."""
    for field_, here in ((form.assisting_code, _("Không có")), (form.returning_code, _("Tại đây"))):
        field_.choices = named([("", here), *others])
        if field_.data not in dict(others):
            field_.data = ""


def _papers(procedure: OfferedProcedure, form: ReceiveForm, typed: Typed, papers_of: str) -> tuple[PaperInput, ...]:
    read: Callable[..., PaperInput] = paper_input if typed.get("papers_of") == papers_of else default_input
    return tuple(read(typed, paper) for paper in procedure.papers_of(form.case_name.data or ""))


def _was_revised(seen: str, papers_of: str) -> bool:
    """Tell whether the same case of the same procedure was on the page, in another version than today's."""
    before, here = seen.split(" ", 2), papers_of.split(" ", 2)
    return len(before) == len(here) and before != here and (before[0], before[2:]) == (here[0], here[2:])


def _true_time(form: ReceiveForm, today: date) -> datetime | None:
    """Return the time typed, as an instant in Vietnam, today's unless a day is named; services judge the rest."""
    text = (form.true_time.data or "").strip().replace("h", ":").replace("g", ":")
    if not text:
        return None
    hours, _colon, minutes = text.partition(":")
    try:
        today = checks.day(form.true_day.data, where="true_day") if (form.true_day.data or "").strip() else today
    except RuleBroken as error:
        form.true_day.errors = [sentence_of(error)]
        return None
    try:
        return datetime.combine(today, time(int(hours), int(minutes or 0)), VIETNAM)
    except (ValueError, OverflowError):
        form.true_time.errors = [_("Giờ chưa đúng. Nhập giờ và phút, ví dụ 08:15.")]
        return None


def kept_fields(typed: Mapping[str, str] | Typed) -> list[list[str]]:
    """Return what a draft keeps of a form: every field but tokens, buttons and a card that was not taken."""
    pairs = typed.items(multi=True) if isinstance(typed, MultiDict) else typed.items()
    return [[name, value] for name, value in pairs if name not in NOT_KEPT]


def restored(fields: list[list[str]], draft_id: int) -> Typed:
    """Return a draft's fields as if they had been typed now."""
    typed: Typed = MultiDict((name, value) for name, value in fields)
    typed["draft"] = str(draft_id)
    return typed
