"""Replaying finished dossiers against another limit (diễn lại hồ sơ theo thời hạn khác): late or not, and by how much.

What happened stays as it was: reception, suspensions, end. Only the limit is exchanged. A due time that somebody
declared belongs to the old limit and is dropped; a new appointment (Mẫu 04) still counts where, under the other
limit too, it would have been made before the due time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from workflows.calendar import WorkingCalendar
from workflows.counting import Ruler, ruler_of
from workflows.instants import MINUTES_A_DAY, minute_of
from workflows.ledger import Effect, Ledger, Reading
from workflows.limits import LONGEST, LimitUnit, TimeLimit
from workflows.walk import end_without_passages, walk

NEVER = LONGEST + 1  # no limit would have been long enough
_NEAR = 4  # looks around a first guess before halving
Need = Callable[[int, int, WorkingCalendar], int]


@dataclass(frozen=True, slots=True)
class Replayed:
    """How a finished dossier fares under another limit.

    `enough` is the shortest limit, in the unit replayed, that would have held it (0: the same day); `late_days`
    how many working days it ends after the due day, 0 for later on that day, None in time.
    """

    enough: int
    late_days: int | None


@dataclass(frozen=True, slots=True)
class _Kept:
    """What another limit leaves of a ledger, made once for all the limits tried on it; in local minutes.

    `stops` are those that give time back; `appointed` is the ledger with its new appointment, where one was made.
    """

    start: int
    ended: int
    stops: tuple[tuple[int, int], ...]
    appointed: Ledger | None
    appointed_at: int


class Replay:
    """One limit on one calendar, asked for any number of dossiers. Instants are local minutes (see `instants`)."""

    def __init__(self, limit: TimeLimit, calendar: WorkingCalendar) -> None:
        self.limit = limit
        self._calendar = calendar
        self._ruler = ruler_of(limit, calendar)
        self._unit = _counted_in(limit.unit)
        self._ends: dict[int, int] = {}
        self._tried: dict[int, tuple[TimeLimit, Ruler]] = {}  # other lengths of it

    def plain(self, start: int, ended: int) -> Replayed:
        """Return the outcome of a dossier whose clock never stood still. Raises CalendarYearMissing."""
        due = self._end_of(start)
        late = None if _lead(self.limit, due, ended) >= 0 else self._late_days(due, ended)
        if self.limit.unit is LimitUnit.SAME_DAY and late is None:
            return Replayed(0, None)
        return Replayed(enough(self.limit.unit, start, ended, self._calendar), late)

    def of_ledger(self, ledger: Ledger) -> Replayed:
        """Return the outcome of a dossier with suspensions. Raises ValueError while it is open."""
        if ledger.ended_at is None:
            raise ValueError("a dossier that has not ended cannot be replayed")
        return self._outcome(_kept(ledger, minute_of(ledger.ended_at)))

    def stopped(self, start: int, ended: int, stops: Sequence[tuple[int, int]]) -> Replayed:
        """Return the same of a dossier without a new appointment, told in local minutes.

        `stops` are those that give time back, in order and apart from each other.
        """
        return self._outcome(_Kept(start, ended, tuple(stops), None, 0))

    def _outcome(self, kept: _Kept) -> Replayed:
        end = self._end_under(kept, self.limit, self._ruler)
        late = None if _lead(self.limit, end, kept.ended) >= 0 else self._late_days(end, kept.ended)
        if self.limit.unit is LimitUnit.SAME_DAY and late is None:
            return Replayed(0, None)
        return Replayed(self._enough_of(kept, late), late)

    def _enough_of(self, kept: _Kept, late: int | None) -> int:
        """Return the shortest limit that holds a ledger: what stood still only ever gives time back."""
        unit = self._unit
        most = enough(unit, kept.start, kept.ended, self._calendar)
        guess = max(most - self._stood(kept), 1)
        low, high = 0, most  # `low` is too short, `high` is enough
        if unit is self.limit.unit:  # one answer is there already
            low, high = (0, min(most, self.limit.amount)) if late is None else (self.limit.amount, most)
        for tried in range(most):
            if high - low <= 1:
                break
            middle = guess if tried < _NEAR and low < guess < high else (low + high) // 2
            limit, ruler = self._of_length(middle)
            if _lead(limit, self._end_under(kept, limit, ruler), kept.ended) >= 0:
                high, guess = middle, middle - 1
            else:
                low, guess = middle, middle + 1
        return high

    def _stood(self, kept: _Kept) -> int:
        """Return about how much the clock stood still, in the unit replayed: where to begin looking."""
        unit = self._unit
        return sum(enough(unit, start, max(start, end), self._calendar) for start, end in kept.stops)

    def _of_length(self, amount: int) -> tuple[TimeLimit, Ruler]:
        if amount not in self._tried:
            limit = TimeLimit(amount, self._unit)
            self._tried[amount] = limit, ruler_of(limit, self._calendar)
        return self._tried[amount]

    def _end_under(self, kept: _Kept, limit: TimeLimit, ruler: Ruler) -> int:
        """Return when a limit is over, with the new appointment only where it came before the due time."""
        end = end_without_passages(ruler, kept.start, kept.stops)
        if kept.appointed is None or _lead(limit, end, kept.ended) >= 0 or kept.appointed_at >= end:
            return end
        return walk(limit, kept.appointed, self._calendar, now=kept.ended, reading=Reading.SUBTRACT).end

    def _end_of(self, start: int) -> int:
        if start not in self._ends:
            self._ends[start] = self._ruler.end(self._ruler.begin(start))
        return self._ends[start]

    def _late_days(self, due: int, ended: int) -> int:
        last = date.fromordinal((due - 1 if self.limit.is_by_day else due) // MINUTES_A_DAY)
        return max(self._calendar.working_days_between(last, date.fromordinal(ended // MINUTES_A_DAY)), 0)


def enough(unit: LimitUnit, start: int, ended: int, calendar: WorkingCalendar) -> int:
    """Return the shortest limit of a unit, begun at `start`, that is not over before `ended`; at least 1.

    Same-day limits are measured in working days. Raises CalendarYearMissing.
    """
    return max(_NEEDS[unit](start, ended, calendar), 1)


def _kept(ledger: Ledger, ended: int) -> _Kept:
    stops = tuple(
        (minute_of(one.start), minute_of(one.end) if one.end else ended)
        for one in ledger.suspensions
        if one.effect is not Effect.NONE
    )
    if ledger.extension is None:
        return _Kept(minute_of(ledger.started_at), ended, stops, None, 0)
    appointed = replace(ledger, declared_due_at=None)
    return _Kept(minute_of(ledger.started_at), ended, stops, appointed, minute_of(ledger.extension.at))


def _counted_in(unit: LimitUnit) -> LimitUnit:
    return LimitUnit.WORKING_DAYS if unit is LimitUnit.SAME_DAY else unit


def _lead(limit: TimeLimit, due: int, minute: int) -> int:
    return (due - 1) // MINUTES_A_DAY - minute // MINUTES_A_DAY if limit.is_by_day else due - minute


def _working_days(start: int, ended: int, calendar: WorkingCalendar) -> int:
    first, last = date.fromordinal(start // MINUTES_A_DAY), date.fromordinal(ended // MINUTES_A_DAY)
    return calendar.working_days_between(first, last) + (not calendar.is_working_day(last))


def _days(start: int, ended: int, calendar: WorkingCalendar) -> int:
    """Any day after the last working day before the end rolls forward to the end, or beyond it."""
    before = calendar.previous_working_day(date.fromordinal(ended // MINUTES_A_DAY)).toordinal()
    return before - start // MINUTES_A_DAY + 1


def _months(start: int, ended: int, calendar: WorkingCalendar) -> int:
    return _first_that_holds(LimitUnit.MONTHS, start, ended, calendar, (ended - start) // (31 * MINUTES_A_DAY) - 1)


def _working_hours(start: int, ended: int, calendar: WorkingCalendar) -> int:
    worked = calendar.worked_before(ended) - calendar.worked_before(start)
    return _first_that_holds(LimitUnit.WORKING_HOURS, start, ended, calendar, -(-worked // 60))


def _hours(start: int, ended: int, _calendar: WorkingCalendar) -> int:
    return -(-(ended - start) // 60)


def _first_that_holds(unit: LimitUnit, start: int, ended: int, calendar: WorkingCalendar, guess: int) -> int:
    amount = max(guess, 1)
    while amount <= LONGEST:
        limit = TimeLimit(amount, unit)
        ruler: Ruler = ruler_of(limit, calendar)
        if _lead(limit, ruler.end(ruler.begin(start)), ended) >= 0:
            return amount
        amount += 1
    return NEVER


_NEEDS: dict[LimitUnit, Need] = {
    LimitUnit.WORKING_DAYS: _working_days,
    LimitUnit.SAME_DAY: _working_days,
    LimitUnit.DAYS: _days,
    LimitUnit.MONTHS: _months,
    LimitUnit.WORKING_HOURS: _working_hours,
    LimitUnit.HOURS: _hours,
}
