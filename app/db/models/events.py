"""The event log (nhật ký sự kiện): chained per subject, refused to be changed by the database itself."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base


class Event(Base):
    """One thing that happened. `hash` covers `previous`, the header and `payload_hash`.

    `payload` and `salt` may be erased (personal data); the chain of hashes still holds.
    """

    __tablename__ = "events"
    __table_args__ = (
        UniqueConstraint("subject_kind", "subject_id", "seq", name="uq_events_subject_seq"),
        UniqueConstraint("dossier_id", "seq", name="uq_events_dossier_seq"),
        CheckConstraint(
            "(subject_kind = 'dossier') = (dossier_id IS NOT NULL)", name="dossier_iff_dossier_subject"
        ),
        CheckConstraint("seq >= 1", name="seq_starts_at_one"),
        Index("ix_events_at", "at", "kind", "dossier_id"),  # what happened on a day is counted from it alone
        Index("ix_events_user_id", "user_id", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    subject_kind: Mapped[str]
    subject_id: Mapped[str]
    dossier_id: Mapped[int | None]
    seq: Mapped[int]
    kind: Mapped[str]
    at: Mapped[datetime]  # when it happened, as the house knew
    actor_kind: Mapped[str]
    actor_name: Mapped[str]
    user_id: Mapped[int | None]
    payload: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    salt: Mapped[str | None]
    payload_hash: Mapped[str]
    previous: Mapped[str]
    hash: Mapped[str]
    erased_by: Mapped[int | None]


class ChainRoot(Base):
    """A Merkle root over the events of a stretch of ids (RFC 6962), signed and exported."""

    __tablename__ = "chain_roots"
    __table_args__ = (UniqueConstraint("period"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    period: Mapped[str]  # "2026-11-20T08" or "2026-11-20"
    first_event_id: Mapped[int]
    last_event_id: Mapped[int]
    events: Mapped[int]
    root: Mapped[str]
    signature: Mapped[bytes | None]
    made_at: Mapped[datetime]
