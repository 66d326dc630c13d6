"""The way through a filing: which questions this procedure asks, in which order, and what is still open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from wtforms import Form

from app.i18n import gettext as _
from app.queries.offered import OfferedProcedure, PaperLine
from app.web.public.forms import ContactForm, DeliveryForm, PersonForm, SubjectForm, WhomForm, own_form

WHOM, PERSON, CONTACT, SUBJECT, OWN = "cho-ai", "nguoi-nop", "lien-he", "chu-ho-so", "noi-dung"
PAPER, DELIVERY, REVIEW = "giay-to", "nhan-ket-qua", "xem-lai"
APPLICATION_FORM = "TK"  # tờ khai: filled in on the page instead of on paper


@dataclass(frozen=True, slots=True)
class Question:
    """One page of the filing: its address, the stage it belongs to, its words, its form where it has one."""

    slug: str
    stage: str
    words: str
    hint: str = ""
    form: type[Form] | None = None
    paper: PaperLine | None = None


def questions(procedure: OfferedProcedure, data: Mapping[str, Any]) -> tuple[Question, ...]:
    """Return the questions in order, as the answers so far make them."""
    return tuple(_questions(procedure, data))


def stages(asked: tuple[Question, ...]) -> tuple[str, ...]:
    """Return the stages of the progress bar."""
    return tuple(dict.fromkeys(question.stage for question in asked))


def papers_to_attach(procedure: OfferedProcedure, data: Mapping[str, Any]) -> tuple[PaperLine, ...]:
    """Return the papers that are asked for: none that a database holds, none that is only shown."""
    case = data.get("case", "")
    return tuple(
        paper
        for paper in procedure.papers
        if not paper.exemption and (not paper.case or paper.case == case) and not is_filled_in(procedure, paper)
    )


def is_filled_in(procedure: OfferedProcedure, paper: PaperLine) -> bool:
    """Tell whether the answers on the page stand for this paper (biểu mẫu điện tử tương tác)."""
    return paper.paper_code == APPLICATION_FORM and bool(procedure.own_fields)


def first_open(asked: tuple[Question, ...], data: Mapping[str, Any]) -> Question:
    """Return the first question that has not been answered, or the review."""
    done = set(data.get("done", ()))
    return next((question for question in asked if question.slug not in done), asked[-1])


def _questions(procedure: OfferedProcedure, data: Mapping[str, Any]) -> Iterator[Question]:
    who = _("Người nộp")
    yield Question(WHOM, who, _("Bạn nộp cho ai?"), form=WhomForm)
    yield Question(PERSON, who, _("Bạn là ai?"), _("Ghi như trên giấy tờ của bạn."), PersonForm)
    yield Question(CONTACT, who, _("Báo tin cho bạn bằng cách nào?"), form=ContactForm)
    if data.get("whom") == "other":
        yield Question(SUBJECT, who, _("Hồ sơ này là của ai?"), _("Người được cấp kết quả."), SubjectForm)
    if procedure.own_fields or procedure.cases:
        form = own_form(procedure.own_fields, procedure.cases)
        yield Question(OWN, _("Nội dung"), _("Nội dung cần giải quyết"), _("Thay cho tờ khai giấy."), form)
    for paper in papers_to_attach(procedure, data):
        yield Question(f"{PAPER}-{paper.ordinal}", _("Giấy tờ"), paper.name, paper=paper)
    yield Question(DELIVERY, _("Nhận kết quả"), _("Nhận kết quả thế nào?"), form=DeliveryForm)
    yield Question(REVIEW, _("Xem lại"), _("Xem lại trước khi nộp"))
