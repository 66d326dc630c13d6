"""Targets of the main rates (mục tiêu của các tỷ lệ), as dated rows: what a province set itself is not the law's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

_SINCE_TWO_TIERS = date(2025, 7, 1)


@dataclass(frozen=True, slots=True)
class Target:
    """What a rate should reach from a day on; `source` says who wants it."""

    rate: str
    share: Fraction
    source: str
    effective_from: date
    effective_to: date | None = None


TARGETS: tuple[Target, ...] = (
    Target("online_submission", Fraction(70, 100), "kế hoạch của tỉnh", _SINCE_TWO_TIERS),
    Target("digitized_dossiers", Fraction(80, 100), "QĐ 766/QĐ-TTg, nhóm 4: mức điểm tối đa", _SINCE_TWO_TIERS),
    Target("electronic_results", Fraction(80, 100), "kế hoạch của tỉnh", _SINCE_TWO_TIERS),
    Target("online_payment", Fraction(60, 100), "kế hoạch của tỉnh", _SINCE_TWO_TIERS),
    Target("on_time_committed", Fraction(98, 100), "kế hoạch của tỉnh", _SINCE_TWO_TIERS),
)


def targets_on(day: date) -> Mapping[str, Target]:
    """Return the targets in force on a day, by rate id."""
    return {
        target.rate: target
        for target in TARGETS
        if target.effective_from <= day and (target.effective_to is None or day < target.effective_to)
    }
