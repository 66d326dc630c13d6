"""What keeps the house running: drafts, jobs, effects, outbox, heartbeats, settings."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, SealedRow


class Draft(Base, SealedRow):
    """A form being filled (bản nháp), at the desk or by a citizen; survives session expiry and restarts."""

    __tablename__ = "drafts"
    __table_args__ = (Index("ix_drafts_user_id", "user_id", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]  # receive, filing
    token_hash: Mapped[str | None] = mapped_column(unique=True)  # a citizen's draft is theirs by its token
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    data_sealed: Mapped[bytes]
    version: Mapped[int] = mapped_column(default=1)
    updated_at: Mapped[datetime]
    dossier_id: Mapped[int | None] = mapped_column(ForeignKey("dossiers.id"))  # what it became

    __mapper_args__ = {"version_id_col": version}


class Job(Base):
    """Long work, written in the transaction that wants it, claimed with a lease, retried."""

    __tablename__ = "jobs"
    __table_args__ = (
        CheckConstraint("state IN ('waiting','running','done','failed')", name="state_is_known"),
        Index("ix_jobs_claim", "state", "run_after"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    key: Mapped[str] = mapped_column(unique=True)
    arguments: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(default="waiting")
    attempts: Mapped[int] = mapped_column(default=0)
    progress: Mapped[int] = mapped_column(default=0)
    run_after: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    lease_owner: Mapped[str] = mapped_column(default="")
    error: Mapped[str] = mapped_column(default="")
    result_file_id: Mapped[int | None]
    wanted_by: Mapped[int | None]
    created_at: Mapped[datetime]
    done_at: Mapped[datetime | None]


class Effect(Base):
    """A scheduled effect that happened: its key is unique, so it happens exactly once."""

    __tablename__ = "effects"
    __table_args__ = (UniqueConstraint("kind", "subject", "occasion"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]  # warn, apology_draft, late, expire_supplement, remind_pickup …
    subject: Mapped[str]
    occasion: Mapped[str]  # rung and due time, so that a new due time warns anew
    due_for: Mapped[datetime]
    done_at: Mapped[datetime]
    is_late_run: Mapped[bool] = mapped_column(default=False)


class OutboxMessage(Base, SealedRow):
    """A message to send (mail, SMS, notice in the house), written with the change that causes it."""

    __tablename__ = "outbox_messages"
    __table_args__ = (
        CheckConstraint("state IN ('waiting','sent','failed')", name="state_is_known"),
        Index("ix_outbox_messages_state", "state", "send_after"),
        Index("ix_outbox_messages_user", "to_user_id", "read_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str]  # notice, mail, sms
    template: Mapped[str]
    to_user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    to_sealed: Mapped[bytes | None]
    dossier_id: Mapped[int | None] = mapped_column(ForeignKey("dossiers.id"))
    body_sealed: Mapped[bytes]
    state: Mapped[str] = mapped_column(default="waiting")
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str] = mapped_column(default="")
    send_after: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    read_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class Heartbeat(Base):
    """When a process last showed that it lives."""

    __tablename__ = "heartbeats"

    process: Mapped[str] = mapped_column(primary_key=True)
    seen_at: Mapped[datetime]
    detail: Mapped[str] = mapped_column(default="")


class Setting(Base):
    """A setting of the house or of one unit that an administrator changes."""

    __tablename__ = "settings"
    __table_args__ = (UniqueConstraint("unit_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    name: Mapped[str]
    value: Mapped[dict[str, Any] | list[Any] | str | int | bool | None] = mapped_column(JSON)
