"""Form 06a as a narrative (báo cáo lời): an A4 DOCX with the figures filled in and the table behind them."""

from __future__ import annotations

import io
from datetime import datetime

from docx import Document
from docx.document import Document as Paper
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

from app.domain.figures import CELLS_06A
from app.domain.rates import Rate
from app.domain.reports import NO_FIELD, CountedRow, Form06a
from app.domain.vietnamese_format import number, short_moment

_FONT = "Times New Roman"
_PRINTED = tuple(cell for cell in CELLS_06A if cell.column)


def report_docx(form: Form06a, counted_at: datetime) -> bytes:
    """Return the narrative report; every number in it is a cell of the table below."""
    paper = Document()
    _page(paper)
    _line(paper, form.unit.name.upper(), bold=True)
    _line(paper, "BÁO CÁO", bold=True, centred=True)
    _line(paper, f"Tình hình, kết quả giải quyết thủ tục hành chính {form.period.title}", bold=True, centred=True)
    for sentence in _narrative(form.total):
        _line(paper, sentence)
    if form.unknown:
        _line(paper, f"Còn {number(form.unknown)} hồ sơ không rõ hạn; số liệu này là bản nháp.", bold=True)
    for note in form.notes:
        _line(paper, note)
    _table(paper, form)
    _line(paper, f"Số liệu đếm lúc {short_moment(counted_at)}, theo dữ kiện cuối kỳ. {form.standing}.")
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def _narrative(total: CountedRow) -> tuple[str, ...]:
    cells = {name: number(count) for name, count in total.cells.items()}
    judged = total.cells["resolved_total"] - total.cells["resolved_unknown"]
    in_time = Rate(total.cells["resolved_early"] + total.cells["resolved_on_time"], judged)
    share = f"đạt {in_time.percent}%" if in_time.percent is not None else "không phát sinh"
    received = (
        f"1. Nhận giải quyết {cells['received_total']} hồ sơ; trong kỳ nhận trực tuyến {cells['received_online']}, "
        f"trực tiếp và qua bưu chính {cells['received_direct_post']}; kỳ trước chuyển qua {cells['carried_over']}."
    )
    resolved = (
        f"2. Đã giải quyết {cells['resolved_total']} hồ sơ: trước hạn {cells['resolved_early']}, "
        f"đúng hạn {cells['resolved_on_time']}, quá hạn {cells['resolved_late']}. "
        f"Trước hạn và đúng hạn: {number(in_time.numerator)}/{number(in_time.denominator)}, {share}."
    )
    pending = (
        f"3. Đang giải quyết {cells['pending_total']} hồ sơ: trong hạn {cells['pending_in_term']}, "
        f"quá hạn {cells['pending_overdue']}."
    )
    return received, resolved, pending


def _page(paper: Paper) -> None:
    section = paper.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(15)
    normal = paper.styles["Normal"]
    normal.font.name, normal.font.size = _FONT, Pt(13)


def _line(paper: Paper, text: str, *, bold: bool = False, centred: bool = False) -> None:
    line = paper.add_paragraph()
    line.add_run(text).bold = bold
    if centred:
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _table(paper: Paper, form: Form06a) -> None:
    table = paper.add_table(rows=1, cols=len(_PRINTED) + 1, style="Table Grid")
    heads = ("Lĩnh vực", *(f"{cell.title} ({cell.column})" for cell in _PRINTED))
    for place, text in zip(table.rows[0].cells, heads, strict=True):
        _fill(place, text, bold=True)
    for row in (*form.rows, form.total):
        texts = (row.label or NO_FIELD, *(number(row.cells[cell.id]) for cell in _PRINTED))
        for place, text in zip(table.add_row().cells, texts, strict=True):
            _fill(place, text, bold=row is form.total)


def _fill(place: object, text: str, *, bold: bool) -> None:
    run = place.paragraphs[0].add_run(text)  # type: ignore[attr-defined] - python-docx's cell has no public name
    run.bold, run.font.size = bold, Pt(9)
