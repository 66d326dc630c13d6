"""A filing in progress: where in it, what is attached, what will be sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.domain.checks import contradicts_birth
from app.domain.people import IdKind
from app.domain.version_parts import PaperLine
from app.i18n import gettext as _
from app.queries.offered import OfferedProcedure
from app.services.drafts import DraftOwner, DraftRow
from app.web.public import journey
from app.web.public.grants import DRAFT_LASTS
from app.web.public.journey import Question
from app.web.public.presenters.words import plain_name
from app.web.public.uploads import FileShown
from workflows.calendar import VIETNAM


@dataclass(frozen=True, slots=True)
class PaperState:
    """One line of the list beside the question."""

    name: str
    note: str
    icon: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class FilingShown:
    """The draft itself: for what, kept when and until when, and the code that opens it elsewhere."""

    code: str
    procedure: str
    saved_at: datetime
    kept_until: date
    draft_code: str
    papers: tuple[PaperState, ...]


@dataclass(frozen=True, slots=True)
class Stage:
    """Where the question stands: stage 3 of 5, its title, which one of its own, the way back."""

    number: int
    total: int
    title: str
    part: str
    question: str
    hint: str
    back: str


@dataclass(frozen=True, slots=True)
class PaperAsked:
    """The paper that this question asks for."""

    name: str
    required: bool
    note: str
    later: bool


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One answer."""

    head: str
    words: str
    edit: str = ""


@dataclass(frozen=True, slots=True)
class ReviewGroup:
    """The answers of one question, with the way back to it."""

    title: str
    edit: str
    lines: tuple[ReviewLine, ...]
    warning: str = ""


def filing_shown(
    procedure: OfferedProcedure, row: DraftRow, owner: DraftOwner, question: Question | None = None
) -> FilingShown:
    """Return the draft as the frame of each question shows it."""
    asked = journey.papers_to_attach(procedure, row.data)
    return FilingShown(
        procedure.code,
        plain_name(procedure.name),
        row.updated_at,
        (row.updated_at + DRAFT_LASTS).astimezone(VIETNAM).date(),
        f"{row.id}.{owner.token}",
        tuple(_paper_state(procedure, paper, row.data, asked, question) for paper in procedure.papers),
    )


def stage_of(asked: tuple[Question, ...], question: Question, back: str) -> Stage:
    """Return where `question` stands among `asked`."""
    titles = journey.stages(asked)
    same = [one for one in asked if one.stage == question.stage]
    part = ""
    if len(same) > 1:
        part = _("%(stage)s %(n)s trên %(total)s", stage=question.stage, n=same.index(question) + 1, total=len(same))
    return Stage(
        titles.index(question.stage) + 1, len(titles), question.stage, part, question.words, question.hint, back
    )


def paper_shown(question: Question, data: Mapping[str, Any]) -> PaperAsked:
    """Return the paper of a question."""
    paper = question.paper
    if paper is None:
        raise ValueError("a question without a paper")
    return PaperAsked(paper.name, paper.required, paper.note, _is_later(data, paper))


def review_groups(
    data: Mapping[str, Any],
    asked: Sequence[Question],
    files: Sequence[FileShown],
    edit: Callable[[Question], str],
) -> tuple[ReviewGroup, ...]:
    """Return all answers by question, in order."""
    plain = [question for question in asked[:-1] if not question.paper]
    groups = [
        ReviewGroup(question.words, edit(question), _form_lines(question, data), _warning(question, data))
        for question in plain
    ]
    papers = tuple(
        _paper_line(question.paper, data, files, edit(question)) for question in asked if question.paper is not None
    )
    if papers:
        groups.insert(len(groups) - 1, ReviewGroup(_("Giấy tờ"), "", papers))
    return tuple(groups)


def _paper_state(
    procedure: OfferedProcedure,
    paper: PaperLine,
    data: Mapping[str, Any],
    asked: Sequence[PaperLine],
    question: Question | None,
) -> PaperState:
    if paper.exemption:
        note = _("Không phải nộp: lấy từ cơ sở dữ liệu") if paper.exemption == "database" else _("Không phải nộp")
        return PaperState(paper.name, paper.note or note, "database-check", False)
    if journey.is_filled_in(procedure, paper):
        return PaperState(paper.name, _("Điền ngay trên trang, không phải tải lên"), "check-circle-fill", False)
    if paper not in asked:
        return PaperState(paper.name, _("Chỉ cho trường hợp: %(case)s", case=paper.case), "dash-circle", False)
    if question and question.paper == paper:
        return PaperState(paper.name, _("Đang làm"), "pencil-square", True)
    if f"{journey.PAPER}-{paper.ordinal}" in data.get("done", ()):
        words = _("Mang bản giấy đến quầy") if _is_later(data, paper) else _("Đã xong")
        return PaperState(paper.name, words, "check-circle-fill", False)
    return PaperState(paper.name, _("Chưa làm"), "circle", False)


def _is_later(data: Mapping[str, Any], paper: PaperLine) -> bool:
    kept = data.get(f"{journey.PAPER}-{paper.ordinal}")
    return bool(kept and kept.get("later"))


def _paper_line(paper: PaperLine, data: Mapping[str, Any], files: Sequence[FileShown], edit: str) -> ReviewLine:
    names = ", ".join(file.name for file in files if file.slot == paper.ordinal)
    if not names and _is_later(data, paper):
        names = _("Mang bản giấy đến quầy")
    return ReviewLine(paper.name, names or (_("Không có") if not paper.required else ""), edit)


def _form_lines(question: Question, data: Mapping[str, Any]) -> tuple[ReviewLine, ...]:
    kept = data.get(question.slug)
    if question.form is None or kept is None:
        return ()
    form = question.form(data=kept)
    lines = [(field, ReviewLine(str(field.label.text), _answer(field))) for field in form]
    return tuple(line for field, line in lines if line.words or field.flags.required)


def _answer(field: Any) -> str:
    """Return the answer in words: the label of a choice, else what was typed."""
    if hasattr(field, "iter_choices"):
        labels = {str(choice.value): str(choice.label).split("|")[0] for choice in field.iter_choices()}
        return labels.get(str(field.data), "") if field.data else ""
    return str(field.data or "")


def _warning(question: Question, data: Mapping[str, Any]) -> str:
    kept = data.get(question.slug) or {}
    if question.slug not in (journey.PERSON, journey.SUBJECT) or kept.get("id_kind") != IdKind.CCCD:
        return ""
    if contradicts_birth(kept.get("id_number", ""), kept.get("birth", ""), kept.get("sex", "")):
        return _("Số CCCD không khớp với ngày sinh hoặc giới tính. Vui lòng đối chiếu với thẻ; nếu đúng thì cứ nộp.")
    return ""
