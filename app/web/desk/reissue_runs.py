"""What the act of re-issue calls (cấp lại kết quả): the corrected page is drawn, then laid before the leaders."""

from __future__ import annotations

from app.domain.result_drafts import ResultDraft
from app.queries.dossier_values import DossierFile, ResultShown
from app.services import reissuing
from app.web.desk.act_runs import Target, done, drawn
from app.web.desk.forms.act_forms import ReissueForm
from app.web.filters import vn_date
from app.web.responses import found


def propose(target: Target, form: ReissueForm) -> None:
    """Propose a corrected result of the same kind; its page names the paper that it replaces."""
    old = found(released_result(target.file))
    draft = ResultDraft(kind=old.kind, title=form.title.data or "", content=(*form.lines(), ("Thay thế", _named(old))))
    file = None
    if target.file.result_form == "electronic":
        draft, file = drawn(target, draft)
    done(target, reissuing.propose_reissue, draft, reason=form.reason.data or "", file=file)


def released_result(file: DossierFile) -> ResultShown | None:
    """Return the result that counts today, or None."""
    return next((result for result in file.results if result.state == "released"), None)


def _named(old: ResultShown) -> str:
    """Return the words of the paper itself, Vietnamese as all statutory text."""
    return f"văn bản số {old.symbol} ngày {vn_date(old.issued_on)}"
