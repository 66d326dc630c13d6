"""The ledger (sổ thời gian), the cached due times, and the facts with validity that reports read."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, only

_OPEN = only("is_open = 1", postgresql="is_open")


class LedgerEntry(Base):
    """An interval or act on a dossier's clock: suspension, extension or declared due time.

    A suspension without `ended_at` is open. Entries are only added and closed, never rewritten.
    """

    __tablename__ = "ledger_entries"
    __table_args__ = (
        CheckConstraint("kind IN ('suspension','extension','declared')", name="kind_is_known"),
        CheckConstraint("ended_at IS NULL OR ended_at >= started_at", name="ends_after_it_starts"),
        CheckConstraint("kind = 'suspension' OR new_due_at IS NOT NULL", name="due_given_unless_suspension"),
        Index("ix_ledger_entries_dossier_id", "dossier_id", "started_at"),
        Index("ix_ledger_entries_until", "until_at", **only("until_at IS NOT NULL AND ended_at IS NULL")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"))
    kind: Mapped[str]
    ground: Mapped[str] = mapped_column(default="")
    effect: Mapped[str] = mapped_column(default="none")
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    until_at: Mapped[datetime | None]  # the ground's longest duration ends: the clock runs again by itself
    new_due_at: Mapped[datetime | None]
    old_due_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(default="")
    document: Mapped[str] = mapped_column(default="")
    opened_by: Mapped[str] = mapped_column(default="")
    closed_by: Mapped[str] = mapped_column(default="")


class DossierClock(Base):
    """Due times as derived from the ledger: a cache, equal to the derivation by test.

    NULL due while suspended. `standing_final` is set once, from the derivation, when the clock ends.
    """

    __tablename__ = "dossier_clocks"
    __table_args__ = (
        Index("ix_dossier_clocks_open_due", "settling_unit_id", "due_at", **_OPEN),
        Index("ix_dossier_clocks_due_at", "due_at", **_OPEN),
        # With what overviews ask of a clock: they count open dossiers without reading a row of it.
        Index("ix_dossier_clocks_in_order", "dossier_id", "due_at", "is_suspended", **_OPEN),
        # What the sweeps look for lies side by side: a look reads what is due and nothing else.
        Index("ix_dossier_clocks_limit_due", "limit_written", "due_at", **_OPEN),
        Index("ix_dossier_clocks_touched", "touched_at", **_OPEN),
        Index("ix_dossier_clocks_version", "calendar_version", "settling_unit_id", **_OPEN),
        Index("ix_dossier_clocks_answer_due", "answer_due_at", **only("answer_due_at IS NOT NULL")),
        Index("ix_dossier_clocks_ended_late", "due_at", **only("standing = 'late'")),
    )

    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"), primary_key=True)
    settling_unit_id: Mapped[int]
    is_open: Mapped[bool]
    is_suspended: Mapped[bool] = mapped_column(default=False)
    limit_written: Mapped[str] = mapped_column(default="")  # the committed limit, "" where none is known
    touched_at: Mapped[datetime | None]  # the newest act of a person; what the house writes moves nothing
    due_day: Mapped[int | None]  # yyyymmdd, Vietnam
    due_at: Mapped[datetime | None]
    promised_at: Mapped[datetime | None]
    first_due_at: Mapped[datetime | None]  # as promised on Mẫu 01
    statutory_due_at: Mapped[datetime | None]
    step_due_at: Mapped[datetime | None]
    answer_due_at: Mapped[datetime | None]  # filed online: eight working hours to answer
    standing: Mapped[str] = mapped_column(default="unknown")  # at the clock's end
    statutory_standing: Mapped[str] = mapped_column(default="unknown")
    consumed_minutes: Mapped[int | None]
    calendar_version: Mapped[int] = mapped_column(default=1)


class DossierFact(Base):
    """What was true of a dossier from `valid_from` until `valid_to` (NULL: still). Reports read only these."""

    __tablename__ = "dossier_facts"
    __table_args__ = (
        CheckConstraint("components_digitized <= components_due", name="digitized_are_among_the_due"),
        Index("ix_dossier_facts_dossier_id", "dossier_id", "valid_from"),
        # All that form 06a reads, in the order of `counted_parts`: it is counted from this index alone. The next two
        # hold nearly nothing, but the same columns: PostgreSQL would else find reading years of this one cheaper.
        Index(
            "ix_dossier_facts_counted",
            *("settling_unit_id", "ended_at", "valid_to", "valid_from", "received_at", "due_at", "standing"),
            *("is_suspended", "state", "channel", "procedure_id", "field", "dossier_id"),
        ),
        Index(
            "ix_dossier_facts_ended_before_received",
            *("settling_unit_id", "received_at", "ended_at", "valid_to", "valid_from", "due_at", "standing"),
            *("is_suspended", "state", "channel", "procedure_id", "field", "dossier_id"),
            sqlite_where=text("ended_at < received_at"),
            postgresql_where=text("ended_at < received_at"),
        ),
        Index(
            "ix_dossier_facts_ends_later",
            *("settling_unit_id", "valid_from", "ended_at", "valid_to", "received_at", "due_at", "standing"),
            *("is_suspended", "state", "channel", "procedure_id", "field", "dossier_id"),
            sqlite_where=text("ended_at > valid_from"),
            postgresql_where=text("ended_at > valid_from"),
        ),
        # All that a simulation reads of a dossier whose clock never stood still.
        Index(
            "ix_dossier_facts_resolved",
            *("procedure_id", "ended_at", "valid_to", "valid_from", "received_at", "settling_unit_id", "standing"),
            *("supplement_requests", "dossier_id"),
            **only("ended_at IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"))
    valid_from: Mapped[datetime]
    valid_to: Mapped[datetime | None]
    recorded_at: Mapped[datetime]
    event_seq: Mapped[int]
    state: Mapped[str]
    procedure_id: Mapped[int]
    field: Mapped[str]
    settling_unit_id: Mapped[int]
    receiving_unit_id: Mapped[int]
    channel: Mapped[int]
    is_assisted: Mapped[bool]
    is_imported: Mapped[bool]
    received_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    returned_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    due_day: Mapped[int | None]
    by_day: Mapped[bool] = mapped_column(default=True)  # day limit: standing compares days
    ended_day: Mapped[int | None]
    is_suspended: Mapped[bool]
    standing: Mapped[str]  # early, on_time, late once ended; else unknown
    statutory_standing: Mapped[str]
    restart_standing: Mapped[str] = mapped_column(default="unknown")  # the committed limit anew after a supplement
    statutory_due_at: Mapped[datetime | None]
    supplement_requests: Mapped[int]
    components: Mapped[int]
    components_due: Mapped[int]  # those that had to be digitized
    components_digitized: Mapped[int]
    components_reused: Mapped[int]
    result_required: Mapped[bool]
    result_electronic: Mapped[bool]  # an electronic original
    result_digitized: Mapped[bool] = mapped_column(default=False)  # that, or a paper result scanned back
    fee_vnd: Mapped[int]
    paid_online: Mapped[bool]
    vneid_verified: Mapped[bool] = mapped_column(default=False)
