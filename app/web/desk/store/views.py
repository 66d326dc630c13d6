"""Doors of the store of papers: a person's papers by identity number (never in an address), one taken back."""

from __future__ import annotations

from flask import flash, request
from werkzeug.wrappers import Response

from app.domain.people import Role
from app.i18n import gettext as _
from app.queries.paper_store import papers_kept
from app.services import paper_store, reading_events
from app.web.context import house, now, staff
from app.web.desk.frame import desk_page
from app.web.desk.refusals import status_of
from app.web.desk.store.presenters import store_line
from app.web.forms import sentence_of
from app.web.numbers import whole
from app.web.responses import see_other
from workflows.errors import RuleBroken

LONGEST_NUMBER = 20


def store() -> Response:
    """Show the search."""
    return desk_page("desk/store/papers.html", asked="", lines=None, errors=())


def look_up() -> Response:
    """Show the papers of one person; that somebody looked is written down."""
    if not _asked():
        return see_other("desk.store")
    return _show(noted=True)


def take_back(paper_id: int) -> Response:
    """Take a paper out of use, with its reason and perhaps the paper in its place."""
    reason, successor = request.form.get("reason", ""), request.form.get("successor", 0, type=whole)
    try:
        with house().unit_of_work() as uow:
            paper_store.take_back(uow, staff(), paper_id, reason, now(), successor_id=successor or None)
    except RuleBroken as error:
        return _show(errors=((f"reason-{paper_id}", sentence_of(error)),), status=status_of(error))
    flash(_("Đã thu hồi: từ phút này không hồ sơ nào dùng lại được giấy ấy."), "success")
    return _show()


def _asked() -> str:
    return request.form.get("id_number", "").strip()[:LONGEST_NUMBER]


def _show(*, errors: tuple[tuple[str, str], ...] = (), status: int = 200, noted: bool = False) -> Response:
    with house().reading() as db:
        papers = papers_kept(db, house().vault, staff(), _asked())
    if noted:
        with house().unit_of_work() as uow:
            reading_events.store_opened(uow, staff(), now(), papers=len(papers))
    may_take_back = staff().has(Role.LEADER, Role.RECORDS)
    lines = tuple(store_line(one, papers, may_take_back=may_take_back) for one in papers)
    return desk_page("desk/store/papers.html", asked=_asked(), lines=lines, errors=errors, status=status)
