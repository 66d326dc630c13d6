"""What needs a second person (việc cần người thứ hai): corrections of recorded facts, late entries of earlier days."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, SealedRow, only


class Correction(Base, SealedRow):
    """One proposal to correct a recorded fact (đề nghị đính chính), and who of others decided on it.

    `field` is a key of `app.domain.corrections`. Both values are sealed: many are personal data. A proposal is
    never rewritten; a decision closes it, and the database refuses that proposer and decider are one.
    """

    __tablename__ = "dossier_corrections"
    __table_args__ = (
        CheckConstraint("state IN ('proposed','confirmed','declined')", name="state_is_known"),
        CheckConstraint("(state = 'proposed') = (decided_at IS NULL)", name="decided_unless_proposed"),
        CheckConstraint("decided_by_id IS NULL OR decided_by_id <> proposed_by_id", name="two_different_persons"),
        Index("ix_dossier_corrections_dossier_id", "dossier_id"),
        Index(
            "uq_dossier_corrections_one_open",
            "dossier_id",
            unique=True,
            **only("state = 'proposed'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"))
    field: Mapped[str]
    old_sealed: Mapped[bytes | None]
    new_sealed: Mapped[bytes | None]
    reason: Mapped[str]
    state: Mapped[str] = mapped_column(default="proposed")
    proposed_at: Mapped[datetime]
    proposed_by: Mapped[str]
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str] = mapped_column(default="")
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    note: Mapped[str] = mapped_column(default="")
