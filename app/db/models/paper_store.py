"""The store of papers of persons and organisations (kho quản lý dữ liệu điện tử của tổ chức, cá nhân)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base


class StoredPaper(Base):
    """A paper that was compared, or a result that was issued, under its owner and type.

    The owner is a keyed digest of the identity number: whoever reads the table learns of nobody. `type_code` is that
    of the component or of the result (KQ…). `scope` is where it holds ("" = everywhere). `source`: component, result;
    `source_id` is the file link or the result it came from. `state`: valid, revoked, replaced.
    """

    __tablename__ = "stored_papers"
    __table_args__ = (
        CheckConstraint("source IN ('component','result')", name="source_is_known"),
        CheckConstraint("state IN ('valid','revoked','replaced')", name="state_is_known"),
        CheckConstraint("(state = 'replaced') = (successor_id IS NOT NULL)", name="replaced_iff_successor"),
        Index("ix_stored_papers_owner", "owner_mac", "type_code"),
        Index("ix_stored_papers_source", "source", "source_id", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_mac: Mapped[str]
    owner_kind: Mapped[int]
    type_code: Mapped[str]
    title: Mapped[str]
    number: Mapped[str] = mapped_column(default="")
    issued_on: Mapped[date | None]
    valid_until: Mapped[date | None]  # the last day on which it may be used; none = no end
    scope: Mapped[str] = mapped_column(default="")
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_files.id"))
    digest_mac: Mapped[str]
    source: Mapped[str]
    source_id: Mapped[int]
    state: Mapped[str] = mapped_column(default="valid")
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("stored_papers.id"))
    reason: Mapped[str] = mapped_column(default="")
    kept_at: Mapped[datetime]
    kept_by: Mapped[str]
