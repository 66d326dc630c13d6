"""What a shorter limit would have meant (thử thời hạn): a period's finished dossiers, replayed and counted. Pure.

Only counts are kept, never dossiers, so that a million of them need no more memory than ten.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from app.domain.periods import Period
from workflows.limits import LimitUnit, TimeLimit, written_minutes
from workflows.replay import NEVER, Replayed

SHARES = (95, 99)  # percent on time that a limit should keep
REDUCTIONS = (30, 40, 50, 60)  # percent by which statutory limits are commonly cut
SECOND_SUPPLEMENT = "second_supplement"  # late under any limit: national formula, law.md 3.3


class CauseOf(StrEnum):
    """By what late dossiers are sorted."""

    STEP = "step"
    UNIT = "unit"
    GROUND = "ground"


class Stay(NamedTuple):
    """One stay at a step: minutes used while the clock ran, and those allotted, both as processes write them."""

    step: str
    unit_id: int
    used: int
    allotted: int


@dataclass(frozen=True, slots=True)
class Cause:
    """How many of the late dossiers lie with one step, unit or ground, and how many working days late in sum.

    An empty `key` is what no row tells: imported dossiers have no steps, most dossiers no ground.
    """

    by: CauseOf
    key: str
    name: str
    dossiers: int
    late_days: int


@dataclass(frozen=True, slots=True)
class Compared:
    """The base limit cut by `reduction` percent: the limit that remains and how many would be late."""

    reduction: int
    limit: TimeLimit
    late: int


@dataclass(frozen=True, slots=True)
class Simulation:
    """The answer. `judged` are the dossiers that could be replayed; `dossiers` all that were resolved.

    `on_time_with`: for each length of limit, in the unit asked for, how many would have been in time.
    `shortest`: by percent, the shortest limit that keeps so many in time, None where none does.
    """

    procedure: str
    procedure_name: str
    unit: str
    period: Period
    limit: TimeLimit
    base: TimeLimit
    dossiers: int
    judged: int
    late_now: int
    unknown_now: int
    late_then: int
    late_by: tuple[tuple[int, int], ...]
    on_time_with: tuple[tuple[int, int], ...]
    causes: tuple[Cause, ...]
    shortest: Mapping[int, TimeLimit | None]
    comparison: tuple[Compared, ...]
    missing_years: tuple[int, ...] = ()

    @property
    def unknown(self) -> int:
        """How many were resolved but could not be replayed."""
        return self.dossiers - self.judged


@dataclass(slots=True)
class Sorted:
    """Late dossiers under one heading: how many, how many working days."""

    dossiers: int = 0
    late_days: int = 0

    def add(self, late_days: int, count: int) -> None:
        """Count `count` dossiers of so many days each; negative to take them out again."""
        self.dossiers += count
        self.late_days += late_days * count


@dataclass(slots=True)
class Tally:
    """What is counted while dossiers pass by."""

    limit: TimeLimit
    base: TimeLimit
    dossiers: int = 0
    late_now: int = 0
    unknown_now: int = 0
    judged: int = 0
    missing_years: set[int] = field(default_factory=set)
    enough: Counter[int] = field(default_factory=Counter)
    enough_base: Counter[int] = field(default_factory=Counter)
    late_by: Counter[int] = field(default_factory=Counter)
    causes: dict[tuple[CauseOf, str], Sorted] = field(default_factory=dict)

    def judge(self, then: Replayed, of_base: int, count: int) -> None:
        """Count dossiers of one outcome."""
        self.judged += count
        self.enough[then.enough] += count
        self.enough_base[of_base] += count
        if then.late_days is not None:
            self.late_by[then.late_days] += count

    def blame(self, by: CauseOf, key: str, late_days: int, count: int) -> None:
        """Count late dossiers under a cause; a negative count moves them away from it."""
        self.causes.setdefault((by, key), Sorted()).add(late_days, count)

    def join(self, other: Tally) -> None:
        """Count what another one counted of other dossiers under the same limits."""
        self.dossiers += other.dossiers
        self.late_now += other.late_now
        self.unknown_now += other.unknown_now
        self.judged += other.judged
        self.missing_years |= other.missing_years
        for mine, theirs in ((self.enough, other.enough), (self.enough_base, other.enough_base),
                             (self.late_by, other.late_by)):  # fmt: skip
            mine.update(theirs)
        for key, one in other.causes.items():
            mine_of = self.causes.setdefault(key, Sorted())
            mine_of.dossiers += one.dossiers
            mine_of.late_days += one.late_days

    def shortest(self, percent: int) -> TimeLimit | None:
        """Return the shortest limit that keeps `percent` in time, None where nothing does or nothing is judged."""
        in_time = 0
        for amount, count in sorted(self.enough.items()):
            in_time += count
            if in_time * 100 >= percent * self.judged:
                return None if amount >= NEVER else _limit_of(amount, self.limit.unit)
        return None

    def comparison(self) -> tuple[Compared, ...]:
        """Return the usual cuts of the base limit; each is cut by at least its percent, to one unit at least."""
        cuts = [(percent, max(self.base.amount * (100 - percent) // 100, 1)) for percent in REDUCTIONS]
        return tuple(
            Compared(
                percent,
                TimeLimit(amount, self.base.unit, self.base.cutoff),
                sum(count for enough, count in self.enough_base.items() if enough > _threshold(amount, self.base)),
            )
            for percent, amount in cuts
        )

    def on_time_with(self) -> tuple[tuple[int, int], ...]:
        """Return for each length of limit that some dossier needs how many would have been in time."""
        rows, in_time = [], 0
        for amount, count in sorted(self.enough.items()):
            in_time += count
            if amount < NEVER:
                rows.append((amount, in_time))
        return tuple(rows)


def culprit(stays: Iterable[Stay], limit: TimeLimit) -> Stay | None:
    """Return the stay that overran its share of the limit most; None of none.

    Its share is what the step was allotted, scaled to the limit. Where nothing was allotted, the longest.
    """
    known = list(stays)
    allotted = sum(stay.allotted for stay in known)
    scale = written_minutes(limit) / allotted if allotted else 0
    return max(known, key=lambda stay: stay.used - stay.allotted * scale, default=None)


def late_for_ever(count_of_supplements: int) -> bool:
    """Return whether a dossier is late under any limit: a second supplement was asked for."""
    return count_of_supplements > 1


def _limit_of(amount: int, unit: LimitUnit) -> TimeLimit:
    if unit is not LimitUnit.SAME_DAY:
        return TimeLimit(amount, unit)
    return TimeLimit(amount, LimitUnit.WORKING_DAYS) if amount else TimeLimit(1, LimitUnit.SAME_DAY)


def _threshold(amount: int, limit: TimeLimit) -> int:
    return 0 if limit.unit is LimitUnit.SAME_DAY else amount
