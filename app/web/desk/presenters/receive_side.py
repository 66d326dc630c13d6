"""The side of a reception, always in sight (cột bên): papers, promise and why, fee, other dossiers, who settles."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from app.domain.version_parts import PaperLine
from app.i18n import gettext as _
from app.queries.desk_catalogue import OfferedProcedure
from app.queries.promise import Promise
from app.queries.work_rows import WorkRow
from app.web.desk.forms.components_form import FORMS, PaperInput
from app.web.desk.presenters.marks import PAPER_MARKS, CodeText, Mark, code_text
from app.web.filters import money, vn_date, vn_time, vn_weekday
from app.web.labels import state_label, unconfirmed_words
from workflows.calendar import VIETNAM


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


def paper_rows(papers: tuple[PaperInput, ...], wanted: tuple[PaperLine, ...]) -> tuple[PaperRow, ...]:
    """Return the table of papers; a required one that is not there is marked as missing."""
    by_ordinal = {paper.ordinal: paper for paper in wanted}
    return tuple(_paper_row(paper, by_ordinal[paper.ordinal]) for paper in papers)


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


def _paper_row(paper: PaperInput, wanted: PaperLine) -> PaperRow:
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
    tone, icon = PAPER_MARKS[paper.kind]
    said = {
        "paper": _("Giấy, chưa quét"),
        "scanned": _("Đã quét"),
        "electronic": _("Điện tử"),
        "reused": _("Dùng lại"),
        "exempt": _("Miễn nộp"),
    }
    return Mark(tone, icon, said[paper.kind])


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
