"""Grades of the evaluation (xếp loại, TT 01/2018/TT-VPCP arts. 14–15): of a unit by nine indices, of a person by five.

A grade is told only when every index of it is known. Bands are rows with the day they hold from.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.domain.table_form import Told
from workflows.errors import N_

UNIT_INDICES = tuple(f"evaluation.{number}" for number in range(1, 10))
OFFICER_INDICES = tuple(f"officer.{number}" for number in (1, 2, 3, 4, 7))
MOST_POINTS = 2
_SINCE = date(2018, 12, 8)


@dataclass(frozen=True, slots=True)
class Band:
    """A grade from so many points on."""

    points: Decimal
    words: str
    effective_from: date = _SINCE
    effective_to: date | None = None


UNIT_BANDS = (
    Band(Decimal(15), N_("Xuất sắc")),
    Band(Decimal(12), N_("Tốt")),
    Band(Decimal(9), N_("Khá")),
    Band(Decimal(6), N_("Trung bình")),
    Band(Decimal(0), N_("Yếu")),
)
OFFICER_BANDS = (
    Band(Decimal(5), N_("Hoàn thành 100% nhiệm vụ")),
    Band(Decimal("3.5"), N_("Hoàn thành từ 70% đến dưới 100% nhiệm vụ")),
    Band(Decimal(0), N_("Hoàn thành dưới 70% nhiệm vụ")),
)


@dataclass(frozen=True, slots=True)
class Grade:
    """The points told, of how many that were known; the grade in words, or the indices that are missing."""

    points: Decimal | None
    reachable: Decimal
    words: str
    missing: tuple[str, ...]


def grade(told: Told, indices: tuple[str, ...], bands: tuple[Band, ...], day: date) -> Grade:
    """Return the grade by the bands that hold on `day`, the highest first; no words while an index is missing."""
    known = {name: value for name in indices if (value := told.get(name)) is not None}
    points = sum(known.values(), Decimal()) if known else None
    missing = tuple(name.rpartition(".")[2] for name in indices if name not in known)
    held = [band for band in bands if band.effective_from <= day and (not band.effective_to or day < band.effective_to)]
    reached = [band.words for band in held if points is not None and points >= band.points]
    words = reached[0] if reached and not missing else ""
    return Grade(points, Decimal(MOST_POINTS * len(known)), words, missing)


