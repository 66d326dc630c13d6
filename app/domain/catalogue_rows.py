"""Rows of an imported table (dòng dữ liệu nhập): cells with their line, and the faults found in them.

Every importer reads the same shape, whatever the file was: CSV, spreadsheet or JSON. A fault always says
line, column and reason; errors stop the whole import, warnings travel beside the records they are about.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.domain.vietnamese import clean
from workflows.errors import N_, RuleBroken


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one cell: `line` as a person counts it in the file, column name, reason in Vietnamese."""

    line: int
    column: str
    reason: str

    def __reduce__(self) -> tuple[Any, ...]:
        """Go to another process in one step; a frozen class sets its fields one by one."""
        return Fault, (self.line, self.column, self.reason)

    def __str__(self) -> str:
        return f"dòng {self.line}, cột {self.column}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Row:
    """One record of a file. CSV and spreadsheets give text; JSON may nest lists and objects.

    `faults` is what is wrong with the record itself, whatever its cells mean: too few cells, letters nobody can type.
    """

    line: int
    cells: Mapping[str, object]
    faults: tuple[Fault, ...] = ()

    def __reduce__(self) -> tuple[Any, ...]:
        """Go to another process in one step; a frozen class sets its fields one by one."""
        return Row, (self.line, self.cells, self.faults)

    def text(self, column: str) -> str:
        """Return the cleaned text of a cell (NFC, single spaces); "" when empty or absent."""
        if self.cells.get(column) is None:  # half the columns of an import are not in its file
            return ""
        return clean(self.raw(column))

    def texts(self) -> dict[str, str]:
        """Return the cleaned text of every cell, as `text` does of one; absent and empty ones are left out."""
        return {
            column: clean(value if type(value) is str else self.raw(column))
            for column, value in self.cells.items()
            if value is not None and value != ""
        }

    def raw(self, column: str) -> str:
        """Return the text of a cell as it stands, line breaks included."""
        value = self.cells.get(column)
        return "" if value is None or isinstance(value, (list, dict)) else str(value)

    def items(self, column: str) -> list[Mapping[str, object]]:
        """Return the objects nested under `column` (JSON only); [] when there are none."""
        value = self.cells.get(column)
        return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


@dataclass(frozen=True, slots=True)
class Table:
    """A file read into rows. `columns` are those of the header, lower case; `notes` are faults of the file itself."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    notes: tuple[Fault, ...] = ()

    def has(self, *columns: str) -> bool:
        """Tell whether every one of `columns` stands in the header."""
        return set(columns) <= set(self.columns)


@dataclass(frozen=True, slots=True)
class Stream:
    """A file read row by row, in constant memory. Going on to the next row raises ImportRefused where the file itself
    breaks off. `columns` is empty where there is no header (JSON): there each row names its own cells.
    """

    columns: tuple[str, ...]
    rows: Iterator[Row]
    notes: tuple[Fault, ...] = ()

    def table(self) -> Table:
        """Return the whole table; raises ImportRefused naming every faulty row."""
        rows = tuple(self.rows)
        if faults := [fault for row in rows for fault in row.faults]:
            raise ImportRefused(faults)
        columns = self.columns or tuple(dict.fromkeys(column for row in rows for column in row.cells))
        return Table(columns, rows, self.notes)


class ImportRefused(RuleBroken):
    """Nothing was imported (không nhập dòng nào); `faults` names every unreadable place."""

    code = "import_refused"
    sentence = N_("Không nhập được tệp: {count} chỗ sai, chỗ đầu tiên ở {first}. Sửa tệp rồi nhập lại.")

    def __init__(self, faults: Iterable[Fault], *, count: int = 0) -> None:
        """Take the faults to name, and how many there are where that is more than are named."""
        self.faults = tuple(faults)
        self.count = count or len(self.faults)
        super().__init__(where=self.faults[0].column, count=self.count, first=str(self.faults[0]))


@dataclass(slots=True)
class Findings:
    """Gathers errors and warnings while rows are read, so that a person sees all of them at once."""

    errors: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)

    def error(self, row: Row, column: str, reason: str) -> None:
        """Note a cell that cannot be read: the import will be refused."""
        self.errors.append(Fault(row.line, column, reason))

    def warn(self, row: Row, column: str, reason: str) -> None:
        """Note a cell that can be read but is incomplete or implausible."""
        self.warnings.append(Fault(row.line, column, reason))

    def day(self, row: Row, column: str) -> date | None:
        """Return the day of a cell (ISO); None where there is none that can be read, which is noted."""
        text = row.text(column)
        try:
            return date.fromisoformat(text)
        except ValueError:
            self.error(row, column, f"ngày “{text[:30]}” không có thật hoặc sai dạng (đúng: 2026-11-01)")
            return None

    def refuse_if_wrong(self) -> None:
        """Raise ImportRefused with every error found so far, in the order of the file."""
        if self.errors:
            raise ImportRefused(sorted(self.errors, key=lambda fault: fault.line))


def require_columns(table: Table | Stream, columns: Iterable[str]) -> None:
    """Raise ImportRefused naming each required column that the header lacks."""
    missing = [column for column in columns if column not in table.columns]
    if missing:
        raise ImportRefused(Fault(1, column, "thiếu cột này trong hàng tiêu đề") for column in missing)
