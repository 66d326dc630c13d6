"""Files that become part of the house (đính kèm tệp): the row after the bytes are safe."""

from __future__ import annotations

from datetime import datetime

from app.db.base import new_uid
from app.db.models import FileLink, StoredFile
from app.db.unit_of_work import UnitOfWork
from app.domain.vietnamese import clean
from app.services.values import NewFile

NAME_LONGEST = 150


def keep(uow: UnitOfWork, file: NewFile, *, at: datetime) -> StoredFile:
    """Return the row of a file that the store already holds."""
    row = StoredFile(
        storage_id=file.kept.storage_id,
        mime=file.mime,
        size=file.kept.size,
        pages=file.pages,
        key_sealed=file.kept.key_sealed,
        digest_sealed=file.kept.digest_sealed,
        digest_mac=file.kept.digest_mac,
        stored_at=at,
    )
    uow.session.add(row)
    uow.session.flush()
    return row


def link_file(
    uow: UnitOfWork,
    file: NewFile,
    kind: str,
    owner_id: int,
    *,
    at: datetime,
    by: str,
    dossier_id: int | None = None,
    slot: int = 0,
) -> FileLink:
    """Put a file in its place (component, draft, result, form) and return the link."""
    uid = new_uid()
    link = FileLink(
        uid=uid,
        file_id=keep(uow, file, at=at).id,
        kind=kind,
        owner_id=owner_id,
        dossier_id=dossier_id,
        slot=slot,
        name_sealed=uow.vault.seal(safe_name(file.name).encode(), f"file_links.name:{uid}"),
        origin=file.origin,
        added_by=by,
        added_at=at,
    )
    uow.session.add(link)
    uow.session.flush()
    return link


def safe_name(name: str) -> str:
    """Return a display name: NFC, no path, no control or direction characters, at most 150 characters."""
    last = clean("".join(letter for letter in name.replace("\\", "/").split("/")[-1] if letter.isprintable()))
    return last.strip(". ")[:NAME_LONGEST] or "tep"
