"""From text to a table (đọc CSV, JSON): delimiter found, header checked, every row with its own line."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator

from app.domain.catalogue_rows import Fault, Findings, ImportRefused, Row, Table

_DELIMITERS = ",;\t|"
_MAX_CELL = 200_000
_CONTROL = dict.fromkeys(set(range(32)) - {9, 10, 13})


def table_from_csv(text: str) -> Table:
    """Return the table of a CSV text, its delimiter taken from the header line.

    Raises ImportRefused with the line of every row whose cells do not match the header, and of a quotation
    mark that is never closed.
    """
    header, *records = _records(text) or [(1, [])]
    columns = _header(header[1])
    findings = Findings()
    rows = []
    for line, cells in records:
        if any(cell.strip() for cell in cells):
            rows.append(row := Row(line, dict(zip(columns, cells, strict=False))))
            _check_width(row, cells, columns, findings=findings)
    findings.refuse_if_wrong()
    return Table(columns, tuple(rows))


def table_from_json(text: str) -> Table:
    """Return the table of a JSON array of objects, or of JSON Lines (one object on each line).

    Raises ImportRefused naming each line that is not an object.
    """
    records = _json_array(text) if text.lstrip()[:1] == "[" else _json_lines(text)
    rows = tuple(Row(line, {key.strip().lower(): value for key, value in record.items()}) for line, record in records)
    if not rows:
        raise ImportRefused([Fault(1, "tệp", "tệp không có dòng dữ liệu nào")])
    return Table(tuple(dict.fromkeys(column for row in rows for column in row.cells)), rows)


def checked_header(cells: list[str]) -> tuple[str, ...]:
    """Return the column names in lower case; raises ImportRefused when one is empty or stands twice."""
    return _header(cells)


def _records(text: str) -> list[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    found, start = [], 1
    csv.field_size_limit(_MAX_CELL)
    try:
        for cells in reader:
            found.append((start, cells))
            start = reader.line_num + 1
    except csv.Error as error:
        raise ImportRefused([Fault(start, "tệp", _csv_reason(str(error)))]) from None
    return found


def _csv_reason(error: str) -> str:
    if "unexpected end" in error:
        return "dấu nháy kép mở ở dòng này không được đóng"
    if "field larger" in error:
        return f"một ô dài quá {_MAX_CELL} ký tự (thường do thiếu dấu nháy kép)"
    return "dấu nháy kép đặt sai chỗ; mỗi ô có dấu phân cách phải nằm trong cặp nháy kép"


def _delimiter(text: str) -> str:
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(_DELIMITERS, key=first.count)


def _header(cells: list[str]) -> tuple[str, ...]:
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


def _check_width(row: Row, cells: list[str], columns: tuple[str, ...], *, findings: Findings) -> None:
    if len(cells) < len(columns):
        findings.error(row, columns[len(cells)], f"thiếu ô: dòng có {len(cells)} ô, tiêu đề có {len(columns)} cột")
    if any(cell.strip() for cell in cells[len(columns) :]):
        findings.error(row, columns[-1], f"thừa ô: dòng có {len(cells)} ô, tiêu đề có {len(columns)} cột")
    for column, cell in zip(columns, cells, strict=False):
        if cell.translate(_CONTROL) != cell:
            findings.error(row, column, "ô chứa ký tự điều khiển; gõ lại ô này")


def _json_array(text: str) -> Iterator[tuple[int, dict[str, object]]]:
    try:
        items = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ImportRefused([Fault(getattr(error, "lineno", 1), "tệp", "không phải JSON đúng cú pháp")]) from None
    for number, item in enumerate(items, start=1):
        yield number, _object(item, number)


def _json_lines(text: str) -> Iterator[tuple[int, dict[str, object]]]:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield number, _object(_load(line, number), number)


def _load(line: str, number: int) -> object:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        raise ImportRefused([Fault(number, "tệp", "dòng này không phải một đối tượng JSON đúng cú pháp")]) from None


def _object(item: object, number: int) -> dict[str, object]:
    if isinstance(item, dict):
        return item
    raise ImportRefused([Fault(number, "tệp", "phải là một đối tượng JSON { … }")])
