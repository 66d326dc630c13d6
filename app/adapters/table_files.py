"""Tables of reports as files (tệp của các biểu): XLSX and CSV, rows, sub-totals by level, total."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from app.adapters.spreadsheet import Cell, Column, Sheet, csv_file, number_of, xlsx
from app.domain.reports import Opens
from app.domain.vietnamese_format import short_date, short_moment

LEVEL_TITLES = {
    "province": "Cộng cấp tỉnh",
    "department": "Cộng các sở, ban, ngành",
    "commune": "Cộng các xã, phường",
}


def sheet_of(found: Any, counted_at: datetime, opens: Opens | None = None) -> Sheet:
    """Return a counted table as a sheet; with `opens` its numbers are links, those of sub-totals are not."""
    period, columns = found.period, found.form.columns
    told = [column.title for column in found.form.told]
    heads = [f"({column.column}) {column.title}" if column.column else column.title for column in columns] + told
    rows: list[tuple[Cell, ...]] = []
    level = None
    for place, row in enumerate(found.rows, 1):
        if level not in {None, row.level}:
            rows += _subtotal(found, level)
        level = row.level
        rows.append((place, row.label, *_counts(row, found.form, row.key, opens)))
    rows += _subtotal(found, level)
    return Sheet(
        name=found.form.id,
        above=(
            f"{found.form.title}. {found.form.source}",
            f"Đơn vị báo cáo: {found.unit.name} ({found.unit.code})",
            f"Từ ngày {short_date(period.first_day)} đến ngày {short_date(period.last_day)}",
            f"Số liệu đếm lúc {short_moment(counted_at)}, theo dữ kiện cuối kỳ.",
            *found.form.readings,
        ),
        columns=(Column("STT", 5), Column("Dòng", 38), *(Column(head) for head in heads)),
        rows=rows,
        total=(None, "Tổng cộng", *_counts(found.total, found.form, None, opens)),
    )


def _subtotal(found: Any, level: str | None) -> list[tuple[Cell, ...]]:
    return [
        (None, LEVEL_TITLES.get(row.level, row.level), *_counts(row, found.form))
        for row in found.subtotals
        if row.level == level
    ]


def _counts(row: Any, form: Any, key: str | None = None, opens: Opens | None = None) -> tuple[Cell, ...]:
    counts = (number_of(column.id, row.cells[column.id], key, opens) for column in form.columns)
    return (*counts, *(row.told[column.id] for column in form.told))


def linked_table(found: Any, counted_at: datetime, opens: Opens) -> bytes:
    """Return a counted table as XLSX in which each number opens the list it was counted from."""
    return xlsx(sheet_of(found, counted_at, opens))


TABLE_WRITERS: Mapping[str, Callable[[Any, datetime], bytes]] = {
    "csv": lambda found, at: csv_file(sheet_of(found, at)),
    "xlsx": lambda found, at: xlsx(sheet_of(found, at)),
}
