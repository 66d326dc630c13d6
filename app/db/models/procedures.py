"""The catalogue (thủ tục hành chính): versions with limits, fees, components and the internal process."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, new_uid


class Procedure(Base):
    """One procedure (TTHC) by its national code; what it says stands in its versions."""

    __tablename__ = "procedures"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    current_version_id: Mapped[int | None]  # no foreign key: the two tables would need each other to exist


class ProcedureVersion(Base):
    """What a procedure says from a date on. A dossier keeps the version it was received under.

    `status`: draft (something is chưa xác định), ready, closed. `own_fields`: definitions of the
    procedure's own form fields. `result_form`: electronic, paper_numbered, paper_external.
    """

    __tablename__ = "procedure_versions"
    __table_args__ = (
        UniqueConstraint("procedure_id", "version"),
        CheckConstraint("status IN ('draft','ready','closed')", name="status_is_known"),
        CheckConstraint(
            "result_form IN ('electronic','paper_numbered','paper_external')", name="result_form_is_known"
        ),
        Index("ix_procedure_versions_procedure_id", "procedure_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    procedure_id: Mapped[int] = mapped_column(ForeignKey("procedures.id"))
    version: Mapped[int]
    effective_from: Mapped[date]
    effective_to: Mapped[date | None]
    name: Mapped[str]
    short_name: Mapped[str] = mapped_column(default="")
    name_fold: Mapped[str] = mapped_column(default="")
    aliases: Mapped[list[str]] = mapped_column(JSON, default=list)
    field: Mapped[str]
    levels: Mapped[list[str]] = mapped_column(JSON, default=list)
    competent_agency: Mapped[str] = mapped_column(default="")
    subject: Mapped[str] = mapped_column(default="")
    decision: Mapped[str] = mapped_column(default="")
    fee_text: Mapped[str] = mapped_column(default="")
    status: Mapped[str] = mapped_column(default="draft")
    missing: Mapped[list[str]] = mapped_column(JSON, default=list)  # what is chưa xác định
    result_name: Mapped[str] = mapped_column(default="")
    result_code: Mapped[str] = mapped_column(default="")
    result_form: Mapped[str] = mapped_column(default="electronic")
    own_fields: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    cases: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    neutral_name: Mapped[str] = mapped_column(
        default=""
    )  # tên trung tính in messages (adoption, disability …)
    needs_digitizing: Mapped[bool] = mapped_column(default=True)
    source: Mapped[str] = mapped_column(default="")
    content_hash: Mapped[str] = mapped_column(default="")
    revision: Mapped[str] = mapped_column(default=new_uid)  # drawn anew whenever limits, papers, steps or fees change
    is_demo: Mapped[bool] = mapped_column(default=False)


class ProcedureLimit(Base):
    """Statutory and committed limit of one channel (thời hạn theo quy định, thời hạn rút ngắn).

    Text as `workflows.limits.TimeLimit.parse` reads it; NULL statutory = chưa xác định.
    """

    __tablename__ = "procedure_limits"
    __table_args__ = (UniqueConstraint("version_id", "channel"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("procedure_versions.id"))
    channel: Mapped[int]
    statutory: Mapped[str | None]
    committed: Mapped[str | None]
    cutoff: Mapped[str | None]  # "15:00"
    decision_number: Mapped[str] = mapped_column(default="")
    decision_date: Mapped[date | None]
    shortened_from: Mapped[date | None]  # the day from which the decision shortens the limit
    percent: Mapped[int | None]


class ProcedureFee(Base):
    """One fee line (phí, lệ phí) in whole đồng; channel NULL = every channel."""

    __tablename__ = "procedure_fees"
    __table_args__ = (Index("ix_procedure_fees_version_id", "version_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("procedure_versions.id"))
    channel: Mapped[int | None]
    name: Mapped[str]
    amount_vnd: Mapped[int | None]
    per: Mapped[str] = mapped_column(default="dossier")  # dossier, copy, page
    condition: Mapped[str] = mapped_column(default="")
    exemptions: Mapped[list[str]] = mapped_column(JSON, default=list)
    legal_basis: Mapped[str] = mapped_column(default="")


class ProcedureComponent(Base):
    """One required paper (thành phần hồ sơ)."""

    __tablename__ = "procedure_components"
    __table_args__ = (UniqueConstraint("version_id", "ordinal"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("procedure_versions.id"))
    ordinal: Mapped[int]
    name: Mapped[str]
    paper_code: Mapped[str] = mapped_column(default="")
    originals: Mapped[int] = mapped_column(default=0)
    copies: Mapped[int] = mapped_column(default=0)
    required: Mapped[bool] = mapped_column(default=True)
    exemption: Mapped[str] = mapped_column(default="")  # shown_only, verification, secret, database or empty
    note: Mapped[str] = mapped_column(default="")
    case: Mapped[str] = mapped_column(default="")


class ProcedureStep(Base):
    """One step of the internal process (quy trình nội bộ): role, division, working minutes."""

    __tablename__ = "procedure_steps"
    __table_args__ = (UniqueConstraint("version_id", "ordinal"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("procedure_versions.id"))
    ordinal: Mapped[int]
    name: Mapped[str]
    role: Mapped[str]
    unit_key: Mapped[str] = mapped_column(default="")  # short name of the division, empty = the desk
    minutes: Mapped[int]


class Offering(Base):
    """A procedure opened at an authority's desk (mở tiếp nhận), with the unit that settles it."""

    __tablename__ = "offerings"
    __table_args__ = (UniqueConstraint("unit_id", "procedure_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    procedure_id: Mapped[int] = mapped_column(ForeignKey("procedures.id"))
    settling_unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    is_open: Mapped[bool] = mapped_column(default=True)
