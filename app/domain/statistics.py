"""What small numbers allow to say (thống kê số nhỏ): intervals of a rate, places in a ranking, disclosure control."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from app.domain.rates import Rate

CONFIDENCE_95 = 1.959964
FEWEST_FOR_A_RATE = 30  # below it a rate says more about single dossiers than about a unit
FEWEST_IN_PUBLIC = 5  # open figures: a count below it may point at a person


@dataclass(frozen=True, slots=True)
class Interval:
    """Where a rate may lie, 0 to 1."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a ranking, and the best and worst place that the numbers allow."""

    key: str
    rate: Rate
    rank: int
    best: int
    worst: int


def wilson(rate: Rate) -> Interval:
    """Return the 95 % score interval of Wilson. Raises ValueError where nothing was counted."""
    if not rate.denominator:
        raise ValueError("no interval without cases")
    count, share, square = rate.denominator, rate.numerator / rate.denominator, CONFIDENCE_95**2
    middle = share + square / (2 * count)
    spread = CONFIDENCE_95 * sqrt(share * (1 - share) / count + square / (4 * count * count))
    whole = 1 + square / count
    return Interval(max(0.0, (middle - spread) / whole), min(1.0, (middle + spread) / whole))


def ranking(rates: Mapping[str, Rate]) -> tuple[Place, ...]:
    """Return the places by rate, the best first; units with fewer than thirty cases are not ranked.

    Equal rates share a place. A unit is surely behind another only where their intervals do not touch.
    """
    enough = {key: rate for key, rate in rates.items() if rate.denominator >= FEWEST_FOR_A_RATE}
    spans = {key: wilson(rate) for key, rate in enough.items()}
    places = [
        Place(
            key,
            rate,
            1 + sum(_beats(other, rate) for other in enough.values()),
            1 + sum(span.low > spans[key].high for span in spans.values()),
            len(spans) - sum(span.high < spans[key].low for span in spans.values()),
        )
        for key, rate in enough.items()
    ]
    return tuple(sorted(places, key=lambda place: (place.rank, -place.rate.denominator, place.key)))


def withheld(counts: Sequence[int]) -> frozenset[int]:
    """Return the places of a column, whose sum is told, that open figures must not tell.

    Counts of one to four are withheld; were it only one, it could be reckoned from the sum, so the smallest
    other one goes with it.
    """
    small = {place for place, count in enumerate(counts) if 0 < count < FEWEST_IN_PUBLIC}
    if len(small) == 1 and len(counts) > 1:
        others = [place for place in range(len(counts)) if place not in small]
        small.add(min(others, key=lambda place: (counts[place], place)))
    return frozenset(small)


def percentile(ordered: Sequence[float], share: float) -> float:
    """Return the value that `share` of the values do not exceed (nearest rank). Raises ValueError for none."""
    if not ordered:
        raise ValueError("no percentile of nothing")
    place = -(-len(ordered) * share // 1)  # rounded up
    return ordered[min(max(int(place), 1), len(ordered)) - 1]


def _beats(other: Rate, rate: Rate) -> bool:
    return other.numerator * rate.denominator > rate.numerator * other.denominator
