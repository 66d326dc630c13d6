"""A small picture of a file's first page (ảnh xem trước), so that people see what they sent."""

from __future__ import annotations

import io

import pypdfium2
from PIL import Image, ImageOps

WIDTH, HEIGHT = 320, 420  # pixels: twice the size shown, for sharp screens
JPEG = "image/jpeg"


def first_page(content: bytes, mime: str) -> bytes:
    """Return a JPEG of the first page, upright as the camera meant it. `content` has been checked before."""
    picture = _page_of_pdf(content) if mime == "application/pdf" else _photograph(content)
    picture.thumbnail((WIDTH, HEIGHT))
    drawn = io.BytesIO()
    picture.convert("RGB").save(drawn, "JPEG", quality=80)
    return drawn.getvalue()


def _page_of_pdf(content: bytes) -> Image.Image:
    document = pypdfium2.PdfDocument(content)
    try:
        first = document[0]
        scale = min(WIDTH / first.get_width(), HEIGHT / first.get_height())
        return first.render(scale=scale).to_pil()
    finally:
        document.close()


def _photograph(content: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(content))
    picture.draft("RGB", (WIDTH, HEIGHT))  # decodes a large JPEG at a fraction of its size
    return ImageOps.exif_transpose(picture)
