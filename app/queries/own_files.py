"""Files that background work makes for a person (tệp lập ở nền): how far each is, and where its bytes lie."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db.models import Job, StoredFile
from app.domain.background import FILES

MOST = 50


@dataclass(frozen=True, slots=True)
class OwnFile:
    """A file that somebody wanted: `progress` in percent; `error` says why the last try failed."""

    job_id: int
    title: str
    state: str
    progress: int
    error: str
    wanted_at: datetime

    @property
    def is_at_work(self) -> bool:
        """Whether it is still to come."""
        return self.state in {"waiting", "running"}


@dataclass(frozen=True, slots=True)
class MadeFile:
    """Where a finished file lies, and its name."""

    storage_id: str
    key_sealed: bytes
    mime: str
    name: str


def files_of(session: Session, user_id: int) -> tuple[OwnFile, ...]:
    """Return what a person wanted, the newest first."""
    rows = session.scalars(
        select(Job).where(Job.wanted_by == user_id, Job.kind.in_(FILES)).order_by(Job.id.desc()).limit(MOST)
    )
    return tuple(
        OwnFile(row.id, row.arguments.get("title", ""), row.state, row.progress, row.error, row.created_at)
        for row in rows
    )


def file_of(session: Session, user_id: int, job_id: int) -> MadeFile | None:
    """Return a finished file of this person; None for another's and for one that is not there."""
    found = session.execute(
        select(StoredFile, Job.arguments)
        .join(Job, Job.result_file_id == StoredFile.id)
        .where(Job.id == job_id, Job.wanted_by == user_id, Job.kind.in_(FILES), Job.state == "done")
    ).first()
    if found is None:
        return None
    row, told = found
    return MadeFile(row.storage_id, row.key_sealed, row.mime, f"{told.get('title', '')}.{told.get('form', 'xlsx')}")
