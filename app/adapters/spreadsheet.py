"""Tables for office software (bảng tính): one sheet as XLSX or CSV. Text stays text, numbers stay numbers.

A cell that begins with `=` is what somebody typed, never a formula: XLSX says so by the cell's type, CSV by an
apostrophe, since a spreadsheet would compute it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from app.domain.reports import Opens


@dataclass(frozen=True, slots=True)
class Linked:
    """A number that opens the list it was counted from."""

    value: int
    address: str


Cell: TypeAlias = str | int | Decimal | Linked | None
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
LONGEST_NAME = 31  # of a sheet
_NOT_IN_NAMES = str.maketrans("", "", "[]:*?/\\'")
_PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "constant_memory": True}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its head and its width in letters."""

    title: str
    width: int = 12


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: lines above the table, columns, rows, and a last row in bold where there is a total."""

    name: str
    above: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: Iterable[Sequence[Cell]]
    total: Sequence[Cell] = ()


def number_of(figure: str, value: int, key: str | None, opens: Opens | None) -> int | Linked:
    """Return a number of a report for a sheet: a link to its list where lists can be opened."""
    return Linked(value, opens(figure, key)) if opens else value


def xlsx(sheet: Sheet) -> bytes:
    """Return the sheet as an XLSX file with fixed head, ready for A4 landscape; rows are let go as they are written."""
    out = io.BytesIO()
    with Workbook(out, _PLAIN) as book:
        page = book.add_worksheet(sheet.name.translate(_NOT_IN_NAMES)[:LONGEST_NAME] or "Bang")
        bold = book.add_format({"bold": True, "text_wrap": True, "border": 1, "valign": "vcenter"})
        plain = book.add_format({"border": 1, "text_wrap": True, "valign": "top", "num_format": "#,##0"})
        fine = book.add_format({"border": 1, "valign": "top", "num_format": "#,##0.##"})
        strong_fine = book.add_format({"bold": True, "border": 1, "num_format": "#,##0.##"})
        strong = book.add_format({"bold": True, "border": 1, "num_format": "#,##0"})
        for line, text in enumerate(sheet.above):
            page.write_string(line, 0, text)
        head = len(sheet.above)
        _head(page, head, sheet.columns, bold)
        last = head
        for last, row in enumerate(sheet.rows, head + 1):
            _write(page, last, row, (plain, fine))
        if sheet.total:
            _write(page, last + 1, sheet.total, (strong, strong_fine))
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
    return out.getvalue()


def csv_file(sheet: Sheet) -> bytes:
    """Return the table alone as CSV: UTF-8 with its mark, so that office software reads the Vietnamese right."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([column.title for column in sheet.columns])
    for row in (*sheet.rows, *([sheet.total] if sheet.total else [])):
        writer.writerow([_in_csv(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def as_text(cell: str) -> str:
    """Return `cell` so that no spreadsheet takes it for a formula when it opens a CSV."""
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell


def _in_csv(cell: Cell) -> Cell:
    """Return the cell for a CSV: text that is no formula, decimals with the Vietnamese comma."""
    if isinstance(cell, Linked):
        return cell.value
    if isinstance(cell, Decimal):
        return f"{cell:f}".replace(".", ",")
    return as_text(cell) if isinstance(cell, str) else cell


def _head(page: Worksheet, line: int, columns: Sequence[Column], bold: Format) -> None:
    for place, column in enumerate(columns):
        page.write_string(line, place, column.title, bold)
        page.set_column(place, place, column.width)
    page.freeze_panes(line + 1, 2)
    page.repeat_rows(line)


def _write(page: Worksheet, line: int, row: Sequence[Cell], styles: tuple[Format, Format]) -> None:
    style, fine = styles
    for place, cell in enumerate(row):
        if isinstance(cell, Linked):
            page.write_url(line, place, cell.address)
            page.write_number(line, place, cell.value, style)  # the link stays, the cell is a number again
        elif cell is None:
            page.write_blank(line, place, None, style)
        elif isinstance(cell, str):
            page.write_string(line, place, cell, style)
        else:
            page.write_number(line, place, float(cell), fine if isinstance(cell, Decimal) else style)
