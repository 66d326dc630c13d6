"""Shortened limits as a file lists them (danh sách rút ngắn thời hạn): one line for one channel of one procedure."""

from __future__ import annotations

from dataclasses import dataclass, fields

from app.domain.catalogue import CODE
from app.domain.catalogue_rows import Findings, Row, Table, require_columns
from app.domain.channels import CHANNEL_WORDS, Channel
from app.domain.limit_terms import TypedLimits

_TEXTS = tuple(field.name for field in fields(TypedLimits) if field.name != "channel")
_CHANNELS = {**{words: channel for channel, words in CHANNEL_WORDS.items()}, **{str(int(one)): one for one in Channel}}


@dataclass(frozen=True, slots=True)
class LimitLine:
    """One line: where it stands in the file, the procedure, and the limits as written."""

    line: int
    code: str
    typed: TypedLimits


def read_limit_lines(table: Table) -> tuple[LimitLine, ...]:
    """Return the lines of `table`; the limits themselves are read when their procedure is known.

    Raises ImportRefused naming every code or channel that cannot be read, and every channel that stands twice.
    """
    require_columns(table, ("code", "channel"))
    findings, seen = Findings(), dict[tuple[str, str], int]()
    lines = [_line(row, seen, findings=findings) for row in table.rows]
    findings.refuse_if_wrong()
    return tuple(line for line in lines if line)


def _line(row: Row, seen: dict[tuple[str, str], int], *, findings: Findings) -> LimitLine | None:
    code, words = row.text("code"), row.text("channel").lower()
    channel = _CHANNELS.get(words)
    if not CODE.fullmatch(code):
        findings.error(row, "code", f"mã thủ tục “{code[:40]}” sai dạng (đúng: 1.001193; để cột mã dạng chữ)")
    elif channel is None:
        findings.error(row, "channel", f"kênh “{words[:40]}” không có (ghi trực tiếp, trực tuyến hoặc bưu chính)")
    elif (code, channel.name) in seen:
        findings.error(row, "channel", f"kênh {words} của {code} đã có ở dòng {seen[code, channel.name]}")
    else:
        seen[code, channel.name] = row.line
        return LimitLine(row.line, code, TypedLimits(channel, **{name: row.text(name) for name in _TEXTS}))
    return None
