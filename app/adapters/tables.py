"""Tables from files (đọc tệp bảng): CSV, JSON, JSON Lines, each plain or gzipped, and XLSX.

Only values are read: no macro, no formula is carried out. Size is bounded before and after unpacking.
"""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from app.domain.catalogue_encoding import decode
from app.domain.catalogue_rows import Fault, ImportRefused, Row, Table
from app.domain.catalogue_table import checked_header, table_from_csv, table_from_json

LARGEST = 200 * 1024 * 1024
_CHUNK = 1 << 20
_GZIP, _ZIP, _OLD_EXCEL = b"\x1f\x8b", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


def read_table(path: Path) -> Table:
    """Return the table of a file, whatever its format. Raises ImportRefused with line, column and reason."""
    return table_of(_bytes(path))


def table_of(data: bytes) -> Table:
    """Return the table of a file's bytes, as `read_table` does."""
    if data.startswith(_ZIP):
        return _workbook(data)
    if data.startswith(_OLD_EXCEL):
        raise _refused("tệp Excel kiểu cũ (.xls); lưu lại thành .xlsx hoặc CSV UTF-8")
    text = decode(data)
    if not text.strip():
        raise _refused("tệp rỗng")
    return table_from_json(text) if text.lstrip()[:1] in "[{" else table_from_csv(text)


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise _refused(f"tệp lớn hơn {LARGEST >> 20} MB; chia nhỏ rồi nhập từng phần")
        data = path.read_bytes()
    except OSError as error:
        raise _refused(f"không mở được tệp {path.name}: {error.strerror}") from None
    return _unpacked(data) if data.startswith(_GZIP) else data


def _unpacked(data: bytes) -> bytes:
    parts, size = [], 0
    try:
        with gzip.open(io.BytesIO(data)) as stream:
            while chunk := stream.read(_CHUNK):
                parts.append(chunk)
                size += len(chunk)
                if size > LARGEST:
                    raise _refused(f"tệp giải nén vượt {LARGEST >> 20} MB")
    except (OSError, EOFError, zlib.error):
        raise _refused("tệp nén .gz bị hỏng hoặc tải chưa trọn") from None
    return b"".join(parts)


def _workbook(data: bytes) -> Table:
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError):
        raise _refused("không phải tệp bảng tính .xlsx đọc được") from None
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    if not sheets:
        raise _refused("tệp .xlsx không có trang tính nào hiển thị")
    skipped = [sheet.title for sheet in book.worksheets if sheet is not sheets[0]]
    lines = [[_text(value) for value in line] for line in sheets[0].iter_rows(values_only=True)]
    columns = checked_header(lines[0] if lines else [])
    rows = tuple(
        Row(number, dict(zip(columns, cells, strict=False)))
        for number, cells in enumerate(lines[1:], start=2)
        if any(cells)
    )
    notes = tuple(Fault(1, "tệp", f"bỏ qua trang tính “{title}”") for title in skipped)
    return Table(columns, rows, notes)


def _text(value: Any) -> str:
    """Return a cell as text. A whole number loses its ".0"; a date is written the ISO way."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat() if value.time().isoformat() != "00:00:00" else value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _refused(reason: str) -> ImportRefused:
    return ImportRefused([Fault(1, "tệp", reason)])
