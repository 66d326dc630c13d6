"""What stands still on the day a limit begins (ngày bắt đầu không tính): dated rows, because the law does not say.

BLDS 2015 art. 147.2 does not count that day: so it takes nothing of a limit by days, and standing still on it gives
nothing back. Read otherwise, each closing at which the clock stood still is given back, that day's too. Limits by the
hour, and results of the same day, count from their minute under both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date


@dataclass(frozen=True, slots=True)
class FirstDay:
    """The reading for limits that begin from a day on: whether standing still on their first day is given back."""

    gives_back: bool
    effective_from: date
    source: str


FIRST_DAYS: tuple[FirstDay, ...] = (FirstDay(False, date(2017, 1, 1), "BLDS 2015 Điều 147 khoản 2"),)


def other_reading(rows: Sequence[FirstDay] = FIRST_DAYS) -> tuple[FirstDay, ...]:
    """Return the rows read the other way, to be shown beside."""
    return tuple(replace(row, gives_back=not row.gives_back) for row in rows)


def is_given_back(ordinal: int, rows: Sequence[FirstDay] = FIRST_DAYS) -> bool:
    """Return whether a limit begun on the day of this ordinal gives back what stood still on it.

    The newest row in force decides; before the first one, the first.
    """
    held = [row for row in rows if row.effective_from.toordinal() <= ordinal]
    newest = max(held or rows[:1], key=lambda row: row.effective_from)
    return newest.gives_back
