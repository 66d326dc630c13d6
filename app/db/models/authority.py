"""Who may sign, in whose name, from when to when (thẩm quyền ký); who stands in for whom (vắng mặt, người thay)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base


class SigningAuthority(Base):
    """One authority to sign results, certifications or both: its block as printed, from a minute to a minute.

    `capacity`: head (người đứng đầu), TM, KT, TUQ, TL (NĐ 30/2020/NĐ-CP art. 13). The end is exclusive. Results are
    signed by an account and under a decision; who certifies with pen and seal needs neither.
    """

    __tablename__ = "signing_authorities"
    __table_args__ = (
        CheckConstraint("capacity IN ('head','TM','KT','TUQ','TL')", name="capacity_is_known"),
        CheckConstraint("effective_to IS NULL OR effective_to > effective_from", name="ends_after_it_begins"),
        CheckConstraint("signs_results OR certifies", name="signs_something"),
        CheckConstraint(
            "NOT signs_results OR (user_id IS NOT NULL AND decided_on IS NOT NULL AND decision <> '')",
            name="results_by_account_and_decision",
        ),
        Index("ix_signing_authorities_unit_id", "unit_id", "user_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    name: Mapped[str]  # as printed
    capacity: Mapped[str]
    titles: Mapped[str]  # one line a row: "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH"
    decision: Mapped[str]
    decided_on: Mapped[date | None]
    effective_from: Mapped[datetime]
    effective_to: Mapped[datetime | None]
    signs_results: Mapped[bool]
    certifies: Mapped[bool]


class Absence(Base):
    """Somebody is away and somebody else does their work, from a minute to a minute (the end exclusive)."""

    __tablename__ = "absences"
    __table_args__ = (
        CheckConstraint("user_id <> substitute_id", name="nobody_replaces_himself"),
        CheckConstraint("until_at > from_at", name="absence_ends_after_it_begins"),
        Index("ix_absences_substitute_id", "substitute_id", "until_at"),
        Index("ix_absences_user_id", "user_id", "until_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    substitute_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    from_at: Mapped[datetime]
    until_at: Mapped[datetime]
    reason: Mapped[str]
    made_by: Mapped[str]
