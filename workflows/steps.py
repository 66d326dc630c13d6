"""The internal process of a procedure (quy trình nội bộ): ordered steps and the time of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from workflows.calendar import WorkingCalendar
from workflows.errors import StepsBroken, StepsTooLong
from workflows.limits import WRITTEN_DAY, TimeLimit, label_vi, written_minutes


@dataclass(frozen=True, slots=True)
class Step:
    """One step (bước): its place in the order, what is done, by which role of which kind of unit.

    `minutes` are written working minutes: 480 are one working day.
    """

    ordinal: int
    name: str
    role: str
    unit_kind: str
    minutes: int


def check_steps(steps: Sequence[Step], committed: TimeLimit) -> tuple[Step, ...]:
    """Return the steps in their order when they fit the committed limit.

    Raises StepsBroken for an empty process, a step without name or time, or two of one ordinal;
    StepsTooLong naming the step that crosses the limit.
    """
    in_order = tuple(sorted(steps, key=lambda step: step.ordinal))
    if not in_order:
        raise StepsBroken(where="steps", ordinal=1, step="", why="còn thiếu: quy trình cần ít nhất một bước")
    for step in in_order:
        _check_alone(step)
    for step, following in pairwise(in_order):
        if step.ordinal == following.ordinal:
            raise _broken(following, f"trùng số thứ tự với bước “{step.name}”")
    _check_sum(in_order, committed)
    return in_order


def _check_alone(step: Step) -> None:
    if not step.name.strip():
        raise _broken(step, "chưa có tên")
    if step.minutes <= 0:
        raise _broken(step, "phải có thời gian lớn hơn 0")


def _broken(step: Step, why: str) -> StepsBroken:
    return StepsBroken(where=f"steps.{step.ordinal}", ordinal=step.ordinal, step=step.name, why=why)


def _check_sum(steps: Sequence[Step], committed: TimeLimit) -> None:
    allowed, spent = written_minutes(committed), 0
    crossing = None
    for step in steps:
        spent += step.minutes
        if crossing is None and spent > allowed:
            crossing = step
    if crossing is not None:
        raise StepsTooLong(
            where=f"steps.{crossing.ordinal}",
            total=_hours(spent),
            allowed=_hours(allowed),
            limit=label_vi(committed),
            ordinal=crossing.ordinal,
            step=crossing.name,
        )


def _hours(minutes: int) -> str:
    """Return minutes as hours in Vietnamese notation: 24, 7,5."""
    return f"{minutes / 60:.2f}".rstrip("0").rstrip(".").replace(".", ",")


def opening_minutes(written: int, calendar: WorkingCalendar) -> int:
    """Return the opening minutes of a calendar that written minutes last: 480 are one full day of it, rounded up."""
    return -(-written * calendar.minutes_a_day // WRITTEN_DAY)


def step_due_at(written: int, entered_at: datetime, calendar: WorkingCalendar) -> datetime:
    """Return by when a step of so many written minutes, entered at an instant, should be done, in Vietnam time.

    A step has its whole time also where an earlier one has spent it: that the dossier is late, its own due
    time says. Raises NaiveTime, CalendarYearMissing.
    """
    return calendar.add_working_minutes(entered_at, opening_minutes(written, calendar))
