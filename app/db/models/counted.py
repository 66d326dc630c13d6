"""What was counted ahead (số liệu đếm sẵn): a cache of facts, and since when it no longer says what they say."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base


class CountedPeriod(Base):
    """The dossiers that one unit settles, counted over a period; `until` is the instant the facts were read before.

    `counts` are in the order of `app.domain.dashboards.FIGURES`, whose digest is `formulas`.
    """

    __tablename__ = "counted_periods"
    __table_args__ = (CheckConstraint("first_day < end_day", name="the_period_has_a_day"),)

    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), primary_key=True)
    first_day: Mapped[date] = mapped_column(primary_key=True)
    end_day: Mapped[date] = mapped_column(primary_key=True)
    until: Mapped[datetime]
    formulas: Mapped[str]
    counts: Mapped[list[int]] = mapped_column(JSON)


class FactTouch(Base):
    """A fact of a unit changed: what was counted of it beyond `since` is to be counted anew (`app.db.touching`)."""

    __tablename__ = "fact_touches"
    __table_args__ = (Index("ix_fact_touches_unit_id", "unit_id", "since"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int]
    since: Mapped[datetime]
