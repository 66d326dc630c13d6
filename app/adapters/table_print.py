"""A counted table made ready for the printer (biểu để in): words, numbers with their lists, sub-totals by level."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from app.adapters.table_files import LEVEL_TITLES
from app.domain.documents_figures import PrintedLine, PrintedNumber, PrintedTable
from app.domain.documents_parts import Signer
from app.domain.reports import MONTH, NO_FIELD, Opens, RowsBy
from app.domain.vietnamese_format import number, told_number
from workflows.calendar import VIETNAM

FIRST_HEADS = {
    RowsBy.FIELD: "Lĩnh vực",
    RowsBy.PROCEDURE: "Thủ tục",
    RowsBy.UNIT: "Đơn vị",
    RowsBy.CHANNEL: "Kênh nộp",
    MONTH: "Tháng",
}
CHANNELS = {"1": "Trực tiếp", "2": "Trực tuyến", "3": "Bưu chính"}
LEADER = Signer(("THỦ TRƯỞNG ĐƠN VỊ",), "")


def printed_table(
    found: Any,
    counted_at: datetime,
    *,
    preparer: str,
    leader: Signer | None = None,
    page: str = "",
    opens: Opens | None = None,
) -> PrintedTable:
    """Return the table for the printer; `found` is a counted table, `opens` gives the address of a number's list."""
    form, unit, period = found.form, found.unit, found.period
    return PrintedTable(
        title=form.title,
        source=form.source,
        reporting_unit=unit.name,
        receiving_unit=unit.above or "cơ quan cấp trên",
        first_day=period.first_day,
        last_day=period.last_day,
        first_head=FIRST_HEADS[found.by],
        heads=(
            *(column.title for column in form.told),
            *(f"({column.column}) {column.title}" if column.column else column.title for column in form.columns),
        ),
        lines=_lines(found, opens),
        readings=form.readings,
        place=unit.place or "…………",
        dated=counted_at.astimezone(VIETNAM).date(),
        preparer=Signer(("NGƯỜI LẬP BIỂU",), preparer),
        leader=leader or LEADER,
        counted_at=counted_at,
        page=page,
    )


def _lines(found: Any, opens: Opens | None) -> tuple[PrintedLine, ...]:
    lines, level = [], None
    for row in found.rows:
        if level not in {None, row.level}:
            lines += _subtotals(found, level)
        level = row.level
        label = CHANNELS.get(row.label, row.label) if found.by is RowsBy.CHANNEL else row.label or NO_FIELD
        lines.append(PrintedLine(label, _numbers(found, row, row.key, opens)))
    lines += _subtotals(found, level)
    return (*lines, PrintedLine("Tổng cộng", _numbers(found, found.total, None, opens), is_sum=True))


def _subtotals(found: Any, level: str | None) -> list[PrintedLine]:
    return [
        PrintedLine(LEVEL_TITLES.get(row.level, row.level), _numbers(found, row, None, None), is_sum=True)
        for row in found.subtotals
        if row.level == level
    ]


def _numbers(found: Any, row: Any, key: str | None, opens: Opens | None) -> tuple[PrintedNumber, ...]:
    told = (PrintedNumber("–" if value is None else told_number(value)) for value in row.told.values())
    counted = (
        PrintedNumber(number(row.cells[column.id]), opens(column.id, key) if opens else "")
        for column in found.form.columns
    )
    return (*told, *counted)
