"""Files of a draft: taken one by one, each kept at once; a wrong one is named and harms no other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.adapters.papers import PDF, checked_paper
from app.adapters.thumbnails import JPEG, first_page
from app.i18n import gettext as _
from app.queries import filings
from app.queries.filings import AttachedFile
from app.services import drafts
from app.services.drafts import DraftOwner
from app.services.values import NewFile
from app.web.context import house, now
from app.web.forms import sentence_of
from app.web.signed_uploads import refuse_bad_signature
from app.web.uploads import Upload, all_uploaded
from workflows.errors import RuleBroken

FIELD = "files"


@dataclass(frozen=True, slots=True)
class FileShown:
    """One file on the page: its name, size, pages and the address of its picture."""

    id: int
    slot: int
    name: str
    size: int
    pages: int
    is_pdf: bool
    preview: str


def attached(draft_id: int, owner: DraftOwner, address: Callable[[int], str]) -> tuple[FileShown, ...]:
    """Return the files of one's own draft; `address` leads to the picture of each. Raises DraftGone."""
    return tuple(_shown(file, address) for file in _files(draft_id, owner))


def receive_uploads(draft_id: int, owner: DraftOwner, slot: int) -> tuple[str, ...]:
    """Keep every sent file that is what it should be; return a sentence for each that is not."""
    try:
        sent = all_uploaded(FIELD)
    except RuleBroken as error:
        return (sentence_of(error),)
    if not sent:
        return (_("Chưa chọn tệp nào. Chọn ảnh hoặc tệp PDF rồi bấm Tải lên."),)
    return tuple(filter(None, (_keep(draft_id, owner, slot, upload) for upload in sent)))


def remove(draft_id: int, owner: DraftOwner, link_id: int) -> None:
    """Take a file off the draft. Raises DraftGone."""
    with house().unit_of_work() as uow:
        drafts.remove_from_draft(uow, draft_id, owner, link_id, now())


def picture(draft_id: int, owner: DraftOwner, link_id: int) -> tuple[bytes, str] | None:
    """Return a small picture of one file and its type; None when the draft has no such file."""
    file = next((file for file in _files(draft_id, owner) if file.link_id == link_id), None)
    if file is None:
        return None
    return first_page(house().files.get(file.storage_id, file.key_sealed), file.mime), JPEG


def upload_hint() -> str:
    """Return what may be sent, and how much of it."""
    return _("PDF, JPG hoặc PNG, mỗi tệp đến %(mb)s MB", mb=house().settings.upload_file_mb)


def _keep(draft_id: int, owner: DraftOwner, slot: int, upload: Upload) -> str:
    """Keep one file; return why it could not be, or nothing."""
    try:
        paper = checked_paper(upload.content, upload.name)
        refuse_bad_signature(upload)
        file = NewFile(house().files.put(upload.content), paper.mime, paper.pages, upload.name)
        with house().unit_of_work() as uow:
            drafts.attach_to_draft(uow, draft_id, owner, slot, file, now())
    except RuleBroken as error:
        return sentence_of(error)
    return ""


def _files(draft_id: int, owner: DraftOwner) -> tuple[AttachedFile, ...]:
    with house().reading() as db:
        drafts.read_draft(db, house().vault, draft_id, owner)
        return filings.attached_files(db, house().vault, draft_id)


def _shown(file: AttachedFile, address: Callable[[int], str]) -> FileShown:
    return FileShown(file.link_id, file.slot, file.name, file.size, file.pages, file.mime == PDF, address(file.link_id))
