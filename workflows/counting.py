"""How each unit of a limit is counted (cách tính thời hạn theo từng đơn vị).

A *position* is where the limit stands on its own ruler: the ordinal of a local day for limits by day, a
local minute (see `instants`) for limits by hour. Four rulers answer the same four questions.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, time
from typing import Protocol

from workflows.calendar import WorkingCalendar
from workflows.instants import MINUTES_A_DAY
from workflows.limits import LimitUnit, TimeLimit

_IN_EVERY_MONTH = 28


class Ruler(Protocol):
    """What the clock asks of a unit."""

    def begin(self, start: int) -> int:
        """Return the position at which a limit begun at a local minute ends."""

    def counts_from(self, start: int) -> int:
        """Return the minute from which a limit begun at a local minute counts: standing still before takes nothing."""

    def give_back(self, position: int, start: int, end: int) -> int:
        """Return the position after the clock stood still from `start` to `end`, before it had run out."""

    def not_before(self, position: int, end: int) -> int:
        """Return the position, or the first one that is not over before the clock runs again at `end`."""

    def end(self, position: int) -> int:
        """Return the local minute at which the limit is over; for days 24:00, exclusive."""

    def measure(self, minute: int) -> int:
        """Return a running count of minutes whose differences are time consumed."""


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """Working days, and results of the same day.

    A working day is given back when the clock stood still at its closing hour. So whole days are exact,
    intervals that touch add up, and a stop within one day moves nothing; what stood still on the first day,
    which is not counted, gives nothing back.
    """

    limit: TimeLimit
    calendar: WorkingCalendar

    def begin(self, start: int) -> int:
        """Return the last day; the first is not counted (BLDS 2015, article 147.2)."""
        ordinal, minute = divmod(start, MINUTES_A_DAY)
        cutoff = self.limit.cutoff
        if cutoff is None:
            return self.calendar.ordinal_after(ordinal, self.limit.amount)
        return self.calendar.ordinal_after(ordinal, 0 if _in_time(minute, cutoff) else 1)

    def counts_from(self, start: int) -> int:
        """Return the midnight after the first day, but the beginning itself where the result is due the same day."""
        cutoff = self.limit.cutoff
        if cutoff is not None and _in_time(start % MINUTES_A_DAY, cutoff):
            return start
        return _next_midnight(start)

    def give_back(self, position: int, start: int, end: int) -> int:
        """Return the due day moved by the working days at whose closing the clock stood still."""
        calendar = self.calendar
        still = calendar.closings_before(end) - calendar.closings_before(start)
        return calendar.ordinal_after(position, still) if still else position

    def not_before(self, position: int, end: int) -> int:
        """Return the position, or the first working day on which the clock runs again."""
        resumed = end // MINUTES_A_DAY
        return position if resumed <= position else self.calendar.ordinal_after(resumed, 0)

    def end(self, position: int) -> int:
        """Return 24:00 of the last day."""
        return (position + 1) * MINUTES_A_DAY

    def measure(self, minute: int) -> int:
        """Return working minutes."""
        return self.calendar.worked_before(minute)


@dataclass(frozen=True, slots=True)
class CalendarDays:
    """Calendar days and months: counted through, but never ending on a day off (BLDS 2015, article 148.5).

    The position is the day before rolling forward, so that time given back is added to the limit itself.
    """

    limit: TimeLimit
    calendar: WorkingCalendar

    def begin(self, start: int) -> int:
        """Return the last day before rolling; the first is not counted."""
        first = start // MINUTES_A_DAY
        if self.limit.unit is LimitUnit.DAYS:
            return first + self.limit.amount
        return _months_after(date.fromordinal(first), self.limit.amount).toordinal()

    def counts_from(self, start: int) -> int:
        """Return the midnight after the first day."""
        return _next_midnight(start)

    def give_back(self, position: int, start: int, end: int) -> int:
        """Return the position moved by the midnights that passed while the clock stood still."""
        return position + end // MINUTES_A_DAY - start // MINUTES_A_DAY

    def not_before(self, position: int, end: int) -> int:
        """Return the position, or the day on which the clock runs again."""
        return max(position, end // MINUTES_A_DAY)

    def end(self, position: int) -> int:
        """Return 24:00 of the last day, rolled forward to a working day."""
        return (self.calendar.ordinal_after(position, 0) + 1) * MINUTES_A_DAY

    def measure(self, minute: int) -> int:
        """Return working minutes: what the desk could work in, also under a limit of calendar days."""
        return self.calendar.worked_before(minute)


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """Working hours: the clock runs from the minute of reception through opening hours only."""

    limit: TimeLimit
    calendar: WorkingCalendar

    def begin(self, start: int) -> int:
        """Return the minute by which the hours have passed (BLDS 2015, article 147.1)."""
        return self.calendar.minute_after(start, self.limit.amount * 60)

    def counts_from(self, start: int) -> int:
        """Return the beginning itself."""
        return start

    def give_back(self, position: int, start: int, end: int) -> int:
        """Return the minute by which what was left at `start` has passed since `end`; never an earlier one.

        A due that somebody fixed outside opening hours stays where it is as long as nothing open stood still.
        """
        left = self.measure(position) - self.measure(start)
        return max(position, self.calendar.minute_after(end, left)) if left else position

    def not_before(self, position: int, end: int) -> int:
        """Return the later of the two minutes."""
        return max(position, end)

    def end(self, position: int) -> int:
        """Return the minute itself."""
        return position

    def measure(self, minute: int) -> int:
        """Return working minutes."""
        return self.calendar.worked_before(minute)


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours by the wall clock, nights and days off included."""

    limit: TimeLimit
    calendar: WorkingCalendar

    def begin(self, start: int) -> int:
        """Return the minute so many hours later."""
        return start + self.limit.amount * 60

    def counts_from(self, start: int) -> int:
        """Return the beginning itself."""
        return start

    def give_back(self, position: int, start: int, end: int) -> int:
        """Return the minute moved by the whole interval."""
        return position + end - start

    def not_before(self, position: int, end: int) -> int:
        """Return the later of the two minutes."""
        return max(position, end)

    def end(self, position: int) -> int:
        """Return the minute itself."""
        return position

    def measure(self, minute: int) -> int:
        """Return minutes of the wall clock."""
        return minute


_RULERS: dict[LimitUnit, type[WorkingDays | CalendarDays | WorkingHours | Hours]] = {
    LimitUnit.WORKING_DAYS: WorkingDays,
    LimitUnit.SAME_DAY: WorkingDays,
    LimitUnit.DAYS: CalendarDays,
    LimitUnit.MONTHS: CalendarDays,
    LimitUnit.WORKING_HOURS: WorkingHours,
    LimitUnit.HOURS: Hours,
}


def ruler_of(limit: TimeLimit, calendar: WorkingCalendar) -> Ruler:
    """Return the ruler for the unit of a limit."""
    return _RULERS[limit.unit](limit, calendar)


def _in_time(minute: int, cutoff: time) -> bool:
    return minute <= cutoff.hour * 60 + cutoff.minute


def _next_midnight(minute: int) -> int:
    return (minute // MINUTES_A_DAY + 1) * MINUTES_A_DAY


def _months_after(day: date, months: int) -> date:
    """Return the same day of a later month, or its last day where it has none (BLDS 2015, article 148.3)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = day.day if day.day <= _IN_EVERY_MONTH else min(day.day, monthrange(year, month + 1)[1])
    return date(year, month + 1, last)
