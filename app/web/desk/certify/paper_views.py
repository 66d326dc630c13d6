"""Doors of one request's papers (các giấy của một lượt): void a number with its reason, correct a title."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import flash, request
from werkzeug.wrappers import Response

from app.db.unit_of_work import UnitOfWork
from app.i18n import gettext as _
from app.queries import certification as queries
from app.services import certification_book
from app.web.context import house, now, staff
from app.web.desk.certify.presenters import TrayRow, kind_words, signer_words, tray_row
from app.web.desk.frame import desk_page
from app.web.desk.presenters.marks import Mark
from app.web.desk.refusals import status_of
from app.web.filters import money
from app.web.forms import sentence_of
from app.web.numbers import whole
from app.web.responses import found, see_other
from workflows.errors import RuleBroken

CHECKED = {
    "unchecked": ("soon", "hourglass-split"),
    "compared": ("soon", "file-earmark-check"),
    "certified": ("ok", "patch-check"),
}


@dataclass(frozen=True, slots=True)
class PaperShown:
    """One paper of the request as it stands, with what was typed about it when something was refused."""

    row: queries.PaperRow
    fee: str
    mark: Mark
    typed: str
    title: str


def certified_papers(ref: str) -> Response:
    """Show the papers of a request with their numbers."""
    return show(ref)


def void_certified(ref: str, ordinal: int) -> Response:
    """Void a number with its reason."""
    return _do(
        ref,
        lambda uow, version: certification_book.void(
            uow, staff(), ref, version, ordinal=ordinal, reason=request.form.get("reason", ""), at=now()
        ),
        said=_("Đã hủy số; số và lý do còn trong sổ."),
        place=f"reason-{ordinal}",
    )


def correct_certified(ref: str, ordinal: int) -> Response:
    """Correct the name of a paper in the book."""
    return _do(
        ref,
        lambda uow, version: certification_book.correct(
            uow, staff(), ref, version, ordinal=ordinal,
            title=request.form.get("title", ""), reason=request.form.get("reason", ""), at=now(),
        ),
        said=_("Đã đính chính; nội dung cũ còn trong nhật ký."),
        place=f"correct-{ordinal}",
    )  # fmt: skip


def show(ref: str, errors: tuple[tuple[str, str], ...] = (), *, status: int = 200) -> Response:
    """Return the page of a request's papers; what was typed stays beside its error."""
    with house().reading() as db:
        entry = found(queries.entry(db, staff(), ref))
    row: TrayRow = tray_row(entry, now())
    papers = tuple(_shown(paper, dict(errors)) for paper in entry.papers)
    return desk_page(
        "desk/certify/papers.html",
        entry=entry,
        row=row,
        papers=papers,
        heading=kind_words(entry.kind),
        signer=signer_words(entry.signer),
        errors=errors,
        status=status,
    )


def _do(ref: str, act: Callable[[UnitOfWork, int], None], *, said: str, place: str) -> Response:
    version = request.form.get("version", 0, type=whole)
    try:
        with house().unit_of_work() as uow:
            act(uow, version)
    except RuleBroken as error:
        return show(ref, ((place, sentence_of(error)),), status=status_of(error))
    flash(said, "success")
    return see_other("desk.certified_papers", ref=ref)


def _shown(paper: queries.PaperRow, errors: dict[str, str]) -> PaperShown:
    ours = {f"reason-{paper.ordinal}", f"correct-{paper.ordinal}"} & errors.keys()
    return PaperShown(
        row=paper,
        fee=money(0 if paper.state == "void" else paper.fee_vnd),
        mark=_mark(paper),
        typed=request.form.get("reason", "") if ours else "",
        title=request.form.get("title", paper.title) if ours else paper.title,
    )


def _mark(paper: queries.PaperRow) -> Mark:
    if paper.state == "void":
        return Mark("plain", "slash-circle", _("Hủy: %(reason)s", reason=paper.void_reason))
    if paper.medium == "paper":
        return Mark("done", "journal-check", _("Bản giấy, đã vào sổ"))
    words = {
        "unchecked": _("Bản điện tử: chưa đối chiếu"),
        "compared": _("Bản điện tử: đã đối chiếu, chờ ký"),
        "certified": _("Bản điện tử: đã chứng thực"),
    }
    return Mark(*CHECKED[paper.check_state], words[paper.check_state])
