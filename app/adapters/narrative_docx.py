"""The month's report in words as DOCX: A4 upright, headings of NĐ 30/2020, the form behind it as a table."""

from __future__ import annotations

import io
from datetime import datetime

from docx import Document
from docx.document import Document as Paper
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

from app.domain.figures import CELLS_06A
from app.domain.narrative import TO_WRITE, MonthFacts, closing_line, sections
from app.domain.reports import NO_FIELD
from app.domain.vietnamese_format import date_words, number, short_moment
from workflows.calendar import VIETNAM

_FONT = "Times New Roman"
_LINES_TO_WRITE = 3


def narrative_docx(facts: MonthFacts, counted_at: datetime) -> bytes:
    """Return the report as a file that office software edits; every number in it stands in the table or its page."""
    paper = Document()
    _page(paper)
    _head(paper, facts, counted_at)
    for section in sections(facts):
        _line(paper, section.title, bold=True)
        for text in section.lines:
            _line(paper, text)
        for _place in range(_LINES_TO_WRITE if section.to_write else 0):
            _line(paper, TO_WRITE)
    _line(paper, "Phụ lục. Số liệu theo lĩnh vực (Biểu II.06a)", bold=True)
    _table(paper, facts)
    _line(paper, f"{closing_line(facts)}. Đếm lúc {short_moment(counted_at)}.")
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def _head(paper: Paper, facts: MonthFacts, at: datetime) -> None:
    _line(paper, facts.unit.name.upper(), bold=True)
    _line(paper, "Số: ……/BC-…")
    place = facts.unit.place or "…………"
    _line(paper, f"{place}, {date_words(at.astimezone(VIETNAM).date())}", align=WD_ALIGN_PARAGRAPH.RIGHT)
    _line(paper, "BÁO CÁO", bold=True, align=WD_ALIGN_PARAGRAPH.CENTER)
    title = f"Kết quả thực hiện cơ chế một cửa, một cửa liên thông {facts.period.title}"
    _line(paper, title, bold=True, align=WD_ALIGN_PARAGRAPH.CENTER)
    if facts.unit.above:
        _line(paper, f"Kính gửi: {facts.unit.above}", align=WD_ALIGN_PARAGRAPH.CENTER)


def _page(paper: Paper) -> None:
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(30), Mm(20)
    section.top_margin = section.bottom_margin = Mm(20)
    normal = paper.styles["Normal"]
    normal.font.name, normal.font.size = _FONT, Pt(13)


def _line(paper: Paper, text: str, *, bold: bool = False, align: WD_ALIGN_PARAGRAPH | None = None) -> None:
    line = paper.add_paragraph()
    line.add_run(text).bold = bold
    line.paragraph_format.space_after = Pt(4)
    if align is not None:
        line.alignment = align


def _table(paper: Paper, facts: MonthFacts) -> None:
    columns = tuple(cell for cell in CELLS_06A if cell.column)
    table = paper.add_table(rows=1, cols=len(columns) + 1, style="Table Grid")
    heads = ("Lĩnh vực", *(f"({cell.column})" for cell in columns))
    _row(table.rows[0], heads, bold=True)
    for row in (*facts.form.rows, facts.form.total):
        cells = (row.label or NO_FIELD, *(number(row.cells[cell.id]) for cell in columns))
        _row(table.add_row(), cells, bold=row is facts.form.total)


def _row(row: object, texts: tuple[str, ...], *, bold: bool) -> None:
    for place, text in zip(row.cells, texts, strict=True):  # type: ignore[attr-defined] - python-docx's row has no public name
        run = place.paragraphs[0].add_run(text)
        run.bold, run.font.size = bold, Pt(8)
