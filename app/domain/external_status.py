"""What another system says of a dossier (trạng thái ở hệ thống khác): a pasted list, read line by line.

A line is "code; status; time of the end", parted by tabs, semicolons or bars; the status is a national code (1–10)
or its words; the time may be left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

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


class StatusLineWrong(RuleBroken):
    """A pasted line cannot be read; nothing of the list is taken."""

    code = "status_line"
    sentence = N_("Dòng {line}: không đọc được “{text}”. Mỗi dòng ghi: mã; trạng thái (1–10); thời điểm xong (nếu có).")


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
    return state.national_code in _AGREE.get(status, {status})


def _read(number: int, line: str) -> StatusLine:
    cells = [cell.strip() for cell in re.split(r"[\t;|]", line)]
    status = _status(cells[1]) if len(cells) > 1 else None
    if not cells[0] or status is None or len(cells) > 3:
        raise StatusLineWrong(where="statuses", line=number, text=line[:80])
    try:
        ended = moment_of(cells[2], where="statuses") if len(cells) == 3 and cells[2] else None
    except RuleBroken as wrong:
        raise StatusLineWrong(where="statuses", line=number, text=line[:80]) from wrong
    return StatusLine(number, cells[0], status, ended)


def _status(text: str) -> int | None:
    if text.isdigit():
        return int(text) if 1 <= int(text) <= 10 else None
    return _WORDS.get(fold(text))
