"""Doors of stored files (xem tệp): page images of our own making, the file itself only as a download."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request, url_for
from werkzeug.wrappers import Response

from app.adapters.page_images import PAGE_WIDTH, THUMB_WIDTH
from app.adapters.page_images import page_image as draw
from app.i18n import gettext as _
from app.queries.dossier_files import FileInPlace, file_in_place
from app.queries.stored_files import preview_of
from app.services import reading_events
from app.web.context import house, now, staff
from app.web.desk.frame import desk_page
from app.web.desk.presenters.marks import CodeText, Mark, code_text, copy_mark
from app.web.filters import file_size
from app.web.responses import download, found, inline

MOST_SHOWN = 60  # pages on one screen


@dataclass(frozen=True, slots=True)
class PageImage:
    """One page's address and its words for who cannot see it."""

    address: str
    name: str


@dataclass(frozen=True, slots=True)
class FilePage:
    """One file as page images."""

    ref: str
    code: CodeText
    name: str
    words: str
    download: str
    pages: tuple[PageImage, ...]
    copy: Mark | None = None


def file_view(ref: str, link_id: int) -> Response:
    """Show a file's pages; that it was opened is written down."""
    file = _found(ref, link_id)
    with house().unit_of_work() as uow:
        reading_events.file_opened(uow, staff(), ref, link_id, now())
    page = FilePage(
        ref=ref,
        code=code_text(ref),
        name=file.name,
        words=_("%(n)s trang, %(size)s", n=file.pages, size=file_size(file.size)),
        download=url_for("desk.file_download", ref=ref, link_id=link_id),
        pages=pages_of(ref, file),
        copy=copy_mark(file.copy_state) if file.copy_state else None,
    )
    return desk_page("desk/file.html", view=page)


def pages_of(ref: str, file: FileInPlace) -> tuple[PageImage, ...]:
    """Return the addresses of a file's page images."""
    shown = range(1, min(max(file.pages, 1), MOST_SHOWN) + 1)
    return tuple(
        PageImage(
            url_for("desk.page_image", ref=ref, link_id=file.link_id, number=number, co="lon"),
            _("%(name)s, trang %(n)s", name=file.name, n=number),
        )
        for number in shown
    )


def page_image(ref: str, link_id: int, number: int) -> Response:
    """Answer one page as an image; small for lists, large to read."""
    file = _found(ref, link_id)
    large = request.args.get("co") == "lon"
    ready = None if large or number != 1 else _preview(file)
    if ready:
        return inline(ready, media_type="image/jpeg")
    content = house().files.get(file.storage_id, file.key_sealed)
    width = PAGE_WIDTH if large else THUMB_WIDTH
    return inline(found(draw(content, file.mime, number, width=width)), media_type="image/jpeg")


def _preview(file: FileInPlace) -> bytes | None:
    """Return the small picture that background work drew, if it has."""
    with house().reading() as db:
        drawn = preview_of(db, file.file_id)
    return house().files.get(drawn.storage_id, drawn.key_sealed) if drawn else None


def file_download(ref: str, link_id: int) -> Response:
    """Send the file itself, as an attachment."""
    file = _found(ref, link_id)
    with house().unit_of_work() as uow:
        reading_events.file_opened(uow, staff(), ref, link_id, now())
    return download(house().files.get(file.storage_id, file.key_sealed), file.name, media_type=file.mime)


def _found(ref: str, link_id: int) -> FileInPlace:
    with house().reading() as db:
        return found(file_in_place(db, house().vault, staff(), ref, link_id))
