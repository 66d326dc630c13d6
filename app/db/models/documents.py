"""Files and issued forms (tệp, phiếu đã cấp)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, SealedRow


class StoredFile(Base, SealedRow):
    """An encrypted file under a random id. Its plain SHA-256 stands only sealed; `digest_mac` finds twins."""

    __tablename__ = "stored_files"
    __table_args__ = (Index("ix_stored_files_digest_mac", "digest_mac"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    storage_id: Mapped[str] = mapped_column(unique=True)
    mime: Mapped[str]
    size: Mapped[int]
    pages: Mapped[int] = mapped_column(default=0)
    key_sealed: Mapped[bytes]
    digest_sealed: Mapped[bytes]
    digest_mac: Mapped[str]
    scan_state: Mapped[str] = mapped_column(default="unscanned")
    stored_at: Mapped[datetime]


class FileLink(Base, SealedRow):
    """A file in its place: a component, a draft's slot, a result, an issued form."""

    __tablename__ = "file_links"
    __table_args__ = (
        CheckConstraint("kind IN ('component','draft','result','form','supplement')", name="kind_is_known"),
        Index("ix_file_links_dossier_id", "dossier_id"),
        Index("ix_file_links_owner", "kind", "owner_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_files.id"))
    kind: Mapped[str]
    owner_id: Mapped[int]  # component, draft, result or form id
    dossier_id: Mapped[int | None] = mapped_column(ForeignKey("dossiers.id"))
    slot: Mapped[int] = mapped_column(default=0)
    name_sealed: Mapped[bytes]
    origin: Mapped[str] = mapped_column(default="uploaded")  # uploaded, scanned, reused, generated, signed
    added_by: Mapped[str] = mapped_column(default="")
    added_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]


class IssuedForm(Base, SealedRow):
    """A form handed out (Mẫu 01–05), numbered without gaps per unit, form and year.

    `data_sealed` is what was printed (JSON), so that a reprint says the same; `state`: draft, issued, replaced.
    """

    __tablename__ = "issued_forms"
    __table_args__ = (
        UniqueConstraint("unit_id", "form", "year", "number"),
        CheckConstraint("state IN ('draft','issued','replaced')", name="state_is_known"),
        CheckConstraint("(state = 'draft') = (number IS NULL)", name="number_iff_issued"),
        Index("ix_issued_forms_dossier_id", "dossier_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    form: Mapped[str]
    year: Mapped[int]
    number: Mapped[int | None]
    state: Mapped[str] = mapped_column(default="issued")
    data_sealed: Mapped[bytes]
    issued_at: Mapped[datetime]
    issued_by: Mapped[str]
    replaces_id: Mapped[int | None]
