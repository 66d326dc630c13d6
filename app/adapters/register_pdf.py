"""The register (Mẫu 07) with hundreds or thousands of rows, drawn with reportlab.

Same columns and widths as templates/documents/register.html; WeasyPrint takes about 15 ms a row, reportlab
under one. The result is plain PDF: a closed year that must be PDF/A is printed in parts of a hundred rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache, partial
from io import BytesIO
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, LongTable, PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table

from app.adapters.fonts import Tinos
from app.domain.documents import Register, RegisterRow
from app.domain.vietnamese_format import date_words, short_clock, short_date, short_moment

_FACES = ("Tinos-Regular", "Tinos-Bold", "Tinos-Italic", "Tinos-BoldItalic")
_REGULAR, _BOLD, _ITALIC = _FACES[:3]
_MARGINS = {"topMargin": 20 * mm, "rightMargin": 15 * mm, "bottomMargin": 15 * mm, "leftMargin": 20 * mm}
_TEXT_WIDTH = landscape(A4)[0] - 35 * mm
_ROOM = landscape(A4)[1] - 35 * mm - 16  # the frame's own padding, and four points to be sure
_SHARES = (3.4, 12.2, 16.4, 11.6, 13.4, 9.6, 7, 7, 7, 6.6, 5.8)
_COLUMNS = (
    *("STT", "Mã hồ sơ", "Tên TTHC", "Tên tổ chức, cá nhân", "Địa chỉ, số điện thoại"),
    *("Cơ quan chủ trì giải quyết", "Nhận hồ sơ", "Hẹn trả kết quả", "Trả kết quả"),
    *("Phương thức nhận kết quả", "Ký nhận"),
)
_GROUPED_FROM = 6
_FOOT = "Mẫu số 07, TT 03/2025/TT-VPCP. Sổ điện tử, không bắt buộc in khi hệ thống có đủ dữ liệu."

_SIZE, _LEADING, _PADDING = 8.6, 9.9, 0.8 * mm
_HEAD_CELL = ParagraphStyle("head-cell", fontName=_BOLD, fontSize=_SIZE, leading=_LEADING, alignment=TA_CENTER)
_CENTRED = ParagraphStyle("centred", fontName=_REGULAR, fontSize=12, leading=14.4, alignment=TA_CENTER)
_STRONG = ParagraphStyle("strong", _CENTRED, fontName=_BOLD)
_SLANTED = ParagraphStyle("slanted", _CENTRED, fontName=_ITALIC, fontSize=10)


def register_pdf(register: Register, fonts: Tinos) -> bytes:
    """The whole register as one PDF, A4 landscape, heading row on each page, page number from page two."""
    for face in _FACES:
        pdfmetrics.registerFont(TTFont(face, str(fonts.folder / f"{face}.ttf")))
    out = BytesIO()
    document = SimpleDocTemplate(
        out,
        pagesize=landscape(A4),
        title=f"Sổ theo dõi hồ sơ, {register.field}",
        lang="vi",
        initialFontName=_REGULAR,
        **_MARGINS,
    )
    foot = partial(_foot, printed=f"In lúc {short_moment(register.printed_at)}")
    document.build(
        [*(heading := list(_heading(register))), *_tables(register, _height(heading))],
        onFirstPage=foot,
        onLaterPages=partial(_numbered, foot=foot),
    )
    return out.getvalue()


def _heading(register: Register) -> Iterator[Flowable]:
    unit = "<br/>".join(escape(line) for line in register.head.unit_lines)
    superior = [_text(line) for line in register.head.superior_lines]
    left = [*superior, Paragraph(unit, _STRONG), _text(f"Số: {register.head.number or '…………'}")]
    right = [
        Paragraph("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", _STRONG),
        Paragraph("<u>Độc lập - Tự do - Hạnh phúc</u>", _STRONG),
    ]
    top = [("VALIGN", (0, 0), (-1, -1), "TOP"), ("FONTNAME", (0, 0), (-1, -1), _REGULAR)]
    yield Table([[left, right]], colWidths=[0.4 * _TEXT_WIDTH, 0.6 * _TEXT_WIDTH], style=top)
    yield Spacer(0, 3 * mm)
    yield Paragraph("SỔ THEO DÕI HỒ SƠ", ParagraphStyle("title", _STRONG, fontSize=14, leading=17))
    period = f"Từ {date_words(register.first_day)} đến {date_words(register.last_day)}"
    yield Paragraph(escape(f"Lĩnh vực: {register.field}. Quyển số: {register.book}. {period}"), _SLANTED)
    yield Spacer(0, 3 * mm)


def _text(text: str) -> Paragraph:
    return Paragraph(escape(text), _CENTRED)


def _height(flowables: list[Flowable]) -> float:
    return sum(
        one.wrap(_TEXT_WIDTH, _ROOM)[1] + one.getSpaceBefore() + one.getSpaceAfter() for one in flowables
    )


def _tables(register: Register, taken: float) -> Iterator[Flowable]:
    """Yield a table for each page, filled by the known height of its rows.

    One table of all rows would be split again for every page, each time over all the rows that are left.
    """
    head = _table([]).wrap(_TEXT_WIDTH, _ROOM)[1]
    page: list[list[str]] = []
    room = _ROOM - taken - head
    for index, row in enumerate(register.rows, start=1):
        cells = _row(index, row)
        high = (max(cell.count("\n") for cell in cells) + 1) * _LEADING + 2 * _PADDING
        if page and high > room:
            yield _table(page)
            yield PageBreak()
            page, room = [], _ROOM - head
        page.append(cells)
        room -= high
    yield _table(page)


def _table(rows: list[list[str]]) -> LongTable:
    titles = [Paragraph(title, _HEAD_CELL) for title in _COLUMNS]
    group = Paragraph("Nhận và trả kết quả", _HEAD_CELL)
    above = [*titles[:_GROUPED_FROM], group, *[""] * (len(titles) - _GROUPED_FROM - 1)]
    below = [*[""] * _GROUPED_FROM, *titles[_GROUPED_FROM:]]
    return LongTable(
        [above, below, *rows],
        colWidths=[share / 100 * _TEXT_WIDTH for share in _SHARES],
        repeatRows=2,
        style=_grid(),
        splitInRow=1,
    )


def _grid() -> list[tuple[object, ...]]:
    whole, heads = ((0, 0), (-1, -1)), ((0, 0), (-1, 1))
    spans = [("SPAN", (column, 0), (column, 1)) for column in range(_GROUPED_FROM)]
    centred = [("ALIGN", (column, 2), (column, -1), "CENTER") for column in (0, 6, 7, 8)]
    return [
        *(("FONT", *whole, _REGULAR, _SIZE, _LEADING), ("GRID", *whole, 0.6, colors.black)),
        *(("VALIGN", *whole, "TOP"), ("VALIGN", *heads, "MIDDLE")),
        *((f"{side}PADDING", *whole, _PADDING) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")),
        *(("SPAN", (_GROUPED_FROM, 0), (-1, 0)), *spans, *centred),
    ]


def _row(number: int, row: RegisterRow) -> list[str]:
    texts = [
        *(str(number), row.code, row.procedure, row.applicant, f"{row.address}\n{row.phone}".strip()),
        *(row.settling_unit, _moment(row.received_at), _moment(row.promised_at)),
        *(_moment(row.returned_at), row.method, row.signed),
    ]
    return [_wrapped(text, column) for column, text in enumerate(texts)]


@lru_cache(maxsize=4096)
def _wrapped(text: str, column: int) -> str:
    """The text broken into lines of its column: plain lines cost a tenth of a reportlab Paragraph."""
    width = _SHARES[column] / 100 * _TEXT_WIDTH - 2 * _PADDING
    return "\n".join(simpleSplit(_with_breaks(text, width), _REGULAR, _SIZE, width))


def _with_breaks(text: str, width: float) -> str:
    """Words too long for the column get a break, so that nothing runs into the next cell."""
    most = max(int(width / _SIZE), 1)
    wide = (word for word in text.split() if pdfmetrics.stringWidth(word, _REGULAR, _SIZE) > width)
    for word in set(wide):
        text = text.replace(word, " ".join(word[at : at + most] for at in range(0, len(word), most)))
    return text


def _moment(moment: datetime | None) -> str:
    return f"{short_clock(moment)}\n{short_date(moment)}" if moment else ""


def _foot(canvas: Canvas, document: SimpleDocTemplate, *, printed: str) -> None:
    canvas.setFont(_REGULAR, 7.5)
    canvas.drawString(document.leftMargin, 9 * mm, _FOOT)
    canvas.drawRightString(document.leftMargin + _TEXT_WIDTH, 9 * mm, printed)


def _numbered(canvas: Canvas, document: SimpleDocTemplate, *, foot: partial[None]) -> None:
    foot(canvas, document)
    canvas.setFont(_REGULAR, 13)
    canvas.drawCentredString(landscape(A4)[0] / 2, landscape(A4)[1] - 12 * mm, str(canvas.getPageNumber()))
