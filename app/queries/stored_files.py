"""Stored files as background work needs them (tệp đã lưu): where the bytes lie, and which ids the house knows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db.models import Job, StoredFile

AT_ONCE = 500  # databases bound the number of parameters


@dataclass(frozen=True, slots=True)
class StoredBytes:
    """Where a file's bytes lie and how they open."""

    storage_id: str
    key_sealed: bytes
    mime: str
    pages: int


def stored_bytes(session: Session, file_id: int) -> StoredBytes | None:
    """Return where the bytes of a file lie, or None when its row is gone."""
    row = session.get(StoredFile, file_id)
    return StoredBytes(row.storage_id, row.key_sealed, row.mime, row.pages) if row else None


def result_of_job(session: Session, key: str) -> StoredBytes | None:
    """Return the file that a finished job made, by the job's key; None while there is none."""
    file_id = session.scalars(select(Job.result_file_id).where(Job.key == key, Job.state == "done")).first()
    return stored_bytes(session, file_id) if file_id else None


def preview_of(session: Session, file_id: int) -> StoredBytes | None:
    """Return the small picture of a file's first page; None until it is drawn."""
    return result_of_job(session, f"preview:{file_id}")


def without_row(session: Session, storage_ids: Iterable[str]) -> frozenset[str]:
    """Return those ids of the store that no row points to."""
    rest, orphans = iter(sorted(storage_ids)), set()
    while part := list(islice(rest, AT_ONCE)):
        known = session.scalars(select(StoredFile.storage_id).where(StoredFile.storage_id.in_(part)))
        orphans |= set(part) - set(known)
    return frozenset(orphans)
