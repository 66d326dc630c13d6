"""What flags need at hand (cờ cần giải trình): where online filings came from, how many flags wait for an answer."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base


class FilingOrigin(Base):
    """The network address that an applicant filed from, as a keyed digest: it tells whether two are alike, no more."""

    __tablename__ = "filing_origins"

    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"), primary_key=True, autoincrement=False)
    address_mac: Mapped[str]


class FlagCount(Base):
    """How many flags of a unit's report month were not explained when it was last counted: a cache, with its time."""

    __tablename__ = "flag_counts"
    __table_args__ = (CheckConstraint("waiting >= 0", name="nothing_is_counted_below_zero"),)

    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), primary_key=True, autoincrement=False)
    first_day: Mapped[date] = mapped_column(primary_key=True)
    end_day: Mapped[date]
    waiting: Mapped[int]
    counted_at: Mapped[datetime]
