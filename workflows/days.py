"""Special days of a calendar (ngày nghỉ, ngày làm bù): each row with the document it rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import groupby
from operator import attrgetter

from workflows.errors import CalendarContradiction
from workflows.instants import day_vi


class DayKind(StrEnum):
    """Why a day is not what its weekday says (loại ngày)."""

    HOLIDAY = "holiday"  # nghỉ lễ, tết: Labour Code 2019, article 112; Resolution 28/2026/QH16
    SUBSTITUTE = "substitute"  # nghỉ bù: Labour Code 2019, article 111.3
    SWAPPED_OFF = "swapped_off"  # nghỉ hoán đổi
    SWAPPED_WORK = "swapped_work"  # làm bù
    CLOSURE = "closure"  # đóng cửa tại địa phương

    @property
    def is_off(self) -> bool:
        """Return whether the day does not count for time limits."""
        return self is not DayKind.SWAPPED_WORK


@dataclass(frozen=True, slots=True)
class DayEntry:
    """One special day: its kind, the name a citizen knows, the document, and whether it is official yet.

    `replaces` is the day whose opening hours a worked Saturday takes over; without it, Monday's.
    """

    day: date
    kind: DayKind
    name: str
    source: str
    confirmed: bool = True
    replaces: date | None = None


@dataclass(frozen=True, slots=True, eq=False)
class DayBlock:
    """Neighbouring special days of one name and source, from `first` to `last`, both included.

    A block is itself and no other, so that what is said about it can be kept without comparing rows.
    """

    first: date
    last: date
    entry: DayEntry


def contradictions(days: Iterable[DayEntry]) -> tuple[tuple[DayEntry, DayEntry], ...]:
    """Return the pairs of rows that say of one day both that it is off and that it is worked."""
    pairs = []
    for _, same in groupby(sorted(days, key=attrgetter("day")), key=attrgetter("day")):
        rows = list(same)
        clash = next((row for row in rows if row.kind.is_off != rows[0].kind.is_off), None)
        if clash is not None:
            pairs.append((rows[0], clash))
    return tuple(pairs)


def by_day(days: Iterable[DayEntry]) -> dict[date, DayEntry]:
    """Return the rows by their day, in order; of two that agree the first is kept.

    Raises CalendarContradiction.
    """
    rows = list(days)
    for first, second in contradictions(rows):
        raise CalendarContradiction(
            where=first.day.isoformat(),
            day=day_vi(first.day),
            first=first.name,
            first_source=first.source,
            second=second.name,
            second_source=second.source,
        )
    kept: dict[date, DayEntry] = {}
    for row in sorted(rows, key=attrgetter("day")):
        kept.setdefault(row.day, row)
    return kept


def blocks(entries: Sequence[DayEntry], is_working: Callable[[date], bool]) -> tuple[DayBlock, ...]:
    """Return the rows, in order of days, joined where the same holiday goes on over days off."""
    joined: list[DayBlock] = []
    for entry in entries:
        last = joined[-1] if joined else None
        if last is not None and _goes_on(last, entry, is_working):
            joined[-1] = DayBlock(last.first, entry.day, last.entry)
        else:
            joined.append(DayBlock(entry.day, entry.day, entry))
    return tuple(joined)


def _goes_on(block: DayBlock, entry: DayEntry, is_working: Callable[[date], bool]) -> bool:
    known = block.entry
    if (known.kind.is_off, known.name, known.source, known.confirmed) != (
        entry.kind.is_off, entry.name, entry.source, entry.confirmed
    ):
        return False
    gap = (entry.day - block.last).days
    return gap <= 3 and not any(is_working(block.last + timedelta(days=n)) for n in range(1, gap))
