"""Letters of a round seal: SVG in WeasyPrint knows no text along a path, so each is placed by itself."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum

_CENTRE = 180.0


class Arc(Enum):
    """Where on the ring a text runs: radius, degrees of the first and last letter (0 at the top), extra turn."""

    TOP = (136.0, -112.0, 112.0, 0.0)
    BOTTOM = (152.0, 218.0, 142.0, 180.0)


@dataclass(frozen=True, slots=True)
class RingLetter:
    """One letter, its foot point in the 360 × 360 drawing and its turn in degrees."""

    letter: str
    x: float
    y: float
    turn: float


def ring_letters(text: str, arc: str) -> tuple[RingLetter, ...]:
    """`text` spread evenly over the named arc; `BOTTOM` letters are turned to stand upright."""
    radius, first, last, extra = Arc[arc].value
    step = (last - first) / max(len(text) - 1, 1)
    angles = (first + step * index for index in range(len(text)))
    return tuple(_place(letter, radius, angle=a, turn=a - extra) for letter, a in zip(text, angles, strict=True))


def _place(letter: str, radius: float, *, angle: float, turn: float) -> RingLetter:
    radians = math.radians(angle)
    x, y = _CENTRE + radius * math.sin(radians), _CENTRE - radius * math.cos(radians)
    return RingLetter(letter, round(x, 1), round(y, 1), round(turn, 1))
