"""The process page in words and bars (quy trình thực tế): hours with one decimal, days of the calendar."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.process import HandOver, StepTime, Way
from app.queries.process import UsedTime
from app.web.filters import number

HOUR = 60
BAR = 212  # both parts of a bar together


@dataclass(frozen=True, slots=True)
class StepShown:
    """One step: its medians in hours and both as widths."""

    step: str
    stays: int
    waiting: str
    waiting_most: str
    working: str
    wait_width: float
    work_width: float


@dataclass(frozen=True, slots=True)
class WayShown:
    """One way: its steps in a row, how many took it, in percent."""

    steps: str
    dossiers: int
    percent: str


@dataclass(frozen=True, slots=True)
class HandOverShown:
    """One pair of units with hours."""

    from_unit: str
    unit: str
    times: int
    waiting: str
    waiting_most: str


@dataclass(frozen=True, slots=True)
class UsedShown:
    """One procedure in working days, ours and theirs."""

    procedure: str
    dossiers: int
    ours_half: str
    ours_most: str
    theirs_half: str
    theirs_most: str
    is_enough: bool


def steps(found: tuple[StepTime, ...]) -> tuple[StepShown, ...]:
    """Return the steps with bars against the longest."""
    most = max((one.waiting + one.working for one in found), default=0.0) or 1.0
    return tuple(
        StepShown(
            one.step,
            one.stays,
            _hours(one.waiting),
            _hours(one.waiting_most),
            _hours(one.working),
            round(BAR * one.waiting / most, 1),
            round(BAR * one.working / most, 1),
        )
        for one in found
    )


def ways(found: tuple[Way, ...]) -> tuple[WayShown, ...]:
    """Return the ways as lines."""
    return tuple(WayShown(" → ".join(way.steps), way.dossiers, number(100 * way.share, 1)) for way in found)


def hand_overs(found: tuple[HandOver, ...]) -> tuple[HandOverShown, ...]:
    """Return the hand-overs with hours."""
    return tuple(
        HandOverShown(one.from_unit, one.unit, one.times, _hours(one.waiting), _hours(one.waiting_most))
        for one in found
    )


def used(found: tuple[UsedTime, ...], minutes_a_day: int) -> tuple[UsedShown, ...]:
    """Return what procedures used in working days."""

    def days(minutes: float) -> str:
        return number(minutes / minutes_a_day, 1)

    return tuple(
        UsedShown(
            one.procedure,
            one.dossiers,
            days(one.ours_half),
            days(one.ours_most),
            days(one.theirs_half),
            days(one.theirs_most),
            one.is_enough,
        )
        for one in found
    )


def _hours(minutes: float) -> str:
    return number(minutes / HOUR, 1)
