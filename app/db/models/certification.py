"""Certification (chứng thực): tariffs by date, books by year, requests, one numbered row an original."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base


class CertificationTariff(Base):
    """What certification costs from a day on (phí chứng thực), whole đồng; see `app.domain.certification.Tariff`."""

    __tablename__ = "certification_tariffs"
    __table_args__ = (
        UniqueConstraint("kind", "effective_from"),
        CheckConstraint("kind IN ('copy','signature')", name="kind_is_known"),
        CheckConstraint("per IN ('page','case')", name="per_is_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    per: Mapped[str]
    first_pages: Mapped[int] = mapped_column(default=0)
    first_page_vnd: Mapped[int]
    further_page_vnd: Mapped[int] = mapped_column(default=0)
    cap_vnd: Mapped[int | None]
    effective_from: Mapped[date]
    effective_to: Mapped[date | None]
    legal_basis: Mapped[str] = mapped_column(default="")


class AttestationWords(Base):
    """What an attestation says from a day on (lời chứng); without a unit: wherever no words of its own are set."""

    __tablename__ = "attestation_words"
    __table_args__ = (
        UniqueConstraint("unit_id", "kind", "effective_from"),
        CheckConstraint("kind IN ('copy','signature')", name="kind_is_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    kind: Mapped[str]
    text: Mapped[str]  # with blanks as `app.domain.attestation_words` names them
    legal_basis: Mapped[str]
    effective_from: Mapped[date]


class CertificationBook(Base):
    """One volume of a year's book (quyển sổ chứng thực). Numbers run on through the volumes of a year."""

    __tablename__ = "certification_books"
    __table_args__ = (UniqueConstraint("unit_id", "series", "year", "volume"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    series: Mapped[str]
    year: Mapped[int]
    volume: Mapped[int]
    opened_on: Mapped[date]
    closed_on: Mapped[date | None]
    closed_by: Mapped[str] = mapped_column(default="")


class Certification(Base):
    """One request of one visitor (lượt chứng thực): a dossier of the house with the block that signs it."""

    __tablename__ = "certifications"
    __table_args__ = (
        CheckConstraint("kind IN ('copy','signature')", name="kind_is_known"),
        Index("ix_certifications_day", "unit_id", "day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"), unique=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    kind: Mapped[str]
    day: Mapped[date]  # of reception, in Vietnam
    clerk_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    signer_id: Mapped[int] = mapped_column(ForeignKey("signing_authorities.id"))
    form_id: Mapped[int | None]  # Mẫu 01, where the result is promised for another day


class CertifiedPaper(Base):
    """One original in its book (một dòng sổ chứng thực): its number stays, also when it is void.

    `check_state` of an electronic copy: unchecked, compared, certified; empty for paper.
    """

    __tablename__ = "certified_papers"
    __table_args__ = (
        UniqueConstraint("unit_id", "series", "year", "number", name="uq_certified_papers_number_once"),
        UniqueConstraint("certification_id", "ordinal"),
        CheckConstraint("state IN ('issued','void')", name="state_is_known"),
        CheckConstraint("(state = 'void') = (void_reason <> '')", name="void_iff_reason"),
        CheckConstraint("medium IN ('paper','electronic')", name="medium_is_known"),
        CheckConstraint("check_state IN ('','unchecked','compared','certified')", name="check_state_is_known"),
        CheckConstraint("(medium = 'electronic') = (check_state <> '')", name="electronic_iff_checked"),
        CheckConstraint("pages > 0 AND copies > 0 AND number > 0 AND fee_vnd >= 0", name="figures_are_right"),
        Index("ix_certified_papers_dossier_id", "dossier_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    certification_id: Mapped[int] = mapped_column(ForeignKey("certifications.id"))
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"))
    ordinal: Mapped[int]
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    series: Mapped[str]
    year: Mapped[int]
    volume: Mapped[int]
    number: Mapped[int]
    title: Mapped[str]
    title_fold: Mapped[str]
    pages: Mapped[int]
    copies: Mapped[int]
    medium: Mapped[str]
    fee_vnd: Mapped[int]
    state: Mapped[str] = mapped_column(default="issued")
    void_reason: Mapped[str] = mapped_column(default="")
    voided_by: Mapped[str] = mapped_column(default="")
    voided_at: Mapped[datetime | None]
    check_state: Mapped[str] = mapped_column(default="")
    compared_by: Mapped[str] = mapped_column(default="")
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_files.id"))
