"""From text to a table (đọc CSV, JSON): delimiter found, header checked, every row with its own line."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from app.domain.catalogue_rows import Fault, ImportRefused, Row, Stream, Table

_DELIMITERS = ",;\t|"
_MAX_CELL = 200_000
_CONTROL = dict.fromkeys(set(range(32)) - {9, 10, 13})


def table_from_csv(text: str) -> Table:
    """Return the table of a CSV text. Raises ImportRefused with the line of every row that does not fit the header."""
    return csv_stream(io.StringIO(text, newline="")).table()


def csv_stream(lines: Iterable[str]) -> Stream:
    """Return the rows of CSV lines, their delimiter taken from the header; a row carries what is wrong with its cells.

    Raises ImportRefused for the header, and later for a quotation mark that is never closed.
    """
    records = _records(lines)
    columns = checked_header(next(records, (1, []))[1])
    rows = (
        Row(line, dict(zip(columns, cells, strict=False)), _misfits(line, cells, columns))
        for line, cells in records
        if any(cell.strip() for cell in cells)
    )
    return Stream(columns, rows)


def json_lines(lines: Iterable[str]) -> Stream:
    """Return the rows of JSON Lines, one object on each line; going on raises ImportRefused at a line that is none."""
    return _of_objects(
        (number, _object(_load(line, number), number)) for number, line in enumerate(lines, start=1) if line.strip()
    )


def json_array(text: str) -> Stream:
    """Return the rows of a JSON array of objects, numbered from 1."""
    try:
        items = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ImportRefused([Fault(getattr(error, "lineno", 1), "tệp", "không phải JSON đúng cú pháp")]) from None
    return _of_objects((number, _object(item, number)) for number, item in enumerate(items, start=1))


def checked_header(cells: Sequence[str]) -> tuple[str, ...]:
    """Return the column names in lower case; raises ImportRefused when one is empty or stands twice."""
    columns = tuple(cell.strip().lower() for cell in cells)
    while columns and not columns[-1]:
        columns = columns[:-1]
    if not columns:
        raise ImportRefused([Fault(1, "tệp", "tệp rỗng: không có hàng tiêu đề")])
    if wrong := [column for column in columns if not column or columns.count(column) > 1]:
        named = wrong[0] or "(trống)"
        raise ImportRefused(
            [Fault(1, named, "tên cột trống hoặc trùng trong hàng tiêu đề; bỏ ô gộp, để tiêu đề ở hàng 1")]
        )
    return columns


def _records(lines: Iterable[str]) -> Iterator[tuple[int, list[str]]]:
    before, rest = [], iter(lines)
    for line in rest:
        before.append(line)
        if line.strip():
            break
    csv.field_size_limit(_MAX_CELL)
    delimiter = max(_DELIMITERS, key=(before or [""])[-1].count)
    reader, start = csv.reader(chain(before, rest), delimiter=delimiter, strict=True), 1
    try:
        for cells in reader:
            yield start, cells
            start = reader.line_num + 1
    except csv.Error as error:
        raise ImportRefused([Fault(start, "tệp", _csv_reason(str(error)))]) from None


def _csv_reason(error: str) -> str:
    if "unexpected end" in error:
        return "dấu nháy kép mở ở dòng này không được đóng"
    if "field larger" in error:
        return f"một ô dài quá {_MAX_CELL} ký tự (thường do thiếu dấu nháy kép)"
    return "dấu nháy kép đặt sai chỗ; mỗi ô có dấu phân cách phải nằm trong cặp nháy kép"


def _misfits(line: int, cells: list[str], columns: tuple[str, ...]) -> tuple[Fault, ...]:
    if len(cells) == len(columns) and all(map(str.isprintable, cells)):
        return ()
    found, counts = [], f"dòng có {len(cells)} ô, tiêu đề có {len(columns)} cột"
    if len(cells) < len(columns):
        found.append(Fault(line, columns[len(cells)], f"thiếu ô: {counts}"))
    if any(cell.strip() for cell in cells[len(columns) :]):
        found.append(Fault(line, columns[-1], f"thừa ô: {counts}"))
    for column, cell in zip(columns, cells, strict=False):
        if cell.translate(_CONTROL) != cell:
            found.append(Fault(line, column, "ô chứa ký tự điều khiển; gõ lại ô này"))
    return tuple(found)


def _of_objects(records: Iterator[tuple[int, dict[str, object]]]) -> Stream:
    rows = (Row(line, {key.strip().lower(): value for key, value in record.items()}) for line, record in records)
    if (first := next(rows, None)) is None:
        raise ImportRefused([Fault(1, "tệp", "tệp không có dòng dữ liệu nào")])
    return Stream((), chain((first,), rows))


def _load(line: str, number: int) -> object:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        raise ImportRefused([Fault(number, "tệp", "dòng này không phải một đối tượng JSON đúng cú pháp")]) from None


def _object(item: object, number: int) -> dict[str, object]:
    if isinstance(item, dict):
        return item
    raise ImportRefused([Fault(number, "tệp", "phải là một đối tượng JSON { … }")])
