"""How dossiers really went (quy trình thực tế): waiting against hands-on time, ways taken, loops, hand-overs.

A stay at a step begins when it is handed over. Until somebody of it opens the dossier it waits; from then until it
leaves it is in hands. A stay that nobody was seen to open counts as waiting: nothing is claimed of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from app.domain.statistics import percentile

Minutes = Callable[[datetime, datetime], int]  # open minutes between two instants
SENT_BACK = "send_back"


@dataclass(frozen=True, slots=True)
class Stay:
    """One stay at one step; `touched_at` is when its dossier was first opened there, None when nobody was seen."""

    dossier: str
    step: str
    unit: str
    from_unit: str
    handed_at: datetime
    touched_at: datetime | None
    left_at: datetime
    action: str


@dataclass(frozen=True, slots=True)
class LoggedEvent:
    """One event of a dossier for process mining: no name, no payload."""

    dossier: str
    procedure: str
    unit: str
    channel: int
    seq: int
    kind: str
    at: datetime
    actor_kind: str
    user_id: int | None


@dataclass(frozen=True, slots=True)
class StepTime:
    """One step: stays, and medians in open minutes; `waiting_most` is what nine in ten waited at most."""

    step: str
    stays: int
    waiting: float
    waiting_most: float
    working: float


@dataclass(frozen=True, slots=True)
class Way:
    """One sequence of steps and how many dossiers took it."""

    steps: tuple[str, ...]
    dossiers: int
    share: float


@dataclass(frozen=True, slots=True)
class HandOver:
    """From one unit to another: how often, and how long until somebody there opened it (median, nine in ten)."""

    from_unit: str
    unit: str
    times: int
    waiting: float
    waiting_most: float


@dataclass(frozen=True, slots=True)
class Loop:
    """A step that dossiers came back to: how many dossiers, how many times more than once, sent back how often."""

    step: str
    dossiers: int
    again: int
    sent_back: int


def step_times(stays: Iterable[Stay], minutes: Minutes) -> tuple[StepTime, ...]:
    """Return each step's times, the longest wait first."""
    found = []
    for step, group in _grouped(stays, lambda stay: stay.step):
        waited, worked = _waits(group, minutes), sorted(_worked(stay, minutes) for stay in group)
        times = percentile(waited, 0.5), percentile(waited, 0.9), percentile(worked, 0.5)
        found.append(StepTime(step[0], len(group), *times))
    return tuple(sorted(found, key=lambda one: (-one.waiting, one.step)))


def ways(stays: Iterable[Stay]) -> tuple[Way, ...]:
    """Return the ways that dossiers took, the most common first."""
    taken = [tuple(stay.step for stay in group) for _key, group in _grouped(stays, lambda stay: stay.dossier)]
    counted = Counter(taken)
    return tuple(
        Way(steps, count, count / len(taken))
        for steps, count in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    )


def loops(stays: Iterable[Stay]) -> tuple[Loop, ...]:
    """Return the steps that some dossier came to more than once, the most repeated first."""
    known = tuple(stays)
    visits = Counter((stay.step, stay.dossier) for stay in known)
    back = Counter(stay.step for stay in known if stay.action == SENT_BACK)
    again: Counter[str] = Counter()
    dossiers: Counter[str] = Counter()
    for (step, _dossier), count in visits.items():
        again[step] += count - 1
        dossiers[step] += count > 1
    found = [Loop(step, dossiers[step], more, back[step]) for step, more in again.items() if more]
    return tuple(sorted(found, key=lambda loop: (-loop.again, loop.step)))


def hand_overs(stays: Iterable[Stay], minutes: Minutes) -> tuple[HandOver, ...]:
    """Return the hand-overs from unit to unit, the slowest first."""
    moved = (stay for stay in stays if stay.from_unit and stay.from_unit != stay.unit)
    found = []
    for (sender, unit), group in _grouped(moved, lambda stay: (stay.from_unit, stay.unit)):
        waited = _waits(group, minutes)
        found.append(HandOver(sender, unit, len(group), percentile(waited, 0.5), percentile(waited, 0.9)))
    return tuple(sorted(found, key=lambda one: (-one.waiting, one.from_unit, one.unit)))


def _waits(group: Sequence[Stay], minutes: Minutes) -> list[float]:
    return sorted(float(minutes(stay.handed_at, stay.touched_at or stay.left_at)) for stay in group)


def _worked(stay: Stay, minutes: Minutes) -> float:
    return float(minutes(stay.touched_at, stay.left_at)) if stay.touched_at else 0.0


def _grouped(stays: Iterable[Stay], key: Callable[[Stay], object]) -> list[tuple[tuple[str, ...], list[Stay]]]:
    def place(stay: Stay) -> tuple[str, ...]:
        told = key(stay)
        return told if isinstance(told, tuple) else (str(told),)

    ordered = sorted(stays, key=lambda stay: (place(stay), stay.handed_at))
    return [(one, list(group)) for one, group in groupby(ordered, key=place)]
