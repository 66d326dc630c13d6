"""Authorities and places (cơ quan, đơn vị; tỉnh, xã)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base


class Unit(Base):
    """An authority or one of its divisions (cơ quan, phòng, bộ phận).

    `root_id` is the authority a division belongs to (itself for an authority): object scope is decided by it.
    `kind`: province, department, commune, division, desk. `code` is the electronic identifier (mã định danh).
    """

    __tablename__ = "units"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('province','department','commune','division','desk')", name="kind_is_known"
        ),
        Index("ix_units_parent_id", "parent_id"),
        Index("ix_units_root_id", "root_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    short_name: Mapped[str] = mapped_column(default="")
    kind: Mapped[str]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    root_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    place_code: Mapped[str | None]  # mã đơn vị hành chính (GSO)
    name_key: Mapped[str] = mapped_column(default="")  # place_key(name)
    name_fold: Mapped[str] = mapped_column(default="")
    name_sort: Mapped[str] = mapped_column(default="")
    calendar_id: Mapped[int | None] = mapped_column(ForeignKey("calendars.id"))
    address: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    is_demo: Mapped[bool] = mapped_column(default=False)
    is_own: Mapped[bool] = mapped_column(default=False)  # works on this installation
    effective_from: Mapped[date | None]
    effective_to: Mapped[date | None]


class Place(Base):
    """A province or commune of the two-tier units (đơn vị hành chính hai cấp), by GSO code."""

    __tablename__ = "places"
    __table_args__ = (
        UniqueConstraint("code", "effective_from"),
        CheckConstraint("kind IN ('province','commune')", name="kind_is_known"),
        Index("ix_places_name_key", "name_key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str]
    name: Mapped[str]
    full_name: Mapped[str]
    kind: Mapped[str]
    province_code: Mapped[str | None]
    name_key: Mapped[str]
    name_fold: Mapped[str]
    name_sort: Mapped[str]
    effective_from: Mapped[date] = mapped_column(default=date(2025, 7, 1))
