"""Hand-over lists (phiếu bàn giao): which paper files left which hands for which, and whether they arrived."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base


class Handover(Base):
    """One list: from one person to one unit. `code` is printed as a bar code on both copies."""

    __tablename__ = "handovers"
    __table_args__ = (
        Index("ix_handovers_to_unit_id", "to_unit_id", "closed_at"),
        Index("ix_handovers_from_user_id", "from_user_id", "given_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    root_unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    from_unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    from_user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    to_unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    given_at: Mapped[datetime]
    note: Mapped[str] = mapped_column(default="")
    taken_by: Mapped[str] = mapped_column(default="")
    closed_at: Mapped[datetime | None]  # every file was taken or is named as missing


class HandoverItem(Base):
    """One file of a list. `state`: given, taken, missing."""

    __tablename__ = "handover_items"
    __table_args__ = (
        UniqueConstraint("handover_id", "dossier_id"),
        CheckConstraint("state IN ('given','taken','missing')", name="state_is_known"),
        CheckConstraint("(state = 'given') = (seen_at IS NULL)", name="seen_iff_answered"),
        Index("ix_handover_items_dossier_id", "dossier_id", "hop_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    handover_id: Mapped[int] = mapped_column(ForeignKey("handovers.id"))
    ordinal: Mapped[int]
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"))
    hop_id: Mapped[int | None] = mapped_column(ForeignKey("hops.id"))
    state: Mapped[str] = mapped_column(default="given")
    seen_at: Mapped[datetime | None]
    seen_by: Mapped[str] = mapped_column(default="")
