"""The list behind a number as a sheet (danh sách sau con số): one line a dossier, words in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.adapters.spreadsheet import Cell, Column, Sheet
from app.domain.vietnamese_format import short_date, short_moment

WIDTH = 20
MOVED_IN = "x"


@dataclass(frozen=True, slots=True)
class ListWords:
    """What the sheet says: its heads, and the words of channels, states and standings by their codes."""

    heads: tuple[str, ...]
    channels: Mapping[int, str]
    states: Mapping[str, str]
    standings: Mapping[str, str]

    def as_json(self) -> dict[str, Any]:
        """Return the words as background work keeps them; channels by their numbers as text."""
        channels = {str(code): word for code, word in self.channels.items()}
        return {"heads": self.heads, "channels": channels, "states": self.states, "standings": self.standings}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> ListWords:
        """Return the words as they were kept."""
        channels = {int(code): word for code, word in kept["channels"].items()}
        return cls(tuple(kept["heads"]), channels, kept["states"], kept["standings"])


def list_sheet(rows: Iterable[Any], words: ListWords) -> Sheet:
    """Return `FigureRow`s as a sheet; instants in Vietnam time. They are read as the sheet is written."""
    return Sheet("Danh sach", (), tuple(Column(head, WIDTH) for head in words.heads), _lines(rows, words))


def _lines(rows: Iterable[Any], words: ListWords) -> Iterator[tuple[Cell, ...]]:
    for row in rows:
        due = short_date(row.due_day) if row.due_day else short_moment(row.due_at) if row.due_at else ""
        yield (
            *(row.number, row.procedure, row.field, row.unit, words.channels[row.channel]),
            *(words.states[row.state], words.standings[row.standing], short_moment(row.received_at)),
            *(due, short_moment(row.ended_at) if row.ended_at else "", row.amount),
            MOVED_IN if row.is_imported else "",
        )
