"""Putting things away (dọn dẹp): expired sessions, old drafts and their files, finished jobs, silent processes.

Nothing of a dossier is touched. Rows go first, in their transaction; bytes without a row are collected later.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Column, and_, delete, exists, or_, select

from app.db.base import Base, table_of
from app.db.models import Draft, FileLink, Heartbeat, Job, LoginAttempt, StoredFile, WebSession
from app.db.unit_of_work import UnitOfWork
from app.services.jobs import PREVIEW

DAY = timedelta(days=1)
DRAFTS_KEPT = timedelta(days=30)
JOBS_KEPT = timedelta(days=14)
BEATS_KEPT = timedelta(days=7)
AT_ONCE = 100


def clean(uow: UnitOfWork, at: datetime) -> int:
    """Put away what is old, a bounded number at once; return how many rows went."""
    return (
        _sessions(uow, at) + _attempts(uow, at) + _drafts(uow, at) + _jobs(uow, at) + _beats(uow, at)
        + _files(uow, at)
    )  # fmt: skip


def _sessions(uow: UnitOfWork, at: datetime) -> int:
    old = or_(WebSession.expires_at < at - DAY, WebSession.revoked_at < at - DAY)
    ids = uow.session.scalars(select(WebSession.id_hash).where(old).limit(AT_ONCE)).all()
    uow.session.execute(delete(WebSession).where(WebSession.id_hash.in_(ids)))
    return len(ids)


def _attempts(uow: UnitOfWork, at: datetime) -> int:
    free = or_(LoginAttempt.blocked_until.is_(None), LoginAttempt.blocked_until < at)
    old = select(LoginAttempt.subject).where(LoginAttempt.last_at < at - DAY, free).limit(AT_ONCE)
    subjects = uow.session.scalars(old).all()
    uow.session.execute(delete(LoginAttempt).where(LoginAttempt.subject.in_(subjects)))
    return len(subjects)


def _drafts(uow: UnitOfWork, at: datetime) -> int:
    """Forget drafts: a day after they were thrown away, a month after they were left or became a dossier."""
    thrown = Draft.kind == "discarded"
    old = or_(Draft.updated_at < at - DRAFTS_KEPT, thrown & (Draft.updated_at < at - DAY))
    ids = uow.session.scalars(select(Draft.id).where(old).limit(AT_ONCE)).all()
    uow.session.execute(delete(FileLink).where(FileLink.kind == "draft", FileLink.owner_id.in_(ids)))
    uow.session.execute(delete(Draft).where(Draft.id.in_(ids)))
    return len(ids)


def _jobs(uow: UnitOfWork, at: datetime) -> int:
    """Forget what was made for somebody to fetch; pictures of files stay as long as their files."""
    fetched = and_(Job.state == "done", Job.kind != PREVIEW, Job.done_at < at - JOBS_KEPT)
    old = select(Job.id).where(fetched).limit(AT_ONCE)
    ids = uow.session.scalars(old).all()
    uow.session.execute(delete(Job).where(Job.id.in_(ids)))
    return len(ids)


def _beats(uow: UnitOfWork, at: datetime) -> int:
    names = uow.session.scalars(select(Heartbeat.process).where(Heartbeat.seen_at < at - BEATS_KEPT)).all()
    uow.session.execute(delete(Heartbeat).where(Heartbeat.process.in_(names)))
    return len(names)


def _files(uow: UnitOfWork, at: datetime) -> int:
    """Forget the rows of files that stand nowhere any more; a day's grace for what is just being put in place."""
    held = [exists().where(place == StoredFile.id) for place in (*_places_of_files(), Job.result_file_id)]
    old = select(StoredFile.id).where(StoredFile.stored_at < at - DAY, *(~place for place in held)).limit(AT_ONCE)
    ids = uow.session.scalars(old).all()
    uow.session.execute(delete(StoredFile).where(StoredFile.id.in_(ids)))
    return len(ids)


def _places_of_files() -> list[Column[Any]]:
    """Return every column with a foreign key to a stored file: wherever one points, a file stands."""
    files = table_of(StoredFile)
    return [
        column
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if any(key.column.table is files for key in column.foreign_keys)
    ]
