"""The warn ladder (bậc thang nhắc hạn): when a dossier that nears its due time is called to mind, and to whom.

Pure: a rung knows how much time is left when it is reached, the calendar says when that is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from workflows.calendar import VIETNAM, CalendarYearMissing, WorkingCalendar
from workflows.errors import N_, RuleBroken
from workflows.instants import end_of, from_minute, minute_of
from workflows.limits import LimitUnit, TimeLimit, written_minutes


class LadderNotUnderstood(RuleBroken):
    """A rung of the configured ladder cannot be read."""

    code = "ladder_not_understood"
    sentence = N_(
        "Bậc nhắc hạn “{rung}” chưa đúng. Mỗi bậc gồm kind (share, hours, due, late), amount là số nguyên dương "
        "và to (holder, officer, leader)."
    )


class RungTwice(RuleBroken):
    """Two rungs are reached at the same time left."""

    code = "rung_twice"
    sentence = N_("Bậc {number} trùng với bậc {before}. Vui lòng bỏ một trong hai.")


class RungOutOfRange(RuleBroken):
    """A rung's amount is no time that a limit can have left."""

    code = "rung_out_of_range"
    sentence = N_("Bậc {number}: mức phải là số nguyên từ 1 đến {most}.")


class NoRung(RuleBroken):
    """A ladder without rungs would tell nobody anything."""

    code = "no_rung"
    sentence = N_("Cần ít nhất một bậc nhắc hạn.")


class RungKind(StrEnum):
    """What a rung measures."""

    SHARE = "share"  # percent of the limit that is left
    HOURS = "hours"  # working hours that are left
    DUE = "due"  # the due time itself
    LATE = "late"  # each working day that follows it, `amount` days long


MOST_OF = {RungKind.SHARE: 99, RungKind.HOURS: 400, RungKind.DUE: 1, RungKind.LATE: 60}


