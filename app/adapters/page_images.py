"""Pages as images (ảnh trang): a browser is never given the file that somebody sent, only our picture of it."""

from __future__ import annotations

import io
from threading import Lock

import pypdfium2
from PIL import Image, ImageOps

THUMB_WIDTH, PAGE_WIDTH = 320, 1100
PDF = "application/pdf"
QUALITY = 82
_PDFIUM = Lock()  # the library behind is not made for threads


def page_image(content: bytes, mime: str, number: int, *, width: int) -> bytes | None:
    """Return page `number` (from 1) of a file as JPEG of `width` pixels, or None when there is no such page."""
    picture = _pdf_page(content, number, width) if mime == PDF else _photo(content, number, width)
    if picture is None:
        return None
    out = io.BytesIO()
    picture.convert("RGB").save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def _pdf_page(content: bytes, number: int, width: int) -> Image.Image | None:
    with _PDFIUM:
        document = pypdfium2.PdfDocument(content)
        try:
            if not 1 <= number <= len(document):
                return None
            page = document[number - 1]
            return page.render(scale=width / page.get_width()).to_pil()
        finally:
            document.close()


def _photo(content: bytes, number: int, width: int) -> Image.Image | None:
    if number != 1:
        return None
    with Image.open(io.BytesIO(content)) as photo:
        upright = ImageOps.exif_transpose(photo)
        height = max(1, round(upright.height * width / upright.width))
        return upright.resize((width, height)) if upright.width > width else upright.copy()
