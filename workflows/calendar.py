"""The working calendar of an authority (lịch làm việc): which days and minutes count for time limits."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from datetime import date, datetime
from itertools import accumulate, pairwise

from workflows.days import DayBlock, DayEntry, DayKind, blocks, by_day, contradictions
from workflows.errors import CalendarContradiction, CalendarYearMissing, CalendarYearTwice
from workflows.instants import MINUTES_A_DAY, VIETNAM, from_minute, minute_of
from workflows.layout import Minutes, day_hours, in_minutes, length, minute_within
from workflows.opening import OpeningHours

__all__ = [
    "VIETNAM",
    "CalendarContradiction",
    "CalendarYearMissing",
    "DayBlock",
    "DayEntry",
    "DayKind",
    "OpeningHours",
    "WorkingCalendar",
    "contradictions",
]


class WorkingCalendar:
    """Opening hours and special days of whole years, laid out so that each question is a look-up.

    A day *counts* (ngày làm việc) when its weekday counts and no row takes it off, or when a row makes it
    a worked Saturday (làm bù). A day may be *open* without counting. Days and minutes are local
    (Asia/Ho_Chi_Minh); `minutes_a_day` are those of a full working day. Every answer that
    would need a year outside `years` raises CalendarYearMissing.

    Raises CalendarContradiction, CalendarYearTwice.
    """

    def __init__(
        self, name: str, hours: OpeningHours, days: Iterable[DayEntry], years: Iterable[int]
    ) -> None:
        self.name = name
        self.hours = hours
        self.years = _each_once(years)
        self._entries = by_day(days)
        self._first = date(self.years[0], 1, 1).toordinal()
        self.minutes_a_day = max(length(in_minutes(hours.weekly[weekday])) for weekday in hours.counted)
        self._origin = self._first * MINUTES_A_DAY
        self._gaps = frozenset(range(self.years[0], self.years[-1] + 1)) - frozenset(self.years)
        self._lay_out()

    def _lay_out(self) -> None:
        """Build the cumulative tables: one entry for each day, and one beyond the last."""
        end = date(self.years[-1], 12, 31).toordinal() + 1
        days = [date.fromordinal(ordinal) for ordinal in range(self._first, end)]
        of_days = [day_hours(day, self._entries.get(day), self.hours) for day in days]
        self._open: list[Minutes] = [minutes for minutes, _ in of_days]
        counts = [counted for _, counted in of_days]
        self._counted = [ordinal for ordinal, counted in enumerate(counts, self._first) if counted]
        self._counted_before = list(accumulate(counts, initial=0))
        self._working: list[Minutes] = [
            minutes if counted else () for minutes, counted in zip(self._open, counts, strict=True)
        ]
        self._minutes_before = list(accumulate(map(length, self._working), initial=0))
        self._working.append(())
        self._span = len(self._open) * MINUTES_A_DAY
        self._unconfirmed = [day for day, entry in self._entries.items() if not entry.confirmed]
        counted_weekdays = self.hours.counted
        self._weekend_rows = [day for day in self._entries if day.weekday() not in counted_weekdays]
        self.blocks: tuple[DayBlock, ...] = blocks(tuple(self._entries.values()), self._is_counted_safely)
        self._block_starts = [block.first for block in self.blocks]

    # ── Days ─────────────────────────────────────────────────────────────────────────────────────

    def contains_year(self, year: int) -> bool:
        """Return whether the calendar holds this year whole."""
        return year in self.years

    def entry(self, day: date) -> DayEntry | None:
        """Return the row that makes this day special, if any."""
        return self._entries.get(day)

    def is_working_day(self, day: date) -> bool:
        """Return whether the day counts for time limits (ngày làm việc)."""
        index = self._index(day)
        return self._counted_before[index + 1] > self._counted_before[index]

    def is_open(self, day: date) -> bool:
        """Return whether the desk receives on this day, counted or not."""
        return bool(self._open[self._index(day)])

    def add_working_days(self, day: date, count: int) -> date:
        """Return the `count`-th working day after `day`; for 0 the day itself, or the next that works.

        The first day is not counted (BLDS 2015, article 147.2).
        """
        if count < 0:
            raise ValueError("count of working days is negative")
        return date.fromordinal(self.ordinal_after(day.toordinal(), count))

    def ordinal_after(self, ordinal: int, count: int) -> int:
        """Return `add_working_days` of days told as ordinals: the clock reckons in numbers throughout."""
        index = ordinal - self._first
        if not 0 <= index < len(self._open):
            raise self._missing(date.fromordinal(ordinal).year)
        rank = self._counted_before[index + 1] + count - 1 if count else self._counted_before[index]
        if rank >= len(self._counted):
            raise self._missing(self.years[-1] + 1)
        found = self._counted[rank]
        if self._gaps:
            self.require_years(date.fromordinal(ordinal).year, date.fromordinal(found).year)
        return found

    def next_working_day(self, day: date) -> date:
        """Return the first working day after `day`."""
        return self.add_working_days(day, 1)

    def roll_forward(self, day: date) -> date:
        """Return `day` if it works, else the next working day (BLDS 2015, article 148.5)."""
        return self.add_working_days(day, 0)

    def previous_working_day(self, day: date) -> date:
        """Return the last working day before `day`."""
        rank = self._counted_before[self._index(day)] - 1
        if rank < 0:
            raise self._missing(self.years[0] - 1)
        found = date.fromordinal(self._counted[rank])
        self.require_years(found.year, day.year)
        return found

    def working_days_between(self, first: date, last: date) -> int:
        """Return how many working days lie after `first` up to and including `last`; negative backwards."""
        self.require_years(min(first, last).year, max(first, last).year)
        return self._counted_before[self._index(last) + 1] - self._counted_before[self._index(first) + 1]

    # ── Minutes ──────────────────────────────────────────────────────────────────────────────────

    def opening(self, day: date) -> tuple[tuple[datetime, datetime], ...]:
        """Return the opening intervals of a day as instants, whether or not the day counts."""
        start = day.toordinal() * MINUTES_A_DAY
        minutes = self._open[self._index(day)]
        return tuple((from_minute(start + opens), from_minute(start + shuts)) for opens, shuts in minutes)

    def closing(self, day: date) -> datetime | None:
        """Return when the desk closes on this day; None on a day it does not open."""
        minutes = self._open[self._index(day)]
        return from_minute(day.toordinal() * MINUTES_A_DAY + minutes[-1][1]) if minutes else None

    def add_working_minutes(self, start: datetime, minutes: int) -> datetime:
        """Return the first instant by which `minutes` of working time have passed since `start`.

        Lunch, days off and hours that are open without counting do not pass. Raises NaiveTime.
        """
        if minutes < 0:
            raise ValueError("count of working minutes is negative")
        begun = minute_of(start)
        return from_minute(self.minute_after(begun, minutes) if minutes else begun)

    def working_minutes_between(self, start: datetime, end: datetime) -> int:
        """Return the working minutes from `start` to `end`; negative when they stand the other way round."""
        first, last = minute_of(start), minute_of(end)
        self.require_years(_year(min(first, last)), _year(max(first, last)))
        return self.worked_before(last) - self.worked_before(first)

    def next_opening(self, at: datetime) -> datetime:
        """Return `at` itself inside working hours, else the start of the next ones."""
        minute = minute_of(at)
        return from_minute(self.minute_after(minute, 1) - 1)

    def last_opening(self, minute: int) -> int | None:
        """Return the local minute itself inside working hours, else the last closing the calendar holds."""
        index, within = divmod(minute - self._origin - 1, MINUTES_A_DAY)
        if within == MINUTES_A_DAY - 1 and 0 <= index < len(self._open) and self._working[index]:
            return self._origin + index * MINUTES_A_DAY + self._working[index][-1][1]  # the end of a working day
        worked = self.worked_before(minute)
        index = bisect_left(self._minutes_before, worked) - 1
        if index < 0:
            return None
        begun = self._origin + index * MINUTES_A_DAY
        return begun + minute_within(self._working[index], worked - self._minutes_before[index])

    def closings_before(self, minute: int) -> int:
        """Return how many working days, since the first day, had closed by a local minute."""
        index, within = divmod(minute - self._origin, MINUTES_A_DAY)
        if not 0 <= index < len(self._working):
            raise self._missing(_year(minute))
        today = self._working[index]
        return self._counted_before[index] + (1 if today and within >= today[-1][1] else 0)

    def worked_before(self, minute: int) -> int:
        """Return the working minutes from the calendar's first day to a local minute (see `instants`)."""
        offset = minute - self._origin
        index = offset // MINUTES_A_DAY
        within = offset - index * MINUTES_A_DAY
        if not 0 <= offset <= self._span:
            raise self._missing(_year(minute))
        worked = self._minutes_before[index]
        if within:
            for start, end in self._working[index]:
                if within <= start:
                    break
                worked += (within if within < end else end) - start
        return worked

    def minute_after(self, minute: int, amount: int) -> int:
        """Return the first local minute by which a positive `amount` of working minutes has passed."""
        target = self.worked_before(minute) + amount
        index = bisect_left(self._minutes_before, target) - 1
        if index + 1 == len(self._minutes_before):
            raise self._missing(self.years[-1] + 1)
        found = self._origin + index * MINUTES_A_DAY + minute_within(
            self._working[index], target - self._minutes_before[index]
        )
        if self._gaps:
            self.require_years(_year(minute), _year(found))
        return found

    # ── Reasons ──────────────────────────────────────────────────────────────────────────────────

    def blocks_between(self, first: date, last: date) -> tuple[DayBlock, ...]:
        """Return the special days that touch the span from `first` to `last`, neighbours joined."""
        start = max(bisect_right(self._block_starts, first) - 1, 0)
        end = bisect_right(self._block_starts, last)
        return tuple(block for block in self.blocks[start:end] if block.last >= first)

    def weekly_days_off_between(self, first: date, last: date) -> int:
        """Return how many days after `first` up to `last` are off for their weekday alone."""
        weeks, rest = divmod((last - first).days, 7)
        off = weeks * (7 - len(self.hours.counted))
        off += sum((first.weekday() + n) % 7 not in self.hours.counted for n in range(1, rest + 1))
        return off - self._special_weekend_days(first, last)

    def _special_weekend_days(self, first: date, last: date) -> int:
        start, end = bisect_right(self._weekend_rows, first), bisect_right(self._weekend_rows, last)
        return max(end - start, 0)

    def unconfirmed_between(self, first: date, last: date) -> tuple[date, ...]:
        """Return the days of the span whose rows are only expected (dự kiến), not yet official."""
        if not self._unconfirmed:
            return ()
        start = bisect_left(self._unconfirmed, first)
        return tuple(self._unconfirmed[start : bisect_right(self._unconfirmed, last)])

    def unconfirmed_up_to(self, minute: int, last: date) -> tuple[date, ...]:
        """Return the unconfirmed days from the day of a local minute up to `last`."""
        return self.unconfirmed_between(_day(minute), last) if self._unconfirmed else ()

    # ── Years ────────────────────────────────────────────────────────────────────────────────────

    def require_years(self, first: int, last: int) -> None:
        """Raise CalendarYearMissing when a year of the span is missing between two that are there."""
        if not self._gaps:
            return
        for year in sorted(self._gaps):
            if first <= year <= last:
                raise self._missing(year)

    def require_span(self, first: int, last: int) -> None:
        """Raise CalendarYearMissing like `require_years`, for a span of local minutes."""
        if self._gaps:
            self.require_years(_year(first), _year(last))

    def _index(self, day: date) -> int:
        index = day.toordinal() - self._first
        if not 0 <= index < len(self._open) or day.year in self._gaps:
            raise self._missing(day.year)
        return index

    def _is_counted_safely(self, day: date) -> bool:
        index = day.toordinal() - self._first
        return 0 <= index < len(self._open) and bool(self._working[index])

    def _missing(self, year: int) -> CalendarYearMissing:
        return CalendarYearMissing(where="calendar", calendar=self.name, year=year)


def _each_once(years: Iterable[int]) -> tuple[int, ...]:
    """Return the years in order. Raises CalendarYearTwice; ValueError when there are none."""
    ordered = sorted(years)
    if not ordered:
        raise ValueError("a calendar needs at least one year")
    for year, following in pairwise(ordered):
        if year == following:
            raise CalendarYearTwice(where="years", year=year)
    return tuple(ordered)


def _day(minute: int) -> date:
    return date.fromordinal(max(minute // MINUTES_A_DAY, 1))


def _year(minute: int) -> int:
    return _day(minute).year
