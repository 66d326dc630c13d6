"""Results and signatures (kết quả, chữ ký số)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, SealedRow

_PERSON_IN_USE = "purpose = 'person' AND retired_at IS NULL"
_SEAL_IN_USE = "purpose = 'seal' AND retired_at IS NULL"


class Result(Base, SealedRow):
    """One version of a dossier's result (kết quả giải quyết).

    `kind`: approval, refusal, other. `form`: electronic, paper_numbered, paper_external.
    `state`: draft, proposed, signed, released, withdrawn. A released electronic result has its file for good.
    """

    __tablename__ = "results"
    __table_args__ = (
        UniqueConstraint("dossier_id", "version"),
        UniqueConstraint("unit_id", "series", "year", "number", name="uq_results_number_once"),
        CheckConstraint("kind IN ('approval','refusal','other')", name="kind_is_known"),
        CheckConstraint("form IN ('electronic','paper_numbered','paper_external')", name="form_is_known"),
        CheckConstraint(
            "state IN ('draft','proposed','signed','released','withdrawn')", name="state_is_known"
        ),
        CheckConstraint(
            "state <> 'released' OR (released_at IS NOT NULL AND symbol <> '')", name="released_has_number"
        ),
        Index("ix_results_state", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"))
    version: Mapped[int]
    kind: Mapped[str]
    form: Mapped[str]
    state: Mapped[str]
    title: Mapped[str]
    content_sealed: Mapped[bytes]
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    series: Mapped[str] = mapped_column(default="")
    year: Mapped[int | None]
    number: Mapped[int | None]
    symbol: Mapped[str] = mapped_column(default="")  # số, ký hiệu as printed; typed for a paper result
    issued_on: Mapped[date | None]
    proposed_by: Mapped[str] = mapped_column(default="")
    proposed_at: Mapped[datetime | None]
    signer_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    signed_at: Mapped[datetime | None]
    sealer_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    released_at: Mapped[datetime | None]
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_files.id"))
    replaces_id: Mapped[int | None]
    replaced_reason: Mapped[str] = mapped_column(default="")


class SignatureIntent(Base):
    """What is about to be signed, stored before the key is used (reliability: a crash leaves a trace)."""

    __tablename__ = "signature_intents"
    __table_args__ = (
        UniqueConstraint("result_id", "purpose", "digest", "user_id"),
        CheckConstraint("purpose IN ('leader','seal','copy')", name="purpose_is_known"),
        CheckConstraint("state IN ('intended','done','failed')", name="state_is_known"),
        Index("ix_signature_intents_state", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    result_id: Mapped[int] = mapped_column(ForeignKey("results.id"))
    purpose: Mapped[str]
    digest: Mapped[str]  # keyed digest of the bytes to be signed
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    state: Mapped[str] = mapped_column(default="intended")
    reserved_symbol: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    intended_at: Mapped[datetime]
    done_at: Mapped[datetime | None]


class SigningKey(Base, SealedRow):
    """A key and its certificate; its PIN is never stored. One is in use for each person and each seal.

    `kind`: file (a PKCS#12, sealed again by the vault), token or remote, which have an `address` alone: "TOKEN
    LABEL/KEY LABEL" or the credential. Library and service stand in the settings.
    """

    __tablename__ = "signing_keys"
    __table_args__ = (
        CheckConstraint("purpose IN ('person','seal')", name="purpose_is_known"),
        CheckConstraint("kind IN ('file','token','remote')", name="kind_is_known"),
        CheckConstraint("(kind = 'file') = (p12_sealed IS NOT NULL)", name="only_a_file_is_kept"),
        CheckConstraint("(kind = 'file') = (address = '')", name="others_have_an_address"),
        Index(
            "uq_signing_keys_one_of_a_person",
            "user_id",
            unique=True,
            sqlite_where=text(_PERSON_IN_USE),
            postgresql_where=text(_PERSON_IN_USE),
        ),
        Index(
            "uq_signing_keys_one_of_a_seal",
            "unit_id",
            unique=True,
            sqlite_where=text(_SEAL_IN_USE),
            postgresql_where=text(_SEAL_IN_USE),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    purpose: Mapped[str]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    label: Mapped[str]
    kind: Mapped[str] = mapped_column(default="file", server_default="file")
    address: Mapped[str] = mapped_column(default="", server_default="")
    p12_sealed: Mapped[bytes | None]
    certificate_pem: Mapped[str]
    is_demo: Mapped[bool] = mapped_column(default=False)
    valid_from: Mapped[datetime]
    valid_to: Mapped[datetime]
    retired_at: Mapped[datetime | None]
