"""Keys of linked systems (khóa kết nối): whose, for what, how often."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base


class ApiKey(Base):
    """One key of one organisation; only its hash is kept. `scopes` are names of `app.domain.api_scopes.Scope`."""

    __tablename__ = "api_keys"
    __table_args__ = (
        UniqueConstraint("unit_id", "name"),
        CheckConstraint("per_minute > 0", name="asks_at_least_once_a_minute"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    name: Mapped[str]
    key_hash: Mapped[str] = mapped_column(unique=True)
    scopes: Mapped[list[str]] = mapped_column(JSON)
    per_minute: Mapped[int]
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]  # to the minute


class ApiMinute(Base):
    """How often a key asked in one minute (of the epoch), counted for all processes."""

    __tablename__ = "api_minutes"

    key_id: Mapped[int] = mapped_column(ForeignKey("api_keys.id"), primary_key=True)
    minute: Mapped[int] = mapped_column(primary_key=True)
    asked: Mapped[int] = mapped_column(default=0)
