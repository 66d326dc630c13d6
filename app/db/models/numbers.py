"""Gapless counters (số thứ tự): rows updated in the transaction that uses the number."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base


class Counter(Base):
    """The last number used of one series: kind "dossier" per agency and day, "form:01" per unit and year…

    A database sequence would leave gaps when a transaction is rolled back; a row does not.
    """

    __tablename__ = "counters"
    __table_args__ = (
        UniqueConstraint("unit_id", "kind", "period"),
        CheckConstraint("value >= 0", name="value_is_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    kind: Mapped[str]
    period: Mapped[str]  # "261120" or "2026"
    value: Mapped[int] = mapped_column(default=0)
