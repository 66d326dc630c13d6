"""Form 06a as files (tệp báo cáo): CSV, XLSX, DOCX. The printed form is PDF, through the printer of forms."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from app.adapters.report_docx import report_docx
from app.adapters.spreadsheet import Cell, Column, Sheet, csv_file, number_of, xlsx
from app.domain.figures import CELLS_06A
from app.domain.reports import NO_FIELD, CountedRow, Form06a, Opens, RowsBy
from app.domain.vietnamese_format import short_date, short_moment

_FIRST = {RowsBy.FIELD: "Lĩnh vực", RowsBy.PROCEDURE: "Thủ tục", RowsBy.UNIT: "Đơn vị", RowsBy.CHANNEL: "Kênh nộp"}


def sheet_06a(form: Form06a, counted_at: datetime, opens: Opens | None = None) -> Sheet:
    """Return form 06a as a sheet: the printed columns, then the unknown ones apart; with `opens` numbers are links."""
    days = f"Từ ngày {short_date(form.period.first_day)} đến ngày {short_date(form.period.last_day)}"
    heads = [f"({cell.column}) {cell.title}" if cell.column else cell.title for cell in CELLS_06A]
    return Sheet(
        name="II.06a",
        above=(
            "Biểu số II.06a/VPCP/KSTT. Tình hình, kết quả giải quyết TTHC",
            f"Đơn vị báo cáo: {form.unit.name} ({form.unit.code})",
            f"Kỳ báo cáo: {form.period.title}. {days}",
            f"Số liệu đếm lúc {short_moment(counted_at)}, theo dữ kiện cuối kỳ. {form.standing}.",
            *form.notes,
        ),
        columns=(Column("STT", 5), Column(_FIRST[form.by], 38), *(Column(head) for head in heads)),
        rows=[(place, *_cells(row, row.key, opens)) for place, row in enumerate(form.rows, 1)],
        total=(None, *_cells(form.total, None, opens)),
    )


def linked_06a(form: Form06a, counted_at: datetime, opens: Opens) -> bytes:
    """Return form 06a as XLSX in which each number opens the list it was counted from."""
    return xlsx(sheet_06a(form, counted_at, opens))


def _cells(row: CountedRow, key: str | None, opens: Opens | None) -> tuple[Cell, ...]:
    return (row.label or NO_FIELD, *(number_of(cell.id, row.cells[cell.id], key, opens) for cell in CELLS_06A))


def _csv(form: Form06a, counted_at: datetime) -> bytes:
    return csv_file(sheet_06a(form, counted_at))


def _xlsx(form: Form06a, counted_at: datetime) -> bytes:
    return xlsx(sheet_06a(form, counted_at))


WRITERS: Mapping[str, Callable[[Form06a, datetime], bytes]] = {"csv": _csv, "xlsx": _xlsx, "docx": report_docx}
