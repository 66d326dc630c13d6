"""Runs of imports (lượt nhập dữ liệu): how far a long file has come, so that it can be taken up again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, only


class ImportRun(Base):
    """One file of dossiers on its way in. At most one is running; `batches_done` is raised by each batch itself."""

    __tablename__ = "import_runs"
    __table_args__ = (
        CheckConstraint("state IN ('running','done','closed')", name="state_is_known"),
        CheckConstraint("batch_rows > 0 AND batches_done >= 0", name="batches_are_counted"),
        Index("uq_import_runs_one_running", "state", unique=True, **only("state = 'running'")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    file_name: Mapped[str]
    file_digest: Mapped[str]  # SHA-256 of the file as it lies there
    state: Mapped[str] = mapped_column(default="running")
    rows: Mapped[int]
    batch_rows: Mapped[int]
    batches_done: Mapped[int] = mapped_column(default=0)
    imported: Mapped[int] = mapped_column(default=0)
    begun_at: Mapped[datetime]
    begun_by: Mapped[str]
    touched_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
