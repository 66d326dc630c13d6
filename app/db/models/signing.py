"""Batches of signatures (lô ký): one confirmation for an exact set of files, and how each of them went."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base


class SigningBatch(Base):
    """What a leader confirmed with one PIN. `set_digest` is SHA-256 over the sorted results and file digests.

    `beat_at` tells a batch at work from one whose process died; `halted` says why one stopped (the key is gone);
    `done_at` is set when nothing waits any more.
    """

    __tablename__ = "signing_batches"
    __table_args__ = (
        CheckConstraint("total > 0", name="something_to_sign"),
        Index("ix_signing_batches_user_id", "user_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    set_digest: Mapped[str]
    total: Mapped[int]
    confirmed_at: Mapped[datetime]
    beat_at: Mapped[datetime]
    halted: Mapped[str] = mapped_column(default="", server_default="")
    done_at: Mapped[datetime | None]


class SigningBatchItem(Base):
    """One file of a batch: `digest` is the keyed digest that was confirmed."""

    __tablename__ = "signing_batch_items"
    __table_args__ = (
        UniqueConstraint("batch_id", "result_id"),
        CheckConstraint("state IN ('waiting','signed','failed')", name="state_is_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("signing_batches.id"))
    ordinal: Mapped[int]
    result_id: Mapped[int] = mapped_column(ForeignKey("results.id"))
    number: Mapped[str]
    version: Mapped[int]
    digest: Mapped[str]
    state: Mapped[str] = mapped_column(default="waiting")
    reason: Mapped[str] = mapped_column(default="")


class ResultTime(Base):
    """How far a released electronic result's time is proven (dấu thời gian), and when to look at it again.

    `state`: held (sealed, its release waits for a timestamp), untimed (released by a leader without one),
    timed (under a timestamp that holds until `until`).
    """

    __tablename__ = "result_times"
    __table_args__ = (
        CheckConstraint("state IN ('held','untimed','timed')", name="state_is_known"),
        CheckConstraint("state <> 'untimed' OR reason <> ''", name="untimed_has_reason"),
        Index("ix_result_times_next_at", "next_at"),
    )

    result_id: Mapped[int] = mapped_column(ForeignKey("results.id"), primary_key=True, autoincrement=False)
    state: Mapped[str]
    sealer_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    since: Mapped[datetime]
    next_at: Mapped[datetime]
    until: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    error: Mapped[str] = mapped_column(default="")
    alarmed_at: Mapped[datetime | None]
    released_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    reason: Mapped[str] = mapped_column(default="")
