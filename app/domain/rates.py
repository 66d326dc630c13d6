"""Rates (tỷ lệ): two counts that are never torn apart. Nothing to count is "không phát sinh", not 0 % or 100 %."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of how many. Raises ValueError for counts that cannot be."""

    numerator: int
    denominator: int

    def __post_init__(self) -> None:
        if not 0 <= self.numerator <= self.denominator:
            raise ValueError(f"a part of {self.numerator} in {self.denominator}")

    @property
    def rate(self) -> float | None:
        """The rate from 0 to 1; None where there was nothing to count."""
        return self.numerator / self.denominator if self.denominator else None

    @property
    def percent(self) -> str | None:
        """The rate in percent with two decimals, half up, Vietnamese comma: `83,33`; None where nothing was."""
        if not self.denominator:
            return None
        hundredths = int(Fraction(self.numerator * 10_000, self.denominator) + Fraction(1, 2))
        return f"{hundredths // 100},{hundredths % 100:02d}"

    def __add__(self, other: Rate) -> Rate:
        """Return both together: counts add up, rates do not."""
        return Rate(self.numerator + other.numerator, self.denominator + other.denominator)
