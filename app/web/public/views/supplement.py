"""Answering a supplement request (bổ sung hồ sơ): each paper kept as it comes, all sent with one click."""

from __future__ import annotations

from flask import Response, request, session, url_for

from app.i18n import gettext as _
from app.queries import filings
from app.queries.tracking import Tracked
from app.services import drafts
from app.services.drafts import DraftOwner
from app.services.errors import DraftGone
from app.services.own_dossier import answer_from_draft
from app.web.context import house, now
from app.web.forms import sentence_of
from app.web.numbers import whole
from app.web.public.presenters.supplement import supplement_shown
from app.web.public.uploads import FileShown, attached, picture, receive_uploads, remove, upload_hint
from app.web.public.views.tracking import opened
from app.web.responses import found, inline, page, see_other
from workflows.errors import RuleBroken

DRAFT = "supplement"
LONGEST_ANSWER = 2_000
_KEY = "bo_sung"


def supplement() -> Response:
    """What is asked, what is attached so far."""
    dossier = opened()
    if dossier is None or dossier.supplement is None:
        return see_other("public.track_dossier")
    return _page(dossier)


def supplement_upload() -> Response:
    """Keep the sent files with the paper they belong to."""
    dossier = found(opened())
    slot = request.form.get("paper", type=whole)
    if slot not in {paper.ordinal for paper in _papers(dossier)}:
        return _page(dossier, (("paper", _("Chưa chọn tệp này là giấy tờ nào.")),), 422)
    draft_id, owner = _draft(dossier)
    problems = receive_uploads(draft_id, owner, slot)
    if problems:
        return _page(dossier, tuple(("tep", sentence) for sentence in problems), 422)
    return see_other("public.supplement")


def supplement_picture(link_id: int) -> Response:
    """A small picture of what was attached."""
    draft = found(_kept(found(opened())))
    drawn, media_type = found(picture(*draft, link_id))
    return inline(drawn, media_type=media_type)


def supplement_remove(link_id: int) -> Response:
    """Take one file off."""
    remove(*found(_kept(found(opened()))), link_id)
    return see_other("public.supplement")


def send_supplement() -> Response:
    """Send everything: the dossier goes on, and its clock as the ground of the pause says."""
    dossier = found(opened())
    answer = request.form.get("answer", "")
    draft = _kept(dossier)
    if not _files(dossier):
        missing = _("Chưa có tệp nào. Gửi ít nhất một giấy tờ được yêu cầu.")
        return _page(dossier, (("tep", missing),), 422, answer=answer)
    try:
        with house().unit_of_work() as uow:
            answer_from_draft(uow, dossier.id, found(draft), answer, at=now())
    except RuleBroken as refused:
        return _page(dossier, (("answer", sentence_of(refused)),), getattr(refused, "status", 422), answer=answer)
    session.pop(_KEY, None)
    return see_other("public.track_dossier")


def _page(
    dossier: Tracked, problems: tuple[tuple[str, str], ...] = (), status: int = 200, *, answer: str = ""
) -> Response:
    return page(
        "public/supplement.html",
        status=status,
        supplement=supplement_shown(dossier),
        papers=_papers(dossier),
        problems=problems,
        files=_files(dossier),
        remove_url=lambda link_id: url_for("public.supplement_remove", link_id=link_id),
        upload_hint=upload_hint(),
        answer=answer[:LONGEST_ANSWER],
    )


def _papers(dossier: Tracked) -> tuple[filings.PaperOfDossier, ...]:
    with house().reading() as db:
        return filings.papers_of(db, dossier.id)


def _files(dossier: Tracked) -> tuple[FileShown, ...]:
    kept = _kept(dossier)
    if kept is None:
        return ()
    return attached(*kept, lambda link_id: url_for("public.supplement_picture", link_id=link_id))


def _kept(dossier: Tracked) -> tuple[int, DraftOwner] | None:
    """Return the draft of this dossier's supplement that this browser holds and that is still open."""
    kept = session.get(_KEY)
    if not kept or kept[0] != dossier.id:
        return None
    owner = DraftOwner(token=kept[2])
    try:
        with house().reading() as db:
            drafts.read_draft(db, house().vault, kept[1], owner)
    except DraftGone:
        return None
    return kept[1], owner


def _draft(dossier: Tracked) -> tuple[int, DraftOwner]:
    """Return the draft, opened now when there is none."""
    kept = _kept(dossier)
    if kept is not None:
        return kept
    with house().unit_of_work() as uow:
        draft = drafts.open_draft(uow, kind=DRAFT, user_id=None, data={"dossier": dossier.id}, at=now())
    session[_KEY] = [dossier.id, draft.id, draft.token]
    return draft.id, DraftOwner(token=draft.token)
