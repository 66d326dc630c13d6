"""Money received (thu phí, lệ phí), whole đồng. The product never imitates a legal receipt."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base


class Payment(Base):
    """One payment or its reversal. `method`: cash, qr, online, post."""

    __tablename__ = "payments"
    __table_args__ = (
        CheckConstraint("method IN ('cash','qr','online','post')", name="method_is_known"),
        CheckConstraint("amount_vnd <> 0", name="amount_is_not_zero"),
        Index("ix_payments_dossier_id", "dossier_id"),
        Index("ix_payments_day", "user_id", "paid_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"))
    amount_vnd: Mapped[int]
    method: Mapped[str]
    receipt_symbol: Mapped[str] = mapped_column(default="")
    receipt_number: Mapped[str] = mapped_column(default="")
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    paid_at: Mapped[datetime]
    voids_id: Mapped[int | None]
    reason: Mapped[str] = mapped_column(default="")
