"""Dossiers that belong together, and dossiers that are settled on another system (liên thông, theo dõi)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base


class FamilyLink(Base):
    """A child dossier of an interlinked set (hồ sơ thành phần); each keeps its own code, clock and agency."""

    __tablename__ = "family_links"
    __table_args__ = (
        CheckConstraint("parent_id <> dossier_id", name="nobody_is_their_own_child"),
        Index("ix_family_links_parent_id", "parent_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"), unique=True)  # the child
    parent_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"))
    linked_at: Mapped[datetime]
    linked_by: Mapped[str]


class ExternalTracking(Base):
    """A dossier settled on another system: its name, code there, and what that system said last.

    `status` is the national code (1–10) as last read; nothing here sets our own state by itself.
    """

    __tablename__ = "external_trackings"
    __table_args__ = (CheckConstraint("status IS NULL OR status BETWEEN 1 AND 10", name="status_is_national"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"), unique=True)
    system: Mapped[str]
    code: Mapped[str]
    status: Mapped[int | None]
    ended_at: Mapped[datetime | None]  # when that system finished, as it says
    checked_at: Mapped[datetime]
    checked_by: Mapped[str]


class NationalCopy(Base):
    """What the national portal said last of a dossier: under which code, which status (1–10), when it was asked."""

    __tablename__ = "national_copies"
    __table_args__ = (
        CheckConstraint("status BETWEEN 1 AND 10", name="status_is_national"),
        Index("ix_national_copies_checked_at", "checked_at"),
    )

    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"), primary_key=True)
    code: Mapped[str]
    status: Mapped[int]
    checked_at: Mapped[datetime]
    entered_by: Mapped[str]
    entered_at: Mapped[datetime]
