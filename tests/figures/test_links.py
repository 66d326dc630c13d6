"""A file of figures opens the lists: links on numbers that stay numbers, text that stays text, a QR on the paper."""

from __future__ import annotations

import io
from datetime import UTC, datetime

from openpyxl import load_workbook

from app.adapters.report_files import linked_06a
from app.adapters.spreadsheet import Column, Linked, Sheet, csv_file, xlsx
from app.domain.figures import CELLS_06A
from app.domain.periods import month
from app.domain.reports import CountedRow, Form06a, ReportUnit, RowsBy

AT = datetime(2026, 11, 22, tzinfo=UTC)


def test_each_number_of_06a_is_a_number_with_the_address_of_its_list():
    row = CountedRow("=Hộ tịch", "=Hộ tịch", {cell.id: 3 for cell in CELLS_06A})
    total = CountedRow("", "Tổng cộng", row.cells)
    form = Form06a(ReportUnit("H98", "Xã"), month(2026, 11), RowsBy.FIELD, (row,), total)
    file = linked_06a(form, AT, lambda figure, key: f"https://dia-chi/so/{figure}?dong={key}")
    page = load_workbook(io.BytesIO(file)).active
    line = next(cells for cells in page.iter_rows() if cells[1].value == "=Hộ tịch")
    assert line[1].data_type == "s"
    assert (line[2].value, line[2].data_type) == (3, "n")
    assert line[2].hyperlink.target == "https://dia-chi/so/received_total?dong==Hộ tịch".replace(" ", "%20")


def test_a_link_is_its_number_in_a_csv():
    sheet = Sheet("a", (), (Column("x"),), [(Linked(7, "https://dia-chi"),)])
    assert csv_file(sheet).decode("utf-8-sig").splitlines() == ["x", "7"]
    assert xlsx(sheet).startswith(b"PK")
