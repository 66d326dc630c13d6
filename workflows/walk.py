"""Walking a ledger (đi qua sổ tạm dừng): what each entry does to the limit, in the order of time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from workflows.calendar import WorkingCalendar
from workflows.counting import Ruler, ruler_of
from workflows.first_day import FIRST_DAYS, FirstDay, is_given_back
from workflows.instants import MINUTES_A_DAY, minute_of
from workflows.ledger import Effect, Extension, Ledger, Reading, Suspension
from workflows.limits import LimitUnit, TimeLimit

# A declared due time of an unknown limit is compared by day, as nearly all limits are.
_UNKNOWN_LIMIT = TimeLimit(1, LimitUnit.WORKING_DAYS)


class Turn(StrEnum):
    """What one entry of the ledger did to the clock."""

    GAVE_BACK = "gave_back"
    RESTARTED = "restarted"
    HELD = "held"  # still open
    RAN_ON = "ran_on"  # the ground stops no clock
    TOO_LATE = "too_late"  # the limit was over before: nothing left to stop
    EXTENDED = "extended"


@dataclass(frozen=True, slots=True)
class Passage:
    """One turn, its interval in local minutes, and the end of the limit before and after it."""

    turn: Turn
    start: int
    end: int
    before: int
    after: int
    entry: Suspension | Extension


@dataclass(slots=True)
class Walk:
    """The state of the clock along the ledger; after the last passage, its answer. All in local minutes.

    `position` means nothing where no due time `is_known`; `counted` is what it would be if a limit might be over
    before the clock runs again. The limit takes time from `counts_from` on; `still` are the intervals in which the
    clock stood, `restarts` the minutes at which a full limit began anew. `pinned` is a due time that somebody fixed
    to the hour and nothing has moved since.
    """

    ruler: Ruler
    is_by_day: bool
    start: int
    ended: int | None
    first_days: Sequence[FirstDay] = FIRST_DAYS
    position: int = 0
    is_known: bool = False
    pinned: int | None = None
    original: int | None = None
    is_open: bool = False
    counted: int = 0
    counts_from: int = 0
    still: list[tuple[int, int]] = field(default_factory=list)
    restarts: list[int] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    _asked: int | None = None
    _end: int = 0

    @property
    def end(self) -> int:
        """Return the local minute at which the limit is over; asked again and again, reckoned once a position."""
        if self._asked != self.position:
            self._asked, self._end = self.position, self.ruler.end(self.position)
        return self._end

    def consumed(self, stop: int) -> int:
        """Return the minutes that the clock ran until `stop`, since the start or the latest restart."""
        since = self.start
        if self.restarts:
            since = max((one for one in self.restarts if one <= stop), default=since)
        return self._ran(since, stop) if stop > since else 0

    def remaining(self, stop: int) -> int | None:
        """Return the minutes left at `stop`; of a clock that stands still, those left when it runs again."""
        if not self.is_known:
            return None
        end, resumed = self.end, stop
        if not self.still:
            return self.ruler.measure(end) - self.ruler.measure(stop)
        resumed = next((shut for held, shut in self.still if held <= stop < shut), stop)
        return self._ran(resumed, end) if resumed <= end else -self._ran(end, resumed)

    def _ran(self, start: int, end: int) -> int:
        """Return the minutes between two minutes without the intervals in which the clock stood."""
        measure = self.ruler.measure
        if not self.still:
            return measure(end) - measure(start)
        stood = sum(
            measure(min(shut, end)) - measure(max(held, start))
            for held, shut in self.still
            if held < end and shut > start
        )
        return measure(end) - measure(start) - stood

    def stands_still(self, now: int) -> bool:
        """Return whether the clock is held at a minute."""
        if self.is_open and now >= self.still[-1][0]:
            return True
        return bool(self.still) and any(start <= now < end for start, end in self.still)

    def lead(self, minute: int) -> int:
        """Return how far a minute lies before the due: in days by day, else in minutes; negative after it."""
        if self.is_by_day:
            return (self.end - 1) // MINUTES_A_DAY - minute // MINUTES_A_DAY
        return self.end - minute


def walk(
    limit: TimeLimit | None,
    ledger: Ledger,
    calendar: WorkingCalendar,
    *,
    now: int,
    reading: Reading,
    first_days: Sequence[FirstDay] = FIRST_DAYS,
) -> Walk:
    """Return the clock after every entry of the ledger; an open suspension is taken to end at `now`."""
    walked = _started(limit, ledger, calendar, first_days)
    if not walked.is_known:
        return walked
    extension = ledger.extension
    for suspension in ledger.suspensions:
        if extension and extension.at <= suspension.start:
            _extend(walked, extension)
            extension = None
        if _suspend(walked, suspension, extension, now=now, restarts=_restarts(limit, suspension, reading)):
            extension = None
    if extension:
        _extend(walked, extension)
    return walked


def end_without_passages(ruler: Ruler, start: int, stops: Iterable[tuple[int, int]]) -> int:
    """Return when a limit is over under the reading that subtracts, for stops that give time back and have all ended.

    The answer of `walk` without its way, for whoever tries many limits on one ledger; in local minutes.
    """
    position = counted = ruler.begin(start)
    counts_from = _counts_from(ruler, start, FIRST_DAYS)
    for held, shut in stops:
        if held < ruler.end(position):
            position, counted = _given_back(ruler, position, counted, counts_from=counts_from, stop=(held, shut))
    return ruler.end(position)


def _given_back(
    ruler: Ruler, position: int, counted: int, *, counts_from: int, stop: tuple[int, int]
) -> tuple[int, int]:
    """Return position and counted position after a stop, in which a clock stood that had not run out."""
    start, end = stop
    if end <= counts_from:
        return position, counted
    counted = ruler.give_back(counted, max(start, counts_from), end)
    return max(position, ruler.not_before(counted, end)), counted


def _restarts(limit: TimeLimit | None, suspension: Suspension, reading: Reading) -> bool:
    return limit is not None and reading is Reading.RESTART and suspension.effect is Effect.RESTART


def _counts_from(ruler: Ruler, start: int, first_days: Sequence[FirstDay]) -> int:
    """Return the minute from which standing still gives time back to a limit begun at `start`."""
    return start if is_given_back(start // MINUTES_A_DAY, first_days) else ruler.counts_from(start)


def _started(
    limit: TimeLimit | None, ledger: Ledger, calendar: WorkingCalendar, first_days: Sequence[FirstDay]
) -> Walk:
    ruler = ruler_of(limit or _UNKNOWN_LIMIT, calendar)
    start = minute_of(ledger.started_at)
    ended = minute_of(ledger.ended_at) if ledger.ended_at is not None else None
    walked = Walk(ruler, limit is None or limit.is_by_day, start, ended, first_days)
    if ledger.declared_due_at is not None:
        _pin(walked, minute_of(ledger.declared_due_at))
    elif limit is not None:
        walked.position = walked.counted = ruler.begin(start)
    if ledger.suspensions:
        walked.counts_from = _counts_from(ruler, start, first_days)
    walked.is_known = limit is not None or ledger.declared_due_at is not None
    return walked


def _pin(walked: Walk, minute: int) -> None:
    """Put the due where somebody fixed it; local midnight is the end of the day before."""
    ends_day = minute % MINUTES_A_DAY == 0
    walked.pinned = None if ends_day else minute
    walked.position = walked.counted = (minute - ends_day) // MINUTES_A_DAY if walked.is_by_day else minute


def _extend(walked: Walk, extension: Extension) -> None:
    before = walked.end
    _pin(walked, minute_of(extension.new_due_at))
    walked.original = before
    at = minute_of(extension.at)
    walked.passages.append(Passage(Turn.EXTENDED, at, at, before, walked.end, extension))


def _suspend(
    walked: Walk, suspension: Suspension, extension: Extension | None, *, now: int, restarts: bool
) -> bool:
    """Let one suspension act; return whether the extension granted during it was taken along."""
    start, before = minute_of(suspension.start), walked.end
    end = _end_of(suspension, walked, now=max(now, start))
    turn = _turn(walked, suspension, start, before, restarts=restarts)
    if turn in (Turn.RAN_ON, Turn.TOO_LATE):
        walked.passages.append(Passage(turn, start, end, before, before, suspension))
        return False
    taken = extension is not None and (suspension.end is None or extension.at < suspension.end)
    held_from = start
    if extension is not None and taken:
        _extend(walked, extension)
        held_from = min(minute_of(extension.at), end)
    _move(walked, turn, held_from, end, restarts=restarts)
    walked.still.append((start, end))
    walked.passages.append(Passage(turn, start, end, before, walked.end, suspension))
    return taken


def _end_of(suspension: Suspension, walked: Walk, *, now: int) -> int:
    """Return when a suspension ended: its own end, the end of the dossier, or else now."""
    if suspension.end is not None:
        return minute_of(suspension.end)
    return walked.ended if walked.ended is not None else now


def _turn(walked: Walk, suspension: Suspension, start: int, before: int, *, restarts: bool) -> Turn:
    if suspension.effect is Effect.NONE:
        return Turn.RAN_ON
    if start >= before:
        # Lateness that has begun is not undone by stopping or restarting the clock afterwards.
        return Turn.TOO_LATE
    if suspension.end is None and walked.ended is None:
        return Turn.HELD
    return Turn.RESTARTED if restarts and suspension.end is not None else Turn.GAVE_BACK


def _move(walked: Walk, turn: Turn, start: int, end: int, *, restarts: bool) -> None:
    walked.is_open = turn is Turn.HELD
    if turn is Turn.RESTARTED:
        walked.restarts.append(end)
    before, ruler = walked.position, walked.ruler
    fresh = restarts and turn is not Turn.GAVE_BACK
    if fresh:
        walked.position = walked.counted = ruler.begin(end)
        walked.counts_from = _counts_from(ruler, end, walked.first_days)
    else:
        walked.position, walked.counted = _given_back(
            ruler, before, walked.counted, counts_from=walked.counts_from, stop=(start, end)
        )
    walked.pinned = walked.pinned if walked.position == before and not fresh else None
