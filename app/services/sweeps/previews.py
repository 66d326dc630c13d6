"""Previews of what applicants send (ảnh xem trước): wanted as soon as a file is there, drawn by a job.

Only the newest files are looked at; an older one that was missed is drawn when somebody opens it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import String, cast, exists, literal, select
from sqlalchemy.orm import Session

from app.db.calendars import CalendarBook
from app.db.models import FileLink, Job
from app.db.unit_of_work import UnitOfWork
from app.services.jobs import PREVIEW, want_preview

NEWEST = 500
UPLOADED = "uploaded"


def due(session: Session, _calendars: CalendarBook, _at: datetime) -> Sequence[int]:
    """Return the newest uploaded files of which nobody has wanted a picture."""
    newest = select(FileLink.id).order_by(FileLink.id.desc()).limit(NEWEST).subquery()
    wanted = exists().where(Job.key == literal(f"{PREVIEW}:").concat(cast(FileLink.file_id, String)))
    asked = select(FileLink.file_id).where(
        FileLink.id.in_(select(newest.c.id)), FileLink.origin == UPLOADED, FileLink.removed_at.is_(None), ~wanted
    )
    return sorted(set(session.scalars(asked)))


def act(uow: UnitOfWork, file_id: int, at: datetime) -> bool:
    """Want the picture; False when another scheduler was faster."""
    return want_preview(uow, file_id, at)
