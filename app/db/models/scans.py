"""Scans (bản quét) on their way to a paper of a dossier, and the copies they became."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, SealedRow


class Scan(Base):
    """Files that somebody handed to the scanner's back room for one paper; how far it is, its job says."""

    __tablename__ = "scans"
    __table_args__ = (Index("ix_scans_dossier_id", "dossier_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"))
    component_id: Mapped[int] = mapped_column(ForeignKey("dossier_components.id"))
    wanted_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    wanted_at: Mapped[datetime]
    dismissed_at: Mapped[datetime | None]  # a failed one that was seen


class ScanSource(Base, SealedRow):
    """An original file of a scan, kept as it came; `turned` is what a person turned it by, clockwise."""

    __tablename__ = "scan_sources"
    __table_args__ = (
        UniqueConstraint("scan_id", "ordinal"),
        CheckConstraint("turned IN (0,90,180,270)", name="turned_by_quarters"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    scan_id: Mapped[int] = mapped_column(ForeignKey("scans.id"))
    ordinal: Mapped[int]
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_files.id"))
    name_sealed: Mapped[bytes]
    turned: Mapped[int] = mapped_column(default=0)


class ScanCopy(Base, SealedRow):
    """The PDF/A that a scan became (bản số hóa). `state`: unchecked, compared, certified.

    Text, proposals and doubts are sealed; the text is found through `scan_words`.
    """

    __tablename__ = "scan_copies"
    __table_args__ = (
        CheckConstraint("state IN ('unchecked','compared','certified')", name="state_is_known"),
        CheckConstraint("(state = 'unchecked') = (compared_at IS NULL)", name="compared_iff_somebody_did"),
        CheckConstraint("(state = 'certified') = (certified_at IS NOT NULL)", name="certified_iff_signed"),
        Index("ix_scan_copies_dossier_id", "dossier_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    scan_id: Mapped[int] = mapped_column(ForeignKey("scans.id"), unique=True)
    link_id: Mapped[int] = mapped_column(ForeignKey("file_links.id"), unique=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"))
    component_id: Mapped[int] = mapped_column(ForeignKey("dossier_components.id"))
    state: Mapped[str] = mapped_column(default="unchecked")
    pages: Mapped[int]
    blank: Mapped[int]
    dpi: Mapped[int]
    text_sealed: Mapped[bytes]
    doubts_sealed: Mapped[bytes]
    number: Mapped[str] = mapped_column(default="")  # số, ký hiệu of the paper, as the comparing person says
    issued_on: Mapped[date | None]
    made_at: Mapped[datetime]
    compared_at: Mapped[datetime | None]
    compared_by: Mapped[str] = mapped_column(default="")
    certified_at: Mapped[datetime | None]
    certified_by: Mapped[str] = mapped_column(default="")


class ScanWord(Base):
    """One word of a copy's text as a keyed digest: who reads the table learns nothing of the text."""

    __tablename__ = "scan_words"
    __table_args__ = (Index("ix_scan_words_word_mac", "word_mac"),)

    copy_id: Mapped[int] = mapped_column(ForeignKey("scan_copies.id"), primary_key=True)
    word_mac: Mapped[str] = mapped_column(primary_key=True)
