"""Dossiers that came together (nhóm hồ sơ): one visit, one list, one slip; each dossier stands for itself."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base


class DossierGroup(Base):
    """One list received at once; `number` is gapless per authority and year."""

    __tablename__ = "dossier_groups"
    __table_args__ = (UniqueConstraint("unit_id", "year", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    year: Mapped[int]
    number: Mapped[int]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    representative: Mapped[str] = mapped_column(default="")
    request_id: Mapped[str] = mapped_column(unique=True)
    received_at: Mapped[datetime]


class DossierGroupItem(Base):
    """One dossier of a list, in the order of its lines."""

    __tablename__ = "dossier_group_items"

    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"), primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("dossier_groups.id"), index=True)
    ordinal: Mapped[int]
