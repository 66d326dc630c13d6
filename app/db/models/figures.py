"""Figures that were entered or closed (số liệu nhập, số liệu chốt): what reports keep besides the facts."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base


class IndexEntry(Base):
    """What somebody entered or imported for a component of the 766 index: counts, the official points, or both.

    `official_points` are hundredths of a point.
    """

    __tablename__ = "index_entries"
    __table_args__ = (
        UniqueConstraint("unit_id", "first_day", "end_day", "component"),
        CheckConstraint("first_day < end_day", name="the_period_has_a_day"),
        CheckConstraint("numerator <= denominator", name="a_part_is_not_more_than_its_whole"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    first_day: Mapped[date]
    end_day: Mapped[date]
    component: Mapped[str]
    numerator: Mapped[int | None]
    denominator: Mapped[int | None]
    official_points: Mapped[int | None]
    source: Mapped[str] = mapped_column(default="")
    entered_by: Mapped[str]
    entered_at: Mapped[datetime]


class EnteredFigure(Base):
    """A figure that somebody entered for a unit, or for one person there (`login`), with its source and day."""

    __tablename__ = "entered_figures"
    __table_args__ = (
        UniqueConstraint("unit_id", "login", "first_day", "end_day", "item", name="uq_entered_figures_told_once"),
        CheckConstraint("first_day < end_day", name="the_period_has_a_day"),
        CheckConstraint("value >= 0", name="nothing_is_counted_below_zero"),
        CheckConstraint("source <> ''", name="every_figure_has_a_source"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    login: Mapped[str] = mapped_column(default="")
    first_day: Mapped[date]
    end_day: Mapped[date]
    item: Mapped[str]
    value: Mapped[int]
    source: Mapped[str]
    told_on: Mapped[date]
    entered_by: Mapped[str]
    entered_at: Mapped[datetime]


class ClosedReport(Base):
    """A period whose figures are closed (chốt số liệu): what form 06a told, by which formulas, and the digest.

    `forms` is what every form and the rates told, each with the version of its formulas; nothing for periods that
    were closed before it was kept. `entered` is what people had entered until then, NULL where it was not kept yet.
    What changes later is a restatement, never a second closing.
    """

    __tablename__ = "closed_reports"
    __table_args__ = (
        UniqueConstraint("form", "unit_id", "descendants", "first_day", "end_day", name="uq_closed_once"),
        CheckConstraint("first_day < end_day", name="the_period_has_a_day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    form: Mapped[str]
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    descendants: Mapped[bool]
    first_day: Mapped[date]
    end_day: Mapped[date]
    formula_version: Mapped[str]
    total: Mapped[dict[str, Any]] = mapped_column(JSON)
    forms: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, server_default="{}")
    entered: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))
    dossiers: Mapped[int]
    digest: Mapped[str]
    closed_by: Mapped[str]
    closed_at: Mapped[datetime]


class ClosedDossier(Base):
    """One dossier behind the cells of a closed report: on which side of the form it stood, by which fact of it."""

    __tablename__ = "closed_dossiers"

    report_id: Mapped[int] = mapped_column(ForeignKey("closed_reports.id"), primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"), primary_key=True)
    fact_id: Mapped[int] = mapped_column(ForeignKey("dossier_facts.id"))
    came: Mapped[str]  # received_online, received_direct_post, carried_over
    stood: Mapped[str]  # resolved_… or pending_…


class SignedReport(Base):
    """A report as a file that waits for the leader's signature, or carries it. `total` is what it tells, by figure.

    `state`: prepared, signed, withdrawn (another one was prepared in its place). A signed one stays for good.
    """

    __tablename__ = "signed_reports"
    __table_args__ = (
        UniqueConstraint(
            *("form", "unit_id", "descendants", "rows_by", "first_day", "end_day", "version"),
            name="uq_signed_reports_once",
        ),
        CheckConstraint("first_day < end_day", name="the_period_has_a_day"),
        CheckConstraint("state IN ('prepared','signed','withdrawn')", name="state_is_known"),
        CheckConstraint("(state = 'signed') = (signed_at IS NOT NULL)", name="signed_has_its_time"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    form: Mapped[str]
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    descendants: Mapped[bool]
    rows_by: Mapped[str]
    first_day: Mapped[date]
    end_day: Mapped[date]
    version: Mapped[int]
    state: Mapped[str]
    total: Mapped[dict[str, Any]] = mapped_column(JSON)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_files.id"))
    prepared_by: Mapped[str]
    prepared_at: Mapped[datetime]
    signer_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    signed_by: Mapped[str] = mapped_column(default="")
    signed_at: Mapped[datetime | None]


class ReportSigning(Base):
    """How far the signature of a prepared report is: stored before the key is used, one for each report.

    `state`: intended (the key may have been used, nothing was kept), held (signed as `file_id`, not given out until a
    timestamp authority answers), plain (nobody was to be asked for the time), timed, untimed (released by a leader
    without). `digest` is the keyed digest of the bytes to be signed.
    """

    __tablename__ = "report_signings"
    __table_args__ = (
        CheckConstraint("state IN ('intended','held','plain','timed','untimed')", name="state_is_known"),
        CheckConstraint("(state = 'intended') = (signed_at IS NULL)", name="signed_has_its_time"),
        CheckConstraint("state <> 'untimed' OR reason <> ''", name="untimed_has_reason"),
        CheckConstraint("(state = 'held') = (next_at IS NOT NULL)", name="held_is_tried_again"),
        Index("ix_report_signings_next_at", "next_at"),
    )

    report_id: Mapped[int] = mapped_column(ForeignKey("signed_reports.id"), primary_key=True, autoincrement=False)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    digest: Mapped[str]
    state: Mapped[str]
    intended_at: Mapped[datetime]
    signed_at: Mapped[datetime | None]
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_files.id"))
    next_at: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    error: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    released_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
