"""Pure geometry of the demo stamps (chữ ký, con dấu mẫu): a pen stroke from a name, letters on a circle."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator
from dataclasses import dataclass

_STEPS_PER_LOOP = 14
_WIDTH, _HEIGHT = 540.0, 220.0
"""The signature's drawing field: 54 x 22 mm in tenths of a millimetre."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter on a circle: where its foot stands, and how far it is turned (degrees, clockwise)."""

    text: str
    x: float
    y: float
    turn: float


def pen_stroke(name: str) -> str:
    """Return the SVG path of an invented signature, always the same for a name and different for another.

    A big first loop, waves with ascenders as in cursive, and an underline that runs back: nobody's hand.
    """
    dice = _dice(name)
    loops = 5 + int(next(dice) * 3)
    heights = [0.35 + 0.55 * next(dice) for _ in range(loops)]
    heights[0] = 1.25
    points = [_pen(step / _STEPS_PER_LOOP, heights) for step in range(loops * _STEPS_PER_LOOP)]
    return f"{_smooth(points)} {_underline(dice)}"


def over_circle(text: str, *, radius: float, spread: float) -> tuple[Letter, ...]:
    """Return the letters of `text` over the top of a circle around (0, 0), across `spread` degrees."""
    return tuple(
        Letter(letter, *_spot(angle, -radius), round(angle, 1)) for letter, angle in _spaced(text, spread)
    )


def under_circle(text: str, *, radius: float, spread: float) -> tuple[Letter, ...]:
    """Return the letters of `text` along the bottom of that circle, upright for the reader."""
    return tuple(
        Letter(letter, *_spot(angle, radius), round(-angle, 1)) for letter, angle in _spaced(text, spread)
    )


def _spaced(text: str, spread: float) -> list[tuple[str, float]]:
    step = spread / max(len(text) - 1, 1)
    return [(letter, -spread / 2 + step * index) for index, letter in enumerate(text)]


def _spot(angle: float, radius: float) -> tuple[float, float]:
    turned = math.radians(angle)
    return round(abs(radius) * math.sin(turned), 1), round(radius * math.cos(turned), 1)


def _dice(name: str) -> Iterator[float]:
    digest = hashlib.sha256(name.encode()).digest()
    while True:
        yield from (byte / 255 for byte in digest)
        digest = hashlib.sha256(digest).digest()


def _pen(turn: float, heights: list[float]) -> tuple[float, float]:
    # A trochoid, slanted: the pen circles while the hand moves on. Each turn has its own height.
    index = min(int(turn), len(heights) - 1)
    following = heights[min(index + 1, len(heights) - 1)]
    height = heights[index] + (following - heights[index]) * (turn - index)
    angle = 2 * math.pi * turn
    rise = 62 * height * (1 - math.cos(angle))
    along = 70 + (_WIDTH - 170) * turn / len(heights) + 26 * height * math.sin(angle)
    return along + rise * 0.32, 150 - rise


def _smooth(points: list[tuple[float, float]]) -> str:
    parts = [f"M{points[0][0]:.1f} {points[0][1]:.1f}"]
    padded = [points[0], *points, points[-1]]
    for before, start, end, after in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        first = start[0] + (end[0] - before[0]) / 6, start[1] + (end[1] - before[1]) / 6
        second = end[0] - (after[0] - start[0]) / 6, end[1] - (after[1] - start[1]) / 6
        parts.append("C" + " ".join(f"{x:.1f} {y:.1f}" for x, y in (first, second, end)))
    return "".join(parts)


def _underline(dice: Iterator[float]) -> str:
    left, right = 46 + 30 * next(dice), _WIDTH - 60 - 40 * next(dice)
    dip = 168 + 14 * next(dice)
    return (
        f"M{left:.1f} {dip + 8:.1f}C{left + 120:.1f} {dip - 16:.1f} {right - 130:.1f} {dip - 22:.1f} "
        f"{right:.1f} {dip - 20:.1f}c14 2 12 8-2 8-80 0-150 6-210 22"
    )
