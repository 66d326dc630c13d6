"""What a report form is (biểu mẫu báo cáo): columns of figures, the sums they promise, and what is told of them.

A told column is no figure of its own: a score, a share or a distance from a target, made of the cells of its line
alone, so that whoever doubts it opens the lists of those cells.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol

from app.domain.figures import Figure

Told = Mapping[str, Decimal | None]
ONE, TWO = Decimal("0.1"), Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Line:
    """What a told column may read: the cells of the line, the level of its unit, the first day of the period.

    `told` holds the columns told before it, `known` what is known of the row beside the dossiers.
    """

    cells: Mapping[str, int]
    level: str
    day: date
    told: Told
    known: Told


@dataclass(frozen=True, slots=True)
class Share:
    """A weighted sum of cells over a sum of cells, half up; None where there was nothing to judge."""

    id: str
    title: str
    parts: tuple[tuple[int, str], ...]
    whole: tuple[str, ...]
    places: Decimal = TWO

    def told(self, line: Line) -> Decimal | None:
        """Return the share of this line."""
        whole = sum(line.cells[name] for name in self.whole)
        if not whole:
            return None
        part = sum(weight * line.cells[name] for weight, name in self.parts)
        return (Decimal(part) / whole).quantize(self.places, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class LevelTarget:
    """What a level should reach from a day on, in percent."""

    level: str
    percent: int
    source: str
    effective_from: date
    effective_to: date | None = None


@dataclass(frozen=True, slots=True)
class Goal:
    """The target of the line's level on the first day of the period; None where nobody set one."""

    id: str
    title: str
    targets: tuple[LevelTarget, ...]

    def told(self, line: Line) -> Decimal | None:
        """Return the target in percent."""
        found = [
            one.percent
            for one in self.targets
            if one.level == line.level
            and one.effective_from <= line.day
            and (one.effective_to is None or line.day < one.effective_to)
        ]
        return Decimal(found[0]) if found else None


@dataclass(frozen=True, slots=True)
class Distance:
    """How far a share is above (or, negative, below) its goal, in points of percent."""

    id: str
    title: str
    share: str
    goal: str

    def told(self, line: Line) -> Decimal | None:
        """Return the distance; None where either is missing."""
        share, goal = line.told[self.share], line.told[self.goal]
        return None if share is None or goal is None else share - goal


@dataclass(frozen=True, slots=True)
class Sum:
    """The sum of the told columns that are known; an index without data is left out, never zero."""

    id: str
    title: str
    parts: tuple[str, ...]

    def told(self, line: Line) -> Decimal | None:
        """Return the sum; None where none of them is known."""
        known = [one for name in self.parts if (one := line.told[name]) is not None]
        return sum(known, Decimal()) if known else None


@dataclass(frozen=True, slots=True)
class Most:
    """What a `Sum` could have reached: `each` for every part that is known."""

    id: str
    title: str
    parts: tuple[str, ...]
    each: int

    def told(self, line: Line) -> Decimal | None:
        """Return the maximum of what is known."""
        known = sum(line.told[name] is not None for name in self.parts)
        return Decimal(self.each * known) if known else None


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the row beside its dossiers, under the name of the column."""

    id: str
    title: str

    def told(self, line: Line) -> Decimal | None:
        """Return it; None where the row is not of a kind that has it."""
        return line.known.get(self.id)


class Column(Protocol):
    """A told column: its words, and what it tells of a line; None for what is not known or did not arise."""

    @property
    def id(self) -> str: ...  # noqa: D102 - a port
    @property
    def title(self) -> str: ...  # noqa: D102 - a port
    def told(self, line: Line) -> Decimal | None: ...  # noqa: D102 - a port


@dataclass(frozen=True, slots=True)
class TableForm:
    """A report: its columns, the sums that must hold in every row (whole, parts), and what is told of the cells.

    `readings` say how the law was read and what no dossier can tell.
    """

    id: str
    title: str
    source: str
    columns: tuple[Figure, ...]
    sums: tuple[tuple[str, tuple[str, ...]], ...] = ()
    told: tuple[Column, ...] = ()
    readings: tuple[str, ...] = ()

    def balances(self, cells: Mapping[str, int]) -> bool:
        """Tell whether every sum holds in this row."""
        return all(cells[whole] == sum(cells[part] for part in parts) for whole, parts in self.sums)

    def tell(self, cells: Mapping[str, int], level: str, day: date, known: Told) -> dict[str, Decimal | None]:
        """Return the told columns of a line, in their order."""
        told: dict[str, Decimal | None] = {}
        for column in self.told:
            told[column.id] = column.told(Line(cells, level, day, told, known))
        return told
