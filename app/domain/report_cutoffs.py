"""The day a report month begins on (ngày chốt số liệu), as dated rows: another text, or a province, writes a new row.

A new day takes force on its date even in the middle of a report month; the month before it then ends there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Cutoff:
    """From `effective_from` on report months begin on this day of the month, 1 to 28; 1 is the calendar month."""

    day: int
    effective_from: date
    source: str


CUTOFFS: tuple[Cutoff, ...] = (
    Cutoff(15, date(2000, 1, 1), "NĐ 09/2019/NĐ-CP, Điều 12 (cần đối chiếu TT 09/2026/TT-BTP)"),
)


def cutoff_on(day: date, cutoffs: Sequence[Cutoff] = CUTOFFS) -> tuple[Cutoff, date | None]:
    """Return the row in force on a day and the day the next one takes its place, None where none is written."""
    rows = sorted(cutoffs, key=lambda row: row.effective_from)
    held = [row for row in rows if row.effective_from <= day] or rows[:1]
    later = [row.effective_from for row in rows if row.effective_from > day and row is not held[-1]]
    return held[-1], (later[0] if later else None)
