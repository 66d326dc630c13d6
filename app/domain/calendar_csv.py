"""Days off and worked Saturdays from a file (lịch nghỉ, làm bù): rows read into day entries with their source."""

from __future__ import annotations

from collections import Counter
from datetime import date

from app.domain.catalogue_rows import Findings, Row, Table, require_columns
from workflows.calendar import DayEntry, DayKind

_KINDS = {kind.value: kind for kind in DayKind}
_SATURDAY = 5
_NO = {"no", "false", "0", "không"}


def read_calendar(table: Table) -> tuple[tuple[DayEntry, ...], Findings]:
    """Return the day entries of `table` in date order, and warnings about days that look wrong.

    Raises ImportRefused on an impossible date, an unknown kind or a day given twice.
    """
    require_columns(table, ("date", "kind", "name", "source"))
    findings = Findings()
    lines: dict[date, int] = {}
    entries = [entry for row in table.rows if (entry := _entry(row, lines, findings=findings))]
    findings.refuse_if_wrong()
    _check_swaps(table, entries, findings=findings)
    return tuple(sorted(entries, key=lambda entry: entry.day)), findings


def _entry(row: Row, lines: dict[date, int], *, findings: Findings) -> DayEntry | None:
    day, kind = _day(row, findings), _KINDS.get(row.text("kind"))
    if kind is None:
        findings.error(row, "kind", f"loại ngày “{row.text('kind')[:30]}” phải là một trong: {', '.join(_KINDS)}")
    if day is None or kind is None:
        return None
    if day in lines:
        findings.error(row, "date", f"ngày {day:%d/%m/%Y} đã có ở dòng {lines[day]}")
    lines.setdefault(day, row.line)
    _check_weekday(row, day, kind=kind, findings=findings)
    if not row.text("source"):
        findings.warn(row, "source", "thiếu căn cứ (số văn bản)")
    expected = row.text("confirmed").lower() in _NO  # a file without the column holds official days
    return DayEntry(day, kind, row.text("name"), row.text("source"), confirmed=not expected)


def _day(row: Row, findings: Findings) -> date | None:
    text = row.text("date")
    try:
        return date.fromisoformat(text)
    except ValueError:
        findings.error(row, "date", f"ngày “{text[:30]}” không có thật hoặc sai dạng (đúng: 2026-09-02)")
        return None


def _check_weekday(row: Row, day: date, *, kind: DayKind, findings: Findings) -> None:
    weekend = day.weekday() >= _SATURDAY
    if kind is DayKind.SWAPPED_WORK and not weekend:
        findings.warn(row, "date", f"{day:%d/%m/%Y} vốn là ngày làm việc, không cần làm bù")
    if kind in {DayKind.SWAPPED_OFF, DayKind.SUBSTITUTE} and weekend:
        findings.warn(row, "date", f"{day:%d/%m/%Y} là cuối tuần, vốn đã nghỉ")


def _check_swaps(table: Table, entries: list[DayEntry], *, findings: Findings) -> None:
    """Every day off by a swap is worked on another day of the same year; unequal counts are pointed out."""
    for year in sorted({entry.day.year for entry in entries}):
        kinds = Counter(entry.kind for entry in entries if entry.day.year == year)
        off, worked = kinds[DayKind.SWAPPED_OFF], kinds[DayKind.SWAPPED_WORK]
        if off != worked:
            reason = f"năm {year}: {off} ngày nghỉ hoán đổi nhưng {worked} ngày làm bù"
            findings.warn(table.rows[-1], "kind", reason)
