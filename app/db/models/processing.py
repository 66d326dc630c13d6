"""The walk through the internal process (các bước xử lý): hops of the control slip, consultations."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, only


class Hop(Base):
    """One stay of the dossier at one step: a row of the control slip (Phiếu kiểm soát).

    The first row is the desk's. `outcome` is written by the receiving side's hand-over: early, on_time, late.
    """

    __tablename__ = "hops"
    __table_args__ = (
        UniqueConstraint("dossier_id", "ordinal"),
        CheckConstraint("left_at IS NULL OR left_at >= handed_at", name="leaves_after_it_comes"),
        Index("ix_hops_open", "unit_id", "left_at"),
        Index("ix_hops_user", "user_id", "left_at"),
        Index("ix_hops_due", "due_at", **only("left_at IS NULL")),
        # With `left_at` though it is always NULL here: SQLite else reads the row to see that.
        Index("ix_hops_present", "dossier_id", "step_name", "due_at", "left_at", **only("left_at IS NULL")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"))
    ordinal: Mapped[int]
    step_ordinal: Mapped[int]
    step_name: Mapped[str]
    role: Mapped[str]
    from_unit_id: Mapped[int | None]
    from_name: Mapped[str] = mapped_column(default="")
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    user_name: Mapped[str] = mapped_column(default="")
    handed_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]
    action: Mapped[str] = mapped_column(default="")  # what ended the stay
    note: Mapped[str] = mapped_column(default="")
    outcome: Mapped[str] = mapped_column(default="")
    allotted_minutes: Mapped[int] = mapped_column(default=0)


class Consultation(Base):
    """Another unit asked in parallel (lấy ý kiến); silence past its time is not consent."""

    __tablename__ = "consultations"
    __table_args__ = (Index("ix_consultations_open", "unit_id", "answered_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    question: Mapped[str]
    asked_by: Mapped[str]
    asked_at: Mapped[datetime]
    due_at: Mapped[datetime]
    answer: Mapped[str] = mapped_column(default="")
    answered_by: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime | None]


class FrozenSteps(Base):
    """The internal process as it was when the dossier was received (quy trình nội bộ đóng băng)."""

    __tablename__ = "frozen_steps"

    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"), primary_key=True)
    steps: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
