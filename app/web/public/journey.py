"""The way through a filing: which questions this procedure asks, in which order, and what is still open."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from wtforms import Form

from app.domain.version_parts import PaperLine
from app.i18n import gettext as _
from app.queries.offered import OfferedProcedure
from app.web.public.forms import ContactForm, DeliveryForm, PersonForm, SubjectForm, WhomForm, case_form, own_form

WHOM, PERSON, CONTACT, SUBJECT, OWN = "cho-ai", "nguoi-nop", "lien-he", "chu-ho-so", "noi-dung"
PAPER, DELIVERY, REVIEW = "giay-to", "nhan-ket-qua", "xem-lai"
OWN_PREFIX = "own_"
FEWEST_FIELDS, MOST_FIELDS = 3, 7  # on one page
APPLICATION_FORM = "TK"  # tờ khai: filled in on the page instead of on paper

Definition = Mapping[str, Any]
_WHO = re.compile(r"\(([^)]+)\)$")


@dataclass(frozen=True, slots=True)
class Question:
    """One page of the filing: its address, the stage it belongs to, its words, its form where it has one."""

    slug: str
    stage: str
    words: str
    hint: str = ""
    form: type[Form] | None = field(default=None, compare=False)  # built anew for each request
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


def own_answers(data: Mapping[str, Any]) -> dict[str, str]:
    """Return the answers to the procedure's own questions by key, those left empty left out."""
    pages = [answers for slug, answers in data.items() if slug.startswith(f"{OWN}-") and isinstance(answers, dict)]
    return {
        key.removeprefix(OWN_PREFIX): str(value)
        for answers in pages
        for key, value in answers.items()
        if key.startswith(OWN_PREFIX) and value
    }


def _own_questions(procedure: OfferedProcedure) -> Iterator[Question]:
    """Yield the procedure's own questions, a few fields of one subject on each page."""
    stage, hint = _("Nội dung"), _("Thay cho tờ khai giấy.")
    if procedure.cases:
        yield Question(f"{OWN}-0", stage, _("Trường hợp của bạn"), form=case_form(procedure.cases))
    for number, fields in enumerate(_by_subject(procedure.own_fields), start=1):
        yield Question(f"{OWN}-{number}", stage, _title(fields), hint, own_form(fields))


def _by_subject(fields: Sequence[Definition]) -> Iterator[list[Definition]]:
    """Yield the fields in runs of one subject (child_…, mother_…); single ones join what came before."""
    page: list[Definition] = []
    for _subject, run in groupby(fields, key=lambda field: str(field["key"]).partition("_")[0]):
        fresh = list(run)
        if page and len(page) + len(fresh) > MOST_FIELDS:
            yield page
            page = []
        page = page + fresh
        if len(page) >= FEWEST_FIELDS and len(fresh) > 1:
            yield page
            page = []
    if page:
        yield page


def _title(fields: Sequence[Definition]) -> str:
    """Return whom the page is about, where its labels say so: "Số định danh (mẹ)"."""
    named = {found[1] for field in fields if (found := _WHO.search(str(field["label"])))}
    return _("Thông tin về %(who)s", who=named.pop()) if len(named) == 1 else _("Nội dung cần giải quyết")


def _questions(procedure: OfferedProcedure, data: Mapping[str, Any]) -> Iterator[Question]:
    who = _("Người nộp")
    yield Question(WHOM, who, _("Bạn nộp cho ai?"), form=WhomForm)
    yield Question(PERSON, who, _("Bạn là ai?"), _("Ghi như trên giấy tờ của bạn."), PersonForm)
    yield Question(CONTACT, who, _("Báo tin cho bạn bằng cách nào?"), form=ContactForm)
    if data.get("whom") == "other":
        yield Question(SUBJECT, who, _("Hồ sơ này là của ai?"), _("Người được cấp kết quả."), SubjectForm)
    yield from _own_questions(procedure)
    for paper in papers_to_attach(procedure, data):
        yield Question(f"{PAPER}-{paper.ordinal}", _("Giấy tờ"), paper.name, paper=paper)
    yield Question(DELIVERY, _("Nhận kết quả"), _("Nhận kết quả thế nào?"), form=DeliveryForm)
    yield Question(REVIEW, _("Xem lại"), _("Xem lại trước khi nộp"))
