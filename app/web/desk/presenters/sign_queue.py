"""The leader's signing page as it is shown (trình ký): what was read can be chosen, nothing else."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from flask import url_for

from app.i18n import gettext as _
from app.queries.result_queue import WaitingResult
from app.web.desk.presenters.dossier_people import Fact
from app.web.desk.presenters.key_note import KeyNote
from app.web.desk.presenters.marks import CodeText, Mark, code_text
from app.web.desk.presenters.worklist import Reader, shown_rows
from app.web.filters import vn_datetime

GROUP = 4


@dataclass(frozen=True, slots=True)
class SignItem:
    """One document of the list. `choice` is what the checkbox sends."""

    ref: str
    choice: str
    title: str
    person: str
    code: CodeText
    left: Mark
    address: str
    short_digest: str
    read: bool
    chosen: bool
    current: bool
    on_paper: bool
    note: str
    note_icon: str
    note_css: str


@dataclass(frozen=True, slots=True)
class SignView:
    """The document being read."""

    title: str
    pages_words: str
    pages: tuple[object, ...]
    read_mark: Mark
    code: CodeText
    dossier_address: str
    procedure: str
    left: Mark
    promised: str
    facts: tuple[Fact, ...]
    digest: str
    version: int
    send_back: str
    approve_paper: str
    result_id: int
    drawn_for: str
    redraw: str


@dataclass(frozen=True, slots=True)
class SignPage:
    """The whole page."""

    items: tuple[SignItem, ...]
    read_count: int
    chosen_count: int
    view: SignView | None
    signer: str
    signer_words: str
    ask_pin: bool
    pin_error: str
    errors: tuple[tuple[str, str], ...]
    key: KeyNote


@dataclass(frozen=True, slots=True)
class Choosing:
    """What was chosen before: the choices, and why signing did not go through."""

    chosen: Collection[str] = ()
    asks_pin: bool = False
    pin_error: str = ""
    errors: tuple[tuple[str, str], ...] = ()


def choice_of(waiting: WaitingResult) -> str:
    """Return what a checkbox sends: the document as it was read, down to the keyed digest of its file."""
    return f"{waiting.row.number} {waiting.version} {waiting.result_id} {waiting.digest_mac}"


def sign_items(
    results: Sequence[WaitingResult],
    read: Collection[int],
    reader: Reader,
    choosing: Choosing,
    *,
    current: str,
    digest: Callable[[WaitingResult], str],
) -> tuple[SignItem, ...]:
    """Return the list; a document that was proposed anew after reading has to be read again."""
    rows = shown_rows([result.row for result in results], reader)
    found = []
    for waiting, row in zip(results, rows, strict=True):
        is_read = waiting.link_id in read
        note, icon, css = _note(waiting, is_read=is_read)
        found.append(
            SignItem(
                ref=row.ref,
                choice=choice_of(waiting),
                title=waiting.title,
                person=row.subject,
                code=row.code,
                left=row.left,
                address=url_for("desk.sign_queue", ho_so=row.ref),
                short_digest=short(digest(waiting)),
                read=is_read,
                chosen=is_read and (not choosing.asks_pin or choice_of(waiting) in choosing.chosen),
                current=row.ref == current,
                on_paper=waiting.form != "electronic",
                note=note,
                note_icon=icon,
                note_css=css,
            )
        )
    return tuple(found)


def sign_view(
    waiting: WaitingResult,
    reader: Reader,
    *,
    pages: tuple[object, ...],
    is_read: bool,
    digest: str,
    drawn_for: str = "",
) -> SignView:
    """Return the document being read with the facts beside it; `drawn_for` is another signer that its block names."""
    row = shown_rows([waiting.row], reader)[0]
    ref, on_paper = row.ref, waiting.form != "electronic"
    facts = [
        Fact(_("Người trình"), f"{waiting.proposed_by}, {vn_datetime(waiting.proposed_at)}"),
        Fact(_("Ý kiến"), waiting.note),
        Fact(_("Chủ hồ sơ"), row.subject),
        Fact(_("Hình thức"), _("bản giấy, ký tay") if on_paper else _("bản điện tử, ký số")),
    ]
    return SignView(
        title=waiting.title,
        pages_words=_("%(n)s trang", n=waiting.pages) if waiting.pages else _("chưa có tệp"),
        pages=pages,
        read_mark=Mark("ok", "check-circle", _("Đã mở đọc")) if is_read else Mark("plain", "eye", _("Bản giấy")),
        code=code_text(row.ref),
        dossier_address=row.address,
        procedure=row.procedure,
        left=row.left,
        promised=_("hẹn %(day)s, %(time)s", day=row.promised, time=row.promised_note),
        facts=tuple(fact for fact in facts if fact.value),
        digest=grouped(digest),
        version=waiting.version,
        send_back=url_for("desk.sign_back", ref=ref),
        approve_paper=url_for("desk.approve_paper", ref=ref) if on_paper else "",
        result_id=waiting.result_id,
        drawn_for=drawn_for,
        redraw=url_for("desk.redraw", ref=ref) if drawn_for else "",
    )


def short(digest: str) -> str:
    """Return "a3f9 12c7 … 7b36" of a digest."""
    return f"{digest[:4]} {digest[4:8]} … {digest[-4:]}" if digest else ""


def grouped(digest: str) -> str:
    """Return a digest in groups of four, to be compared by eye."""
    return " ".join(digest[start : start + GROUP] for start in range(0, len(digest), GROUP))


def _note(waiting: WaitingResult, *, is_read: bool) -> tuple[str, str, str]:
    if waiting.form != "electronic":
        return _("Bản giấy: ký tay rồi ghi nhận khi xem"), "file-earmark", "mc-muted"
    if is_read:
        return "", "", ""
    if waiting.result_version > 1:
        at = vn_datetime(waiting.proposed_at)
        return _("Tệp trình lại lúc %(at)s, cần đọc lại", at=at), "arrow-repeat", "mc-wrong-text"
    return _("Chưa đọc: %(n)s trang", n=waiting.pages), "eye-slash", "mc-muted"
