"""What the national portal says of our dossiers (trạng thái ở Cổng Dịch vụ công quốc gia): a list read as a whole.

Columns: code, status (1–10 or its words), checked_at (when the list was taken; ISO or "08:15 23/11/2026").
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.domain.catalogue_rows import Findings, Row, Table, require_columns
from app.domain.corrections import moment_of
from app.domain.external_status import status_of
from workflows.errors import RuleBroken

COLUMNS = ("code", "status", "checked_at")
LONGEST_CODE = 60


@dataclass(frozen=True, slots=True)
class NationalLine:
    """One dossier of the list: its code, the national status, when the list was taken; `line` of the file."""

    line: int
    code: str
    status: int
    checked_at: datetime


def read_national(table: Table, now: datetime) -> tuple[tuple[NationalLine, ...], Findings]:
    """Return the lines of a file. Raises ImportRefused naming each that cannot be read; `now` bounds the checks."""
    require_columns(table, COLUMNS)
    findings, seen = Findings(), set()
    rows = []
    for row in table.rows:
        made = _line(row, now, findings)
        if made is None:
            continue
        if made.code in seen:
            findings.error(row, "code", f"mã “{made.code}” có hai dòng")
        seen.add(made.code)
        rows.append(made)
    findings.refuse_if_wrong()
    return tuple(rows), findings


def _line(row: Row, now: datetime, findings: Findings) -> NationalLine | None:
    code, said = row.text("code")[:LONGEST_CODE], row.text("status")
    status = status_of(said)
    if not code:
        findings.error(row, "code", "thiếu mã hồ sơ")
    if status is None:
        findings.error(row, "status", f"trạng thái “{said[:30]}” không có trong danh mục 1–10")
    try:
        checked = moment_of(row.text("checked_at"), where="checked_at")
    except RuleBroken:
        findings.error(row, "checked_at", f"thời điểm “{row.text('checked_at')[:30]}” không đọc được")
        return None
    if checked > now:
        findings.error(row, "checked_at", f"thời điểm “{row.text('checked_at')[:30]}” ở sau lúc này")
    return NationalLine(row.line, code, status, checked) if code and status is not None else None
