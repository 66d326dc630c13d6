"""What another system says of a dossier (trạng thái ở hệ thống khác): a pasted list, read line by line.

A line is "code; status; time of the end", parted by tabs, semicolons or bars; the status is a national code (1–10)
or its words; the time may be left out. A file says the same in columns, found by their heads.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.domain.catalogue_rows import Table
from app.domain.corrections import moment_of
from app.domain.vietnamese import fold
from workflows.errors import N_, RuleBroken
from workflows.states import State

DONE = frozenset({9, 10})
_WORDS = {
    "moi dang ky": 1, "duoc tiep nhan": 2, "khong duoc tiep nhan": 3, "dang xu ly": 4,
    "yeu cau bo sung giay to": 5, "cho bo sung": 5, "yeu cau thuc hien nghia vu tai chinh": 6,
    "cong dan yeu cau rut ho so": 7, "rut ho so": 7, "dung xu ly": 8, "da xu ly xong": 9, "da tra ket qua": 10,
}  # fmt: skip
# States of ours that agree with a status there: theirs finishes first, we return afterwards.
_AGREE = {9: {9, 10}, 10: {9, 10}, 2: {2, 4}, 4: {2, 4}}


HEADS: Mapping[str, tuple[str, ...]] = {
    "code": ("Mã hồ sơ", "Mã", "Số hồ sơ", "Mã số hồ sơ", "Mã ở đó"),
    "status": ("Trạng thái", "Tình trạng", "Trạng thái hồ sơ", "Mã trạng thái"),
    "ended_at": ("Thời điểm xong", "Ngày xong", "Ngày hoàn thành", "Ngày kết thúc", "Ngày trả kết quả"),
}


class StatusLineWrong(RuleBroken):
    """A pasted line cannot be read; nothing of the list is taken."""

    code = "status_line"
    sentence = N_("Dòng {line}: không đọc được “{text}”. Mỗi dòng ghi: mã; trạng thái (1–10); thời điểm xong (nếu có).")


class StatusColumnsMissing(RuleBroken):
    """A file without the columns that say which dossier and how it stands."""

    code = "status_columns"
    sentence = N_("Tệp chưa có cột {missing} ở hàng tiêu đề. Tệp cần cột Mã hồ sơ và cột Trạng thái.")


@dataclass(frozen=True, slots=True)
class StatusLine:
    """One line read: the code there, the national status, when it ended there."""

    line: int
    code: str
    status: int
    ended_at: datetime | None


def read_statuses(text: str) -> tuple[StatusLine, ...]:
    """Return the lines of a pasted list, empty ones left out. Raises StatusLineWrong naming the line."""
    lines = ((number, line.strip()) for number, line in enumerate(text.splitlines(), 1))
    return tuple(_read(number, line) for number, line in lines if line)


def agrees(state: State, status: int) -> bool:
    """Tell whether our state says what the other system says."""
    return same(state.national_code, status)


def same(ours: int, theirs: int) -> bool:
    """Tell whether two national statuses say the same: the other side may finish first and return afterwards."""
    return ours in _AGREE.get(theirs, {theirs})


def national_words(status: int) -> str:
    """Return a national status as people say it, with its code: "4, đang xử lý"."""
    terms = {state.national_code: state.term_vi for state in State}
    return f"{status}, {terms[status][:1].lower()}{terms[status][1:]}"


def statuses_of(table: Table) -> tuple[StatusLine, ...]:
    """Return the lines of a file. Raises StatusColumnsMissing, StatusLineWrong naming the line as the file counts."""
    columns = {name: _column(table, heads) for name, heads in HEADS.items()}
    missing = [HEADS[name][0] for name in ("code", "status") if columns[name] is None]
    if missing:
        raise StatusColumnsMissing(where="file", missing=", ".join(missing))
    return tuple(
        _line(row.line, *(row.text(column) if column else "" for column in columns.values()), where="file")
        for row in table.rows
    )


def _read(number: int, line: str) -> StatusLine:
    cells = [cell.strip() for cell in re.split(r"[\t;|]", line)]
    if not 1 < len(cells) < 4:
        raise StatusLineWrong(where="statuses", line=number, text=line[:80])
    return _line(number, *cells, where="statuses")


def _line(number: int, code: str, said: str, ended: str = "", *, where: str) -> StatusLine:
    status = status_of(said)
    try:
        at = moment_of(ended, where=where) if ended else None
    except RuleBroken:
        status = None
    if not code or status is None:
        text = "; ".join(filter(None, [code, said, ended]))
        raise StatusLineWrong(where=where, line=number, text=text[:80])
    return StatusLine(number, code, status, at)


def _column(table: Table, heads: tuple[str, ...]) -> str | None:
    wanted = {fold(head) for head in heads}
    return next((column for column in table.columns if fold(column) in wanted), None)


def status_of(text: str) -> int | None:
    """Return the national status that a code (1–10) or its words name; None for anything else."""
    if text.isdigit():
        return int(text) if 1 <= int(text) <= 10 else None
    return _WORDS.get(fold(text))
