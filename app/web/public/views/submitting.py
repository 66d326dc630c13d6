"""The last click of a filing, and the page with number and secret that follows it."""

from __future__ import annotations

from flask import Response, abort, request

from app.domain.identifiers import printed_secret
from app.i18n import gettext as _
from app.queries import filings
from app.services import drafts
from app.services.errors import DraftGone
from app.services.submission import file_online
from app.web.context import house, now, remote_address
from app.web.forms import sentence_of
from app.web.public import grants
from app.web.public.presenters.filed import filed_shown
from app.web.public.sending import filing_of, still_open
from app.web.public.views.filing import Opened, opened, path_of, review_page
from app.web.public.views.home import qr_of
from app.web.responses import page, see_other
from workflows.errors import RuleBroken


def filing_submit(code: str) -> Response:
    """File the draft: once, however often it is clicked."""
    if _became() is not None:
        return see_other("public.filing_done", code=code)
    draft = opened(code)
    problems = _problems(draft)
    if problems:
        return review_page(draft, problems, 422)
    try:
        with house().unit_of_work() as uow:
            filing = filing_of(draft.procedure, draft.row)
            file_online(uow, filing, owner=draft.owner, address=remote_address(), at=now())
    except RuleBroken as refused:
        return review_page(draft, (("", sentence_of(refused)),), getattr(refused, "status", 422))
    return see_other("public.filing_done", code=code)


def filing_done(code: str) -> Response:
    """Number and secret, to print or to copy; this browser may show them while it holds the draft's code."""
    dossier_id = _became()
    if dossier_id is None:
        raise DraftGone(where="draft")
    with house().reading() as db:
        filed = filings.filed(db, house().vault, dossier_id)
    qr = qr_of("public.track_number", filed.secret, number=filed.filing_number)
    response = page(
        "public/filing/done.html", code=code, done=filed_shown(filed, qr, printed_secret(filed.secret), now=now())
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def filing_forget(code: str) -> Response:
    """Take the draft's code off this machine: number and secret can no longer be shown here."""
    if not house().settings.local_filing:
        abort(404)
    return grants.drop_draft(see_other("public.track"), path_of(code))


def _became() -> int | None:
    """Return the dossier that this browser's draft has become."""
    kept = grants.kept_draft()
    if kept is None:
        return None
    with house().reading() as db:
        return drafts.draft_fate(db, *kept)


def _problems(draft: Opened) -> tuple[tuple[str, str], ...]:
    missing = still_open(draft.questions, draft.row.data)
    found = [("", _("Chưa trả lời: %(question)s", question=question.words)) for question in missing]
    if request.form.get("agree") != "1":
        found.append(("agree", _("Chưa đánh dấu lời cam đoan. Đọc lại rồi đánh dấu nếu đúng.")))
    return tuple(found)
