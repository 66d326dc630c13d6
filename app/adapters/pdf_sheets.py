"""Finished PDF pages: two A5 copies on one A4 sheet, a mark laid over page one, pictures for a preview."""

from __future__ import annotations

from io import BytesIO
from itertools import zip_longest

import pikepdf
import pypdfium2

_POINTS_PER_INCH = 72
_A4_LANDSCAPE = (841.89, 595.28)
_CUT_MM = 6 * 72 / 25.4


def page_count(pdf: bytes) -> int:
    """Number of pages."""
    with pikepdf.open(BytesIO(pdf)) as document:
        return len(document.pages)


def to_png(pdf: bytes, page: int = 0, *, dpi: int = 110) -> bytes:
    """One page (from 0) as a PNG picture. Raises IndexError for a page that is not there."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        bitmap = document[page].render(scale=dpi / _POINTS_PER_INCH)
        out = BytesIO()
        bitmap.to_pil().save(out, "PNG", optimize=False, compress_level=1)
        return out.getvalue()
    finally:
        document.close()


def two_up(pdf: bytes, *, second_from: int) -> bytes:
    """A4 landscape sheets: pages before `second_from` on the left halves, the rest on the right halves."""
    with pikepdf.open(BytesIO(pdf)) as source, pikepdf.new() as sheets:
        left, right = list(source.pages)[:second_from], list(source.pages)[second_from:]
        for first, second in zip_longest(left, right):
            _fill(sheets.add_blank_page(page_size=_A4_LANDSCAPE), first, second)
        sheets.docinfo["/Title"] = source.docinfo.get("/Title", "")
        out = BytesIO()
        sheets.save(out)
        return out.getvalue()


def stamp_first_page(pdf: bytes, mark: bytes) -> bytes:
    """The same file with the one-page `mark` laid over its first page at 100 %, top right to top right."""
    with pikepdf.open(BytesIO(pdf)) as document, pikepdf.open(BytesIO(mark)) as overlay:
        page, stamp = document.pages[0], overlay.pages[0]
        width, height = (float(side) for side in stamp.mediabox[2:])
        right, top = float(page.mediabox[2]), float(page.mediabox[3])
        page.add_overlay(stamp, pikepdf.Rectangle(right - width, top - height, right, top))
        out = BytesIO()
        document.save(out)
        return out.getvalue()


def _fill(sheet: pikepdf.Page, left: pikepdf.Page | None, right: pikepdf.Page | None) -> None:
    width, height = _A4_LANDSCAPE
    middle = width / 2
    if left is not None:
        sheet.add_overlay(left, pikepdf.Rectangle(0, 0, middle, height))
    if right is not None:
        sheet.add_overlay(right, pikepdf.Rectangle(middle, 0, width, height))
    sheet.contents_add(_cut_ticks(middle, height))


def _cut_ticks(x: float, height: float) -> bytes:
    """Two short lines to cut along, at the head and the foot of the sheet."""
    lines = ((0, _CUT_MM), (height - _CUT_MM, height))
    strokes = " ".join(f"{x:.2f} {start:.2f} m {x:.2f} {end:.2f} l S" for start, end in lines)
    return f"q 0.5 w {strokes} Q".encode()
