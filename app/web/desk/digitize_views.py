"""Doors of digitizing (số hóa): attach files to papers, say why one needs none, look at page images."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import flash, request, url_for
from werkzeug.wrappers import Response

from app.i18n import gettext as _
from app.queries.dossier_file import dossier_file
from app.queries.dossier_values import DossierFile, PaperShown
from app.queries.paper_store import PaperOffered, papers_offered
from app.queries.scans import CopyShown, copies_shown, scans_under_way
from app.services import digitizing, reusing
from app.services.values import ComponentData
from app.web.context import house, now, staff
from app.web.desk.frame import desk_page
from app.web.desk.kept_uploads import kept_paper
from app.web.desk.presenters.dossier import paper_mark
from app.web.desk.presenters.marks import CodeText, Mark, code_text
from app.web.desk.refusals import status_of
from app.web.desk.scan.presenters import Copy, Held, Running, copies_of, held_words, running
from app.web.forms import sentence_of
from app.web.numbers import whole
from app.web.responses import found, see_other
from app.web.uploads import all_uploaded
from workflows.calendar import VIETNAM
from workflows.errors import RuleBroken
from workflows.states import State

Problems = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PageThumb:
    """One file of a paper, shown by its first page."""

    name: str
    address: str
    preview: str
    remove_address: str


@dataclass(frozen=True, slots=True)
class PaperBlock:
    """One paper with its files."""

    ordinal: int
    name: str
    form: Mark
    pages: tuple[PageThumb, ...]
    running: tuple[Running, ...]
    copies: tuple[Copy, ...]
    held: Held | None


@dataclass(frozen=True, slots=True)
class DigitizePage:
    """The whole page."""

    ref: str
    version: int
    code: CodeText
    procedure: str
    words: str
    may_change: bool
    reasons: tuple[tuple[str, str], ...]
    components: tuple[PaperBlock, ...]
    errors: Problems


def digitize(ref: str) -> Response:
    """Show the papers with their files."""
    return show(ref)


def attach(ref: str, ordinal: int) -> Response:
    """Attach files to one paper. Each is opened before it is kept; a wrong one changes nothing."""
    place = f"file-{ordinal}"
    try:
        files = [kept_paper(upload, where=place) for upload in all_uploaded("files")]
        with house().unit_of_work() as uow:
            for file in files:
                digitizing.attach_to_component(uow, staff(), ref, ordinal, file, now())
    except RuleBroken as error:
        return _refused(ref, place, error)
    if not files:
        return show(ref, errors=((place, _("Chưa chọn tệp nào. Chọn tệp quét rồi đính kèm.")),), status=422)
    flash(_("Đã đính kèm %(n)s tệp.", n=len(files)), "success")
    return see_other("desk.digitize", ref=ref, _anchor=f"component-{ordinal}")


def exempt(ref: str, ordinal: int) -> Response:
    """Say why a paper is not digitized (TT 03/2025/TT-VPCP art. 5)."""
    data = ComponentData(ordinal, form="exempt", exempt_reason=request.form.get("reason", ""))
    return _state(ref, data)


def reuse(ref: str, ordinal: int) -> Response:
    """Use a paper that the house holds for this person; it is looked at once more before it is used."""
    paper_id = request.form.get("paper", 0, type=whole)
    try:
        with house().unit_of_work() as uow:
            reusing.reuse(uow, staff(), ref, ordinal, paper_id, now())
    except RuleBroken as error:
        return _refused(ref, f"component-{ordinal}", error)
    flash(_("Đã dùng lại giấy tờ trong kho, không phải quét."), "success")
    return see_other("desk.digitize", ref=ref, _anchor=f"component-{ordinal}")


def remove_file(ref: str, link_id: int) -> Response:
    """Take a file off a paper; its bytes stay."""
    try:
        with house().unit_of_work() as uow:
            digitizing.remove_file(uow, staff(), ref, link_id, now())
    except RuleBroken as error:
        return _refused(ref, "", error)
    flash(_("Đã bỏ tệp khỏi giấy tờ này."), "success")
    return see_other("desk.digitize", ref=ref)


def _state(ref: str, data: ComponentData) -> Response:
    version = request.form.get("version", 0, type=whole)
    try:
        with house().unit_of_work() as uow:
            digitizing.set_component_form(uow, staff(), ref, version, data, now())
    except RuleBroken as error:
        return _refused(ref, f"component-{data.ordinal}", error)
    flash(_("Đã ghi nhận."), "success")
    return see_other("desk.digitize", ref=ref, _anchor=f"component-{data.ordinal}")


def _refused(ref: str, place: str, error: RuleBroken) -> Response:
    status = status_of(error)
    return show(ref, errors=((place, sentence_of(error)),), status=status)


def show(ref: str, *, errors: Problems = (), status: int = 200) -> Response:
    """Show the page of a dossier's papers, with what went wrong."""
    with house().reading() as db:
        file = found(dossier_file(db, house().vault, house().calendars, staff(), ref, at=now()))
        scans = running(file.number, scans_under_way(db, file.id))
        copies = copies_shown(db, house().vault, file.id)
        held = papers_offered(db, file.id, now().astimezone(VIETNAM).date())
    waiting = sum(paper.form == "paper" for paper in file.papers)
    done = len(file.papers) - waiting
    page = DigitizePage(
        ref=file.number,
        version=file.version,
        code=code_text(file.number),
        procedure=file.procedure,
        words=_("xong %(n)s trên %(all)s", n=done, all=len(file.papers)),
        may_change=file.may_write and State(file.state).is_open,
        reasons=_reasons(),
        components=tuple(_block(file, paper, scans.get(paper.ordinal, ()), copies, held) for paper in file.papers),
        errors=errors,
    )
    return desk_page("desk/digitize.html", file=page, status=status)


def _reasons() -> tuple[tuple[str, str], ...]:
    return (
        ("shown_only", _("chỉ xuất trình để đối chiếu")),
        ("verification", _("là kết quả xác minh của cơ quan")),
        ("secret", _("thuộc bí mật nhà nước")),
        ("database", _("đã có trong cơ sở dữ liệu")),
    )


def _block(
    file: DossierFile,
    paper: PaperShown,
    scans: tuple[Running, ...],
    copies: Mapping[int, CopyShown],
    held: Mapping[int, PaperOffered],
) -> PaperBlock:
    ref = file.number
    pages = tuple(
        PageThumb(
            name=shown.name,
            address=url_for("desk.file_view", ref=ref, link_id=shown.link_id),
            preview=url_for("desk.page_image", ref=ref, link_id=shown.link_id, number=1),
            remove_address=url_for("desk.remove_file", ref=ref, link_id=shown.link_id)
            if file.may_write and State(file.state).is_open
            else "",
        )
        for shown in paper.files
    )
    links = [shown.link_id for shown in paper.files]
    may_change = file.may_write and State(file.state).is_open
    bound = copies_of(ref, copies, links, may_change=may_change)
    offered = held_words(held.get(paper.ordinal))
    return PaperBlock(paper.ordinal, paper.name, paper_mark(paper), pages, scans, bound, offered)
