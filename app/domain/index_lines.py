"""The index as told (chỉ số 766 của một kỳ): each component with its counts, our estimate, the official points.

A component whose counts nobody gave is missing, never zero; what did not arise has no points and takes its maximum
out of what could be reached. The sum is told together with how many of the hundred points could be estimated.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from app.domain.index_766 import GROUPS, Component, Ground
from app.domain.periods import Period
from app.domain.rates import Rate
from app.domain.reports import ReportUnit


class Status(StrEnum):
    """What stands behind a component's points."""

    COUNTED = "counted"  # đếm từ hồ sơ, danh mục
    ENTERED = "entered"  # số liệu nhập
    MISSING = "missing"  # chưa có số liệu
    NOT_ARISEN = "not_arisen"  # không phát sinh
    INFO = "info"  # chỉ để biết


@dataclass(frozen=True, slots=True)
class Entered:
    """What somebody entered for a component; `official` in points."""

    numerator: int | None
    denominator: int | None
    official: Decimal | None
    source: str
    by: str


@dataclass(frozen=True, slots=True)
class IndexLine:
    """One component of a period. `days` is told of a mean time, with one decimal; None where nothing was finished."""

    component: Component
    status: Status
    rate: Rate | None = None
    entered: Entered | None = None
    days: Decimal | None = None

    @property
    def score(self) -> Decimal | None:
        """Our estimate in points; None for what is missing, did not arise or is only told."""
        if self.rate is None or self.component.scoring is None:
            return None
        return self.component.scoring.points(self.rate, self.component.zero)

    @property
    def other_score(self) -> Decimal | None:
        """The estimate under the other reading of the score rule, where the texts differ."""
        if self.rate is None or self.component.other_scoring is None:
            return None
        return self.component.other_scoring.points(self.rate, self.component.zero)

    @property
    def official(self) -> Decimal | None:
        """The points of the portal, if somebody entered them."""
        return self.entered.official if self.entered else None


@dataclass(frozen=True, slots=True)
class Sum:
    """Points of a group or of the whole: `score` of the `reachable` points that could be estimated, of `maximum`.

    The score is None where nothing of it could be estimated: what is missing is no zero.
    """

    title: str
    score: Decimal | None
    reachable: Decimal
    maximum: Decimal
    official: Decimal | None


@dataclass(frozen=True, slots=True)
class Index766:
    """The index of a unit and a period."""

    unit: ReportUnit
    period: Period
    lines: tuple[IndexLine, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """The components whose counts nobody gave yet."""
        return tuple(line.component.code for line in self.lines if line.status is Status.MISSING)

    def group(self, number: int) -> Sum:
        """Return the sum of one group."""
        title, maximum = GROUPS[number]
        return _sum(title, maximum, tuple(line for line in self.lines if line.component.group == number))

    @property
    def total(self) -> Sum:
        """The sum of all groups."""
        return _sum("", sum((maximum for _title, maximum in GROUPS.values()), Decimal(0)), self.lines)


def line_of(
    component: Component, counted: Rate | None, entered: Entered | None, days: Decimal | None = None
) -> IndexLine:
    """Return the line of a component from what was counted and what was entered."""
    if component.ground is Ground.INFO:
        return IndexLine(component, Status.INFO, None, entered, days)
    rate, status = _rate_of(component, counted, entered)
    if rate is not None and component.scoring and component.scoring.points(rate, component.zero) is None:
        status = Status.NOT_ARISEN
    return IndexLine(component, status, rate, entered)


def _rate_of(component: Component, counted: Rate | None, entered: Entered | None) -> tuple[Rate | None, Status]:
    if component.ground in {Ground.FACTS, Ground.CATALOGUE} or (component.ground is Ground.KNOWN and counted):
        return counted, Status.COUNTED if counted else Status.MISSING
    if entered is None or entered.numerator is None:
        return None, Status.MISSING
    if component.ground is Ground.BOTH and counted is not None:
        # What is entered is how many dossiers were complained of: they are taken off those in time.
        return Rate(max(0, counted.numerator - entered.numerator), counted.denominator), Status.ENTERED
    return Rate(entered.numerator, entered.denominator or 0), Status.ENTERED


def _sum(title: str, maximum: Decimal, lines: tuple[IndexLine, ...]) -> Sum:
    scored = [(line.score, line.component.maximum) for line in lines if line.score is not None]
    official = [line.official for line in lines if line.official is not None]
    return Sum(
        title,
        sum((score for score, _ in scored), Decimal(0)) if scored else None,
        sum((most for _, most in scored), Decimal(0)),
        maximum,
        sum(official, Decimal(0)) if official else None,
    )
