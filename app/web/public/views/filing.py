"""Filing online (nộp trực tuyến): one question at a time, everything kept at each step, filed once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import uuid4

from flask import Response, abort, request, url_for

from app.i18n import gettext as _
from app.queries import offered
from app.queries.offered import OfferedProcedure
from app.services import drafts
from app.services.drafts import DraftOwner, DraftRow
from app.services.errors import DraftGone
from app.web.context import house, now
from app.web.numbers import whole
from app.web.public import grants, journey
from app.web.public.journey import Question
from app.web.public.presenters.filing import filing_shown, paper_shown, review_groups, stage_of
from app.web.public.presenters.procedure import procedure_page
from app.web.public.uploads import FileShown, attached, picture, receive_uploads, remove, upload_hint
from app.web.public.views.home import qr_of
from app.web.responses import found, inline, page, see_other

DRAFT = "filing"


@dataclass(frozen=True, slots=True)
class Opened:
    """A draft being filled: what it is for, whose it is, what it holds."""

    procedure: OfferedProcedure
    owner: DraftOwner
    row: DraftRow

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions as the answers so far make them."""
        return journey.questions(self.procedure, self.row.data)


def filing_start(code: str) -> Response:
    """What will be asked; or, where filing here is off, the way to the national portal."""
    return _start_page(code)


def filing_begin(code: str) -> Response:
    """Open a draft and go to the first question."""
    _refuse_when_closed()
    procedure = _procedure(code)
    unit = request.form.get("desk", type=whole)
    desk = next((one for one in procedure.counters if one.unit_id == unit), procedure.counters[0])
    data = {"procedure": code, "unit": desk.unit_code, "request_id": uuid4().hex, "done": []}
    with house().unit_of_work() as uow:
        draft = drafts.open_draft(uow, kind=DRAFT, user_id=None, data=data, at=now())
    response = see_other("public.filing_question", code=code, slug=journey.WHOM)
    return grants.keep_draft(response, path_of(code), grants.code_of(draft))


def filing_resume(code: str) -> Response:
    """Open a draft by its code, on another machine or later."""
    _refuse_when_closed()
    typed = request.form.get("draft", "")
    kept = grants.kept_draft(typed)
    try:
        draft = _read(*kept) if kept else None
    except DraftGone:
        draft = None
    if kept is None or draft is None or draft.data.get("procedure") != code:
        return _start_page(code, _("Không mở được bản nháp với mã này. Vui lòng xem lại mã, hoặc bắt đầu bản mới."))
    return grants.keep_draft(see_other("public.filing_continue", code=code), path_of(code), typed.strip())


def filing_continue(code: str) -> Response:
    """Go to the first question that is still open."""
    draft = opened(code)
    slug = journey.first_open(draft.questions, draft.row.data).slug
    return see_other("public.filing_question", code=code, slug=slug)


def filing_leave(code: str) -> Response:
    """Everything is kept already; say how to come back."""
    draft = opened(code)
    return page("public/filing/left.html", filing=filing_shown(draft.procedure, draft.row, draft.owner))


def filing_question(code: str, slug: str) -> Response:
    """Show one question with what was answered."""
    draft = opened(code)
    question = _question(draft, slug)
    if question.paper:
        return _paper_page(draft, question)
    if question.form is None:
        return review_page(draft)
    return _form_page(draft, question, question.form(data=_answers(draft.row.data, question)))


def filing_answer(code: str, slug: str) -> Response:
    """Keep one answer and go on; or say what to mend, with everything that was typed."""
    draft = opened(code)
    question = _question(draft, slug)
    if question.paper:
        return _answer_paper(draft, question)
    if question.form is None:
        return abort(405)
    form = question.form(request.form)
    if not form.validate():
        return _form_page(draft, question, form, status=422)
    _keep(draft, question, form.data)
    return _next(code, slug)


def filing_remove(code: str, slug: str, link_id: int) -> Response:
    """Take one file off its paper."""
    draft = opened(code)
    remove(draft.row.id, draft.owner, link_id)
    return see_other("public.filing_question", code=code, slug=slug)


def filing_picture(code: str, link_id: int) -> Response:
    """A small picture of what was attached."""
    draft = opened(code)
    drawn, media_type = found(picture(draft.row.id, draft.owner, link_id))
    return inline(drawn, media_type=media_type)


def review_page(draft: Opened, problems: tuple[tuple[str, str], ...] = (), status: int = 200) -> Response:
    """Everything once more before it goes."""
    return page(
        "public/filing/review.html",
        status=status,
        **_frame(draft, draft.questions[-1]),
        problems=problems,
        has_errors=bool(problems),
        groups=review_groups(draft.row.data, draft.questions, _files(draft), _edit(draft)),
    )


def _start_page(code: str, wrong: str | None = None) -> Response:
    procedure = _procedure(code)
    return page(
        "public/filing/start.html",
        status=422 if wrong else 200,
        procedure=procedure_page(procedure, lambda: qr_of("public.procedure", code=code)),
        local_filing=house().settings.local_filing,
        desks=procedure.counters,
        has_draft=_has_draft(code),
        draft_wrong=wrong,
    )


