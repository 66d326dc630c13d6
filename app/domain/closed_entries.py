"""Entered figures of a closed period (số liệu nhập của kỳ đã chốt): what was told stays told, what came later is named.

A closing keeps each figure that the evaluation and the 766 index read. What others tell about us, official points and
the portal's numbers, is not ours to close: it is shown as it was last entered.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.domain.entered_figures import ITEMS
from app.domain.index_766 import BY_CODE

INDEX = "766."  # before a component's code


@dataclass(frozen=True, slots=True)
class Entry:
    """One entered figure: of a unit or of one person there (`login`).

    A component has a numerator and, unless dossiers tell it, a denominator; the day it was told on is not known.
    """

    unit: str
    login: str
    item: str
    numbers: tuple[int, ...]
    source: str
    told_on: date | None
    by: str

    @property
    def key(self) -> tuple[str, str, str]:
        """What it is a figure of."""
        return self.unit, self.login, self.item

    @property
    def title(self) -> str:
        """The words of its item or component."""
        code = self.item.removeprefix(INDEX)
        return BY_CODE[code].title if self.item.startswith(INDEX) else ITEMS[self.item].title

    def document(self) -> dict[str, Any]:
        """Return it as a closing keeps it."""
        day = str(self.told_on) if self.told_on else None
        return {"unit": self.unit, "login": self.login, "item": self.item, "numbers": list(self.numbers),
                "source": self.source, "told_on": day, "by": self.by}  # fmt: skip


@dataclass(frozen=True, slots=True)
class EntryChange:
    """A figure that is another one than was told: `told` is None where nobody had entered one."""

    told: Entry | None
    now: Entry


def kept(documents: Iterable[Mapping[str, Any]]) -> tuple[Entry, ...]:
    """Return the entries that a closing kept."""
    return tuple(
        Entry(
            *(one["unit"], one["login"], one["item"], tuple(one["numbers"]), one["source"]),
            date.fromisoformat(one["told_on"]) if one["told_on"] else None,
            one["by"],
        )
        for one in documents
    )


def changes(told: Iterable[Entry], now: Iterable[Entry]) -> tuple[EntryChange, ...]:
    """Return the figures of now that are new or other than was told; what is entered is never taken away."""
    known = {one.key: one for one in told}
    beside = ((known.get(one.key), one) for one in now)
    return tuple(EntryChange(was, one) for was, one in beside if was is None or was.numbers != one.numbers)
