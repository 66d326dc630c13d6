"""One file of a dossier in scope (tệp của hồ sơ), and whether the person has read it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.db.models import Dossier, Event, FileLink, StoredFile
from app.db.scope import scope_filter
from app.domain.identifiers import normal_number
from app.domain.people import Staff
from app.queries.dossier_papers import copy_state, file_name
from app.queries.dossier_parts import may_open_file
from app.vault import Vault


@dataclass(frozen=True, slots=True)
class FileInPlace:
    """What a door needs to show or send a file."""

    link_id: int
    file_id: int
    name: str
    mime: str
    pages: int
    size: int
    storage_id: str
    key_sealed: bytes
    digest_sealed: bytes
    copy_state: str


def file_in_place(session: Session, vault: Vault, staff: Staff, number: str, link_id: int) -> FileInPlace | None:
    """Return a file of the dossier called `number`, or None outside the person's part or when removed."""
    wanted = normal_number(number)
    named = or_(Dossier.code == wanted, Dossier.filing_number == wanted, Dossier.external_code == wanted)
    row = session.execute(
        select(FileLink, StoredFile, Dossier, copy_state())
        .join(StoredFile, StoredFile.id == FileLink.file_id)
        .join(Dossier, Dossier.id == FileLink.dossier_id)
        .where(FileLink.id == link_id, FileLink.removed_at.is_(None), named, scope_filter(staff))
    ).first()
    if row is None or not may_open_file(session, row[2], row[0], staff):
        return None
    link, stored, _dossier, state = row
    return FileInPlace(
        link_id=link.id,
        file_id=stored.id,
        name=file_name(vault, link),
        mime=stored.mime,
        pages=stored.pages,
        size=stored.size,
        storage_id=stored.storage_id,
        key_sealed=stored.key_sealed,
        digest_sealed=stored.digest_sealed,
        copy_state=state or "",
    )


def links_read(session: Session, staff: Staff, dossier_ids: list[int]) -> frozenset[int]:
    """Return the file links of these dossiers that `staff` has opened; what was opened is an event."""
    rows = session.scalars(
        select(Event.payload).where(
            Event.subject_kind == "reading",
            Event.subject_id.in_([str(dossier_id) for dossier_id in dossier_ids]),
            Event.kind == "reading:file_opened",
            Event.user_id == staff.user_id,
        )
    )
    return frozenset(int(payload["link"]) for payload in rows if payload and "link" in payload)
