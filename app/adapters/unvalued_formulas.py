"""Formulas of a spreadsheet whose value nobody stored (công thức chưa có giá trị).

A program that writes formulas without computing them leaves their cells without a value: read as values alone they are
empty, and a filled column would come in as nothing. An empty text that was computed is a value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from typing import Any

from openpyxl.utils import column_index_from_string
from openpyxl.xml.functions import iterparse

_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_CHUNK, _OVERLAP = 1 << 20, 64


def unvalued(sheet: Any) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Yield each row of a read-only sheet that has such formulas, by its number, with their columns counted from 0."""
    if not _has_formulas(sheet):
        return
    number = 0
    with _content(sheet) as content:
        for _, row in iterparse(content):
            if _name(row) != "row":
                continue
            number = int(row.get("r", number + 1))
            if columns := tuple(_columns(row)):
                yield number, columns
            row.clear()


def _content(sheet: Any) -> closing[Any]:
    # The library tells values or formulas, never both, and has no public way to what the file itself says.
    return closing(sheet._get_source())  # noqa: SLF001 - see above


def _has_formulas(sheet: Any) -> bool:
    """Tell whether the sheet holds a formula at all; most do not, and need no second reading."""
    with _content(sheet) as content:
        before = b""
        while chunk := content.read(_CHUNK):
            if _FORMULA.search(before + chunk):
                return True
            before = chunk[-_OVERLAP:]
    return False


def _columns(row: Any) -> Iterator[int]:
    column = -1
    for cell in row:
        place = cell.get("r")
        column = column_index_from_string(place.rstrip("0123456789")) - 1 if place else column + 1
        parts = {_name(part): part.text for part in cell}
        if "f" in parts and not (parts.get("v") or ("v" in parts and cell.get("t") == "str")):
            yield column


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]
