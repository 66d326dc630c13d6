"""Working calendars as data (lịch làm việc): opening hours, days off, swaps; grounds of suspension."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base


class Calendar(Base):
    """A calendar of one or many authorities. `hours`: seven lists of [start, end] minutes, Monday first;
    `counted`: the weekdays (0–6) that count for limits — a desk may open on Saturday without counting it."""

    __tablename__ = "calendars"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    hours: Mapped[list[list[list[int]]]] = mapped_column(JSON)
    counted: Mapped[list[int]] = mapped_column(JSON)
    years: Mapped[list[int]] = mapped_column(JSON, default=list)
    version: Mapped[int] = mapped_column(default=1)


class CalendarDay(Base):
    """One dated exception: holiday, substitute, swapped_off, swapped_work or closure, with its source."""

    __tablename__ = "calendar_days"
    __table_args__ = (
        UniqueConstraint("calendar_id", "day"),
        CheckConstraint(
            "kind IN ('holiday','substitute','swapped_off','swapped_work','closure')", name="kind_is_known"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    calendar_id: Mapped[int] = mapped_column(ForeignKey("calendars.id"))
    day: Mapped[date]
    kind: Mapped[str]
    name: Mapped[str]
    source: Mapped[str]
    confirmed: Mapped[bool] = mapped_column(default=True)
    entered_by: Mapped[str] = mapped_column(default="")
    entered_at: Mapped[datetime | None]


class SuspensionGround(Base):
    """A legal ground on which the clock may stand still (căn cứ tạm dừng): data, because the law moves."""

    __tablename__ = "suspension_grounds"
    __table_args__ = (CheckConstraint("effect IN ('subtract','restart','none')", name="effect_is_known"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    effect: Mapped[str]
    opened_by: Mapped[str]  # actor kind
    document: Mapped[str] = mapped_column(default="")
    longest_working_days: Mapped[int | None]
    most_often: Mapped[int | None]
    legal_basis: Mapped[str]
    effective_from: Mapped[date]
    effective_to: Mapped[date | None]


class CalendarRun(Base):
    """Open dossiers reckoned anew after one change of a calendar (tính lại hạn theo lịch mới).

    `state`: reckoning (nothing shows yet), publishing, telling, done; overtaken by a later change before it
    published. The three cursors are the last dossier of each, so that a run cut off goes on where it stopped.
    """

    __tablename__ = "calendar_runs"
    __table_args__ = (
        UniqueConstraint("calendar_id", "to_version"),
        CheckConstraint(
            "state IN ('reckoning','publishing','telling','done','overtaken')", name="state_is_known"
        ),
        CheckConstraint(
            "(state IN ('reckoning','overtaken')) = (published_at IS NULL)", name="published_before_it_tells"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    calendar_id: Mapped[int] = mapped_column(ForeignKey("calendars.id"))
    to_version: Mapped[int]
    cause: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default="reckoning")
    reckoned_to: Mapped[int] = mapped_column(default=0)
    published_to: Mapped[int] = mapped_column(default=0)
    told_to: Mapped[int] = mapped_column(default=0)
    dossiers: Mapped[int] = mapped_column(default=0)
    moved: Mapped[int] = mapped_column(default=0)
    unreckoned: Mapped[int] = mapped_column(default=0)  # their due falls into a year that nobody has entered
    started_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]


class CalendarMove(Base):
    """One due time that a run moves: what it was, what it becomes. `event_seq`: the dossier as it was reckoned."""

    __tablename__ = "calendar_moves"

    run_id: Mapped[int] = mapped_column(ForeignKey("calendar_runs.id"), primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"), primary_key=True)
    event_seq: Mapped[int]
    old_due_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    due_day: Mapped[int | None]
    promised_at: Mapped[datetime | None]
    statutory_due_at: Mapped[datetime | None]
    step_due_at: Mapped[datetime | None]  # of the present step