class Audience(StrEnum):
    """Who is told: the holder alone, the officers too, or up to the leaders."""

    HOLDER = "holder"
    OFFICER = "officer"
    LEADER = "leader"


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung: at how much time left whom to tell."""

    kind: RungKind
    amount: int
    to: Audience

    @property
    def name(self) -> str:
        """Return the name by which an effect remembers the rung."""
        return self.kind if self.kind is RungKind.DUE else f"{self.kind}-{self.amount}"

    def minutes_left(self, limit: TimeLimit | None) -> int | None:
        """Return the minutes before due at which the rung is reached; None where it does not apply.

        A rung of hours that would be reached in the first half of a short limit says nothing new.
        """
        if self.kind is RungKind.DUE:
            return 0
        if self.kind is RungKind.SHARE:
            return length_of(limit) * self.amount // 100 if limit else None
        minutes = self.amount * 60
        return minutes if limit is None or minutes * 2 <= length_of(limit) else None


DEFAULT_LADDER = (
    Rung(RungKind.SHARE, 25, Audience.HOLDER),
    Rung(RungKind.HOURS, 4, Audience.OFFICER),
    Rung(RungKind.DUE, 1, Audience.LEADER),
    Rung(RungKind.LATE, 20, Audience.LEADER),
)


def ladder_of(stored: Any) -> tuple[Rung, ...]:
    """Return the ladder that a setting holds: a list of {"kind", "amount", "to"}. Raises LadderNotUnderstood."""
    if not isinstance(stored, list):
        raise LadderNotUnderstood(rung=stored)
    return tuple(_rung(row) for row in stored)


def check_ladder(rungs: Sequence[Rung]) -> None:
    """Refuse a ladder that cannot be climbed. Raises NoRung, RungOutOfRange, RungTwice, naming the rung."""
    if not rungs:
        raise NoRung(where="rows")
    names = [rung.name for rung in rungs]
    for place, rung in enumerate(rungs):
        most = MOST_OF[rung.kind]
        if not 1 <= rung.amount <= most:
            raise RungOutOfRange(where=f"rows-{place}-amount", number=place + 1, most=most)
        if rung.name in names[:place]:
            before = names.index(rung.name) + 1
            raise RungTwice(where=f"rows-{place}-kind", number=place + 1, before=before)


def _rung(row: Any) -> Rung:
    try:
        rung = Rung(RungKind(row["kind"]), int(row.get("amount", 1)), Audience(row["to"]))
    except (AttributeError, KeyError, TypeError, ValueError):
        raise LadderNotUnderstood(rung=row) from None
    if rung.amount < 1:
        raise LadderNotUnderstood(rung=row)
    return rung


def length_of(limit: TimeLimit) -> int:
    """Return about how many minutes a limit is long: wall-clock for hours, working ones for all others."""
    return limit.amount * 60 if limit.unit is LimitUnit.HOURS else written_minutes(limit)


def reached_up_to(calendar: WorkingCalendar, at: datetime, minutes: int, limit: TimeLimit | None) -> datetime:
    """Return the latest due time of which at most `minutes` are left at `at`, as far as the calendar knows."""
    if minutes <= 0:
        return at
    if limit is not None and limit.unit is LimitUnit.HOURS:
        return at + timedelta(minutes=minutes)
    try:
        return from_minute(calendar.minute_after(minute_of(at), minutes + 1) - 1)
    except CalendarYearMissing:  # nothing is due beyond the last year that the calendar holds
        return end_of(date(calendar.years[-1], 12, 31))


def instant_before(calendar: WorkingCalendar, due_at: datetime, minutes: int, limit: TimeLimit | None) -> datetime:
    """Return the first instant at which at most `minutes` were left until `due_at`."""
    if minutes <= 0:
        return due_at
    if limit is not None and limit.unit is LimitUnit.HOURS:
        return due_at - timedelta(minutes=minutes)
    return working_minutes_back(calendar, due_at, minutes)


def working_minutes_back(calendar: WorkingCalendar, at: datetime, minutes: int) -> datetime:
    """Return the first instant after which `minutes` of working time have passed by `at`.

    Before the calendar's first working minute, that minute.
    """
    first = minute_of(datetime(calendar.years[0], 1, 1, tzinfo=VIETNAM))
    left = calendar.worked_before(minute_of(at)) - minutes
    return from_minute(calendar.minute_after(first, max(left, 1)))


def opened_day(calendar: WorkingCalendar, at: datetime) -> date:
    """Return the working day that `at` lies in, or the last one: a day begins when its desk opens."""
    today = at.astimezone(VIETNAM).date()
    if calendar.is_working_day(today) and calendar.opening(today)[0][0] <= at:
        return today
    return calendar.previous_working_day(today)


def opening_of(calendar: WorkingCalendar, day: date) -> datetime:
    """Return when the desk opens on a working day."""
    return calendar.opening(day)[0][0]


def days_late(calendar: WorkingCalendar, due_at: datetime, at: datetime, *, most: int) -> tuple[date, ...]:
    """Return the working days that have opened after `due_at` up to `at`, at most the first `most`."""
    days: list[date] = []
    day = calendar.roll_forward(due_at.astimezone(VIETNAM).date())
    while len(days) < most and opening_of(calendar, day) <= at:
        if opening_of(calendar, day) >= due_at:
            days.append(day)
        day = calendar.next_working_day(day)
    return tuple(days)


def working_days_back(calendar: WorkingCalendar, day: date, count: int) -> datetime:
    """Return the opening of the `count`-th working day before `day`."""
    for _ in range(count):
        day = calendar.previous_working_day(day)
    return opening_of(calendar, day)


def highest(rungs: Iterable[Rung]) -> Audience:
    """Return the widest audience among rungs that are reached together."""
    order = list(Audience)
    return max((rung.to for rung in rungs), key=order.index, default=Audience.HOLDER)


def as_setting(ladder: Iterable[Rung]) -> list[Mapping[str, Any]]:
    """Return the ladder as a setting holds it."""
    return [{"kind": str(rung.kind), "amount": rung.amount, "to": str(rung.to)} for rung in ladder]