def _paper_page(draft: Opened, question: Question, problems: tuple[str, ...] = (), status: int = 200) -> Response:
    code, slug = draft.procedure.code, question.slug
    return page(
        "public/filing/papers.html",
        status=status,
        **_frame(draft, question),
        problems=[("tep", sentence) for sentence in problems],
        has_errors=bool(problems),
        paper=paper_shown(question, draft.row.data),
        files=_files(draft, question),
        remove_url=lambda link_id: url_for("public.filing_remove", code=code, slug=slug, link_id=link_id),
        upload_hint=upload_hint(),
    )


def _answer_paper(draft: Opened, question: Question) -> Response:
    """Either files came, and the page comes back with them; or the citizen goes on."""
    ordinal = question.paper.ordinal if question.paper else 0
    if request.form.get("act") == "upload":
        problems = receive_uploads(draft.row.id, draft.owner, ordinal)
        if problems:
            return _paper_page(draft, question, problems, 422)
        return see_other("public.filing_question", code=draft.procedure.code, slug=question.slug)
    has_files = bool(_files(draft, question))
    later = request.form.get("later") == "1"
    if question.paper and question.paper.required and not has_files and not later:
        missing = _("Chưa có tệp nào cho giấy này. Chụp ảnh, chọn tệp, hoặc đánh dấu sẽ mang bản giấy đến quầy.")
        return _paper_page(draft, question, (missing,), 422)
    _keep(draft, question, {"later": later and not has_files})
    return _next(draft.procedure.code, question.slug)


def _files(draft: Opened, question: Question | None = None) -> tuple[FileShown, ...]:
    """Return the files of one paper, or of all."""
    code = draft.procedure.code
    files = attached(
        draft.row.id,
        draft.owner,
        lambda link_id: url_for("public.filing_picture", code=code, link_id=link_id),
    )
    wanted = question.paper.ordinal if question and question.paper else None
    return tuple(file for file in files if wanted is None or file.slot == wanted)


def _form_page(draft: Opened, question: Question, form: object, status: int = 200) -> Response:
    return page(
        "public/filing/question.html",
        status=status,
        **_frame(draft, question),
        form=form,
        has_errors=status != 200,
    )


def _frame(draft: Opened, question: Question) -> dict[str, object]:
    """Return what every page of the filing shows around its question."""
    stage = stage_of(draft.questions, question, _before(draft, question))
    return {"filing": filing_shown(draft.procedure, draft.row, draft.owner, question), "stage": stage}


def _before(draft: Opened, question: Question) -> str:
    place = draft.questions.index(question)
    if place == 0:
        return url_for("public.filing_start", code=draft.procedure.code)
    return _edit(draft)(draft.questions[place - 1])


def _edit(draft: Opened) -> Callable[[Question], str]:
    return lambda question: url_for("public.filing_question", code=draft.procedure.code, slug=question.slug)


def _next(code: str, slug: str) -> Response:
    """Go to the question after this one, or back to the review when all are answered."""
    again = opened(code)
    asked = again.questions
    if all(question.slug in again.row.data["done"] for question in asked[:-1]):
        return see_other("public.filing_question", code=code, slug=journey.REVIEW)
    place = next(number for number, question in enumerate(asked) if question.slug == slug)
    return see_other("public.filing_question", code=code, slug=asked[min(place + 1, len(asked) - 1)].slug)


def _keep(draft: Opened, question: Question, answers: dict[str, object]) -> None:
    data = {**draft.row.data, question.slug: answers}
    if question.slug == journey.WHOM:
        data["whom"] = answers["whom"]
    if "case" in answers:
        data["case"] = answers.get("case", "")
    data["done"] = sorted({*data["done"], question.slug})
    with house().unit_of_work() as uow:
        drafts.save_draft(uow, draft.row.id, draft.owner, data, expected_version=draft.row.version, at=now())


def _answers(data: dict[str, object], question: Question) -> dict[str, object]:
    kept = data.get(question.slug)
    return kept if isinstance(kept, dict) else {}


def opened(code: str) -> Opened:
    """Return this browser's draft of the procedure. Raises DraftGone; 404 for an unknown procedure."""
    _refuse_when_closed()
    kept = grants.kept_draft()
    if kept is None:
        raise DraftGone(where="draft")
    if _has_become(*kept):
        abort(see_other("public.filing_done", code=code))
    return Opened(_procedure(code), kept[1], _read(*kept))


def _has_become(draft_id: int, owner: DraftOwner) -> bool:
    """Tell whether the draft was filed already: a question opened again leads to its number."""
    with house().reading() as db:
        return drafts.draft_fate(db, draft_id, owner) is not None


def _read(draft_id: int, owner: DraftOwner) -> DraftRow:
    with house().reading() as db:
        return drafts.read_draft(db, house().vault, draft_id, owner)


def _procedure(code: str) -> OfferedProcedure:
    with house().reading() as db:
        return found(offered.procedure(db, code, at=now()))


def _question(draft: Opened, slug: str) -> Question:
    return found(next((question for question in draft.questions if question.slug == slug), None))


def _has_draft(code: str) -> bool:
    kept = grants.kept_draft()
    try:
        return kept is not None and _read(*kept).data.get("procedure") == code
    except DraftGone:
        return False


def _refuse_when_closed() -> None:
    if not house().settings.local_filing:
        abort(404)


def path_of(code: str) -> str:
    """Return the part of the site that a draft's code is kept for."""
    return url_for("public.filing_start", code=code)
