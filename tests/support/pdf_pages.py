"""Looking at a PDF: how many pages it has, and a page as a picture."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pypdfium2

_POINTS_PER_INCH = 72


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
