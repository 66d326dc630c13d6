"""The certification book as a spreadsheet (xuất sổ chứng thực ra XLSX): text stays text, fees stay numbers."""

from __future__ import annotations

from app.adapters.spreadsheet import Cell, Column, Sheet, xlsx
from app.domain.documents import BookLine, PrintedBook
from app.domain.vietnamese_format import short_date, short_moment

_COLUMNS = (
    *(Column("Số chứng thực", 10), Column("Ngày", 12), Column("Người yêu cầu", 26), Column("Tên giấy tờ", 36)),
    *(Column("Người ký", 24), Column("Chức danh", 34), Column("Số trang", 9), Column("Số bản", 9)),
    *(Column("Phí (đồng)", 12), Column("Ghi chú", 30)),
)


def book_xlsx(book: PrintedBook) -> bytes:
    """Return the book as one sheet; a void line has no copies and no fee, and says why."""
    return xlsx(
        Sheet(
            name="So chung thuc",
            above=(
                book.title,
                f"Đơn vị: {book.head.unit}. Ký hiệu sổ: {book.series}",
                f"Từ ngày {short_date(book.first_day)} đến ngày {short_date(book.last_day)}",
                f"Xuất lúc {short_moment(book.printed_at)}",
            ),
            columns=_COLUMNS,
            rows=[_row(line) for line in book.lines],
            total=(None, None, None, "Cộng", None, None, None, book.copies, book.fee_vnd, None),
        )
    )


def _row(line: BookLine) -> tuple[Cell, ...]:
    counted: tuple[Cell, Cell] = (None, None) if line.is_void else (line.copies, line.fee_vnd)
    return (
        *(line.number, short_date(line.day), line.person, line.title, line.signer, line.signer_title),
        *(line.pages, *counted, line.note),
    )
