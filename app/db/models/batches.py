"""Batches of scans (lô quét): what a clerk dropped, page by page, until each page is on its paper or dropped."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, SealedRow


class Batch(Base):
    """One drop of files by one person; its pages belong to dossiers only when they are bound."""

    __tablename__ = "scan_batches"
    __table_args__ = (Index("ix_scan_batches_wanted_by", "wanted_by"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    wanted_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    wanted_at: Mapped[datetime]
    number: Mapped[str] = mapped_column(default="")  # the dossier whose page it was begun on
    bound_at: Mapped[datetime | None]


class BatchFile(Base, SealedRow):
    """An original of a batch, kept as it came."""

    __tablename__ = "scan_batch_files"
    __table_args__ = (UniqueConstraint("batch_id", "ordinal"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("scan_batches.id"))
    ordinal: Mapped[int]
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_files.id"))
    name_sealed: Mapped[bytes]
    problem: Mapped[str] = mapped_column(default="")  # why it gave no pages


class BatchPage(Base):
    """One page as a picture. `place` is where it goes ("CODE/02"), by a separator sheet or by hand."""

    __tablename__ = "scan_batch_pages"
    __table_args__ = (
        UniqueConstraint("batch_id", "ordinal"),
        CheckConstraint("turned IN (0,90,180,270)", name="turned_by_quarters"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("scan_batches.id"))
    ordinal: Mapped[int]
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_files.id"))
    original_id: Mapped[int] = mapped_column(ForeignKey("scan_batch_files.id"))
    source_page: Mapped[int]
    dpi: Mapped[int]
    kind: Mapped[str]  # page, blank, separator, twin
    place: Mapped[str] = mapped_column(default="")
    turned: Mapped[int] = mapped_column(default=0)
    dropped: Mapped[bool] = mapped_column(default=False)
