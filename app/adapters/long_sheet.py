"""Sheets of hundreds of thousands of rows (bảng dài): XlsxWriter makes the book, the rows are streamed into it.

The library spends most of its time on each single cell, six times what the text of a row costs. Here it writes all
but the rows, and one row of samples that shows the numbers it gave to its styles; the real rows take the sample's
place, block by block. Every text is an inline string: a cell that begins with `=` stays what somebody typed.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from html import escape
from itertools import islice
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile

from xlsxwriter.utility import xl_col_to_name

from app.adapters.spreadsheet import Cell, Linked, Sheet, xlsx

SHEET: Final = "xl/worksheets/sheet1.xml"
BLOCK: Final = 1_000  # rows held as text at once
_FAST: Final = 3  # of the compression: smaller files take twice the time
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_READ_AS_CHARACTER = re.compile("(_x[0-9a-fA-F]{4}_)")
_STYLE = re.compile(r' s="(\d+)"')


def long_xlsx(sheet: Sheet) -> bytes:
    """Return a sheet of plain cells (text, numbers) as an XLSX file like `xlsx`; rows are let go as they are written.

    Raises ValueError for a sheet with a total or linked numbers: those belong to short tables.
    """
    if sheet.total:
        raise ValueError("a long sheet has no total")
    made, out = io.BytesIO(xlsx(replace(sheet, rows=[("",)]))), io.BytesIO()
    line = len(sheet.above) + 2
    with ZipFile(made) as book, ZipFile(out, "w", ZIP_DEFLATED, compresslevel=_FAST) as filled:
        for name in book.namelist():
            parts = _around(book.read(name).decode(), line, sheet) if name == SHEET else iter([book.read(name)])
            with filled.open(name, "w") as part:
                part.writelines(parts)
    return out.getvalue()


def _around(page: str, line: int, sheet: Sheet) -> Iterator[bytes]:
    """Yield the sheet with its rows in the place of the sample row, and without the range that the library told."""
    start = page.index(f'<row r="{line}"')
    end = page.index("</row>", start) + len("</row>")
    style = _STYLE.findall(page[start:end])[0]
    yield re.sub(r"<dimension [^>]*/>", "", page[:start]).encode()
    yield from _rows(sheet.rows, line, style)
    yield page[end:].encode()


def _rows(rows: Iterable[Sequence[Cell]], line: int, style: str) -> Iterator[bytes]:
    left, names = iter(rows), [xl_col_to_name(place) for place in range(200)]
    while block := list(islice(left, BLOCK)):
        yield "".join(_row(row, at, names, style) for at, row in enumerate(block, line)).encode()
        line += len(block)


def _row(row: Sequence[Cell], line: int, names: Sequence[str], style: str) -> str:
    cells = [_cell(value, f'<c r="{name}{line}" s="{style}"') for name, value in zip(names, row, strict=False)]
    return f'<row r="{line}">{"".join(cells)}</row>'


def _cell(value: Cell, begun: str) -> str:
    if isinstance(value, str):
        return f'{begun} t="inlineStr"><is><t xml:space="preserve">{_text(value)}</t></is></c>'
    if value is None:
        return f"{begun}/>"
    if isinstance(value, Linked | Decimal):
        raise ValueError("a long sheet holds text and whole numbers")
    return f"{begun}><v>{value}</v></c>"


def _text(text: str) -> str:
    if not text.isprintable():
        text = _NOT_IN_XML.sub("", text)
    if "_x" in text:
        text = _READ_AS_CHARACTER.sub(r"_x005F\1", text)
    return escape(text, quote=False)
