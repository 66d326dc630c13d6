"""Tables from files (đọc tệp bảng): CSV, JSON, JSON Lines, each plain or gzipped, and XLSX.

Only values are read: no macro, no formula is carried out. Size is bounded before and after unpacking. `open_table`
reads row by row in constant memory; only a JSON array and the shared texts of a spreadsheet are held whole.
"""

from __future__ import annotations

import codecs
import gzip
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from app.adapters.unvalued_formulas import unvalued
from app.domain.catalogue_encoding import decoded_lines
from app.domain.catalogue_rows import Fault, ImportRefused, Row, Stream, Table
from app.domain.catalogue_table import checked_header, csv_stream, json_array, json_lines

LARGEST = 200 * 1024 * 1024  # held whole
LARGEST_STREAM = 8 * 1024 * 1024 * 1024
_HEAD, _LONGEST_LINE = 1 << 16, 1 << 24
_GZIP, _ZIP, _OLD_EXCEL = b"\x1f\x8b", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_Open = Callable[[], BinaryIO]


def read_table(path: Path) -> Table:
    """Return the table of a file, whatever its format. Raises ImportRefused with line, column and reason."""
    with open_table(path, most=LARGEST) as stream:
        return stream.table()


def table_of(data: bytes) -> Table:
    """Return the table of a file's bytes, as `read_table` does."""
    return _stream(lambda: io.BytesIO(data), LARGEST).table()


@contextmanager
def open_table(path: Path, *, most: int = LARGEST_STREAM) -> Iterator[Stream]:
    """Yield the rows of a file one by one. Raises ImportRefused with line, column and reason, also while going on."""
    with ExitStack() as opened:
        yield _stream(lambda: opened.enter_context(_opened(path, most)), most)


def _opened(path: Path, most: int) -> BinaryIO:
    try:
        if path.stat().st_size > most:
            raise _refused(f"tệp lớn hơn {most >> 20} MB; chia nhỏ rồi nhập từng phần")
        return path.open("rb")
    except OSError as error:
        raise _refused(f"không mở được tệp {path.name}: {error.strerror}") from None


def _stream(open_it: _Open, most: int) -> Stream:
    head = open_it().read(_HEAD)
    if head.startswith(_GZIP):
        return _stream(lambda: io.BufferedReader(_Unpacked(open_it(), most)), most)
    if head.startswith(_ZIP):
        return _workbook(open_it())
    if head.startswith(_OLD_EXCEL):
        raise _refused("tệp Excel kiểu cũ (.xls); lưu lại thành .xlsx hoặc CSV UTF-8")
    start = head.decode("utf-16" if head.startswith(_UTF16) else "utf-8-sig", errors="ignore").lstrip()
    if not start:
        raise _refused("tệp rỗng")
    lines = text_lines(open_it(), head)
    if start[0] == "[":
        return json_array("".join(_held(lines)))
    return json_lines(lines) if start[0] == "{" else csv_stream(lines)


def text_lines(binary: BinaryIO, head: bytes) -> Iterator[str]:
    """Yield the lines of a file that begins with `head`, as UTF-16 or UTF-8. Raises ImportRefused for anything else."""
    return _utf16_lines(binary) if head.startswith(_UTF16) else decoded_lines(_byte_lines(binary), head)


def _held(lines: Iterator[str]) -> Iterator[str]:
    size = 0
    for line in lines:
        if (size := size + len(line)) > LARGEST:
            raise _refused(f"mảng JSON lớn hơn {LARGEST >> 20} MB; ghi mỗi đối tượng một dòng (JSON Lines)")
        yield line


def _byte_lines(binary: BinaryIO) -> Iterator[bytes]:
    while line := binary.readline(_LONGEST_LINE):
        if len(line) == _LONGEST_LINE:
            raise _refused("có dòng dài quá 16 MB; không phải tệp bảng")
        yield line


def _utf16_lines(binary: BinaryIO) -> Iterator[str]:
    try:
        yield from io.TextIOWrapper(binary, "utf-16", newline="")
    except UnicodeDecodeError:
        raise _refused("tệp UTF-16 bị cắt dở; lưu lại dưới dạng CSV UTF-8") from None


class _Unpacked(io.RawIOBase):
    """A gzipped file as it is unpacked; refuses what is broken and what grows past the bound."""

    def __init__(self, packed: BinaryIO, most: int) -> None:
        self._stream, self._most, self._size = gzip.GzipFile(fileobj=packed), most, 0

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill `buffer` with what comes next."""
        try:
            count = self._stream.readinto(buffer)
        except (OSError, EOFError, zlib.error):
            raise _refused("tệp nén .gz bị hỏng hoặc tải chưa trọn") from None
        self._size += count
        if self._size > self._most:
            raise _refused(f"tệp giải nén vượt {self._most >> 20} MB")
        return count


def _workbook(binary: BinaryIO) -> Stream:
    try:
        book = load_workbook(binary, read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError):
        raise _refused("không phải tệp bảng tính .xlsx đọc được") from None
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    if not sheets:
        raise _refused("tệp .xlsx không có trang tính nào hiển thị")
    skipped = [sheet.title for sheet in book.worksheets if sheet is not sheets[0]]
    lines = ([_text(value) for value in line] for line in sheets[0].iter_rows(values_only=True))
    empty = _Unvalued(sheets[0])
    if lost := empty.of(1):
        raise ImportRefused(_no_value(1, get_column_letter(place + 1)) for place in lost)
    columns = checked_header(next(lines, []))
    rows = (
        Row(number, dict(zip(columns, cells, strict=False)), _lost(number, columns, lost))
        for number, cells in enumerate(lines, start=2)
        if (lost := empty.of(number)) or any(cells)
    )
    return Stream(columns, rows, tuple(Fault(1, "tệp", f"bỏ qua trang tính “{title}”") for title in skipped))


class _Unvalued:
    """The columns of formulas without a value, row after row."""

    def __init__(self, sheet: Any) -> None:
        self._found = unvalued(sheet)
        self._next = next(self._found, None)

    def of(self, number: int) -> tuple[int, ...]:
        """Return those of one row; rows are asked in their order."""
        while self._next and self._next[0] < number:
            self._next = next(self._found, None)
        return self._next[1] if self._next and self._next[0] == number else ()


def _lost(number: int, columns: Sequence[str], lost: Sequence[int]) -> tuple[Fault, ...]:
    return tuple(_no_value(number, columns[place]) for place in lost if place < len(columns))


def _no_value(number: int, column: str) -> Fault:
    reason = "công thức chưa có giá trị lưu trong tệp; mở bằng Excel hay LibreOffice rồi lưu lại, hoặc dán giá trị"
    return Fault(number, column, reason)


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
