"""One page from picture to what the archive takes (xử lý một trang): straight, read, as JPEG with its text layer."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from app.adapters.scanning import picture as look
from app.adapters.scanning.marks import separator_mark
from app.adapters.scanning.reading import Reading, has_reader, read
from app.adapters.scanning.sources import Sheet
from app.domain.scans import ScannedPage

QUALITY, SPLIT_QUALITY = 86, 92  # a split page is written once more when it is bound
_WELL_READ = 65  # below this the page may stand on its head
_NO_READING = Reading("", 0.0, 0, None)


def worked(sheet: Sheet, name: str, stem: Path, *, turned: int = 0) -> ScannedPage:
    """Straighten and read a page, write `stem`.jpg and `stem`.pdf (the text), and return what it is.

    A blank page leaves nothing behind. `turned` is what a person turned the page by, clockwise: then nothing else
    says what is up.
    """
    if look.is_blank(sheet.picture):
        return ScannedPage(name, sheet.number, sheet.sent_dpi, blank=True, from_signed=sheet.signed)
    by_hand = -turned % 360
    quarter = by_hand or (90 if look.lies_sideways(sheet.picture) else 0)
    upright = _turned(sheet.picture, quarter)
    skew = look.skew_of(upright)
    straight = look.straightened(upright, skew)
    reading, half = _read_right_way_up(straight, stem, sheet.dpi, may_turn=not by_hand)
    final = _turned(straight, half)
    final.save(stem.with_suffix(".jpg"), "JPEG", quality=QUALITY, dpi=(sheet.dpi, sheet.dpi), optimize=True)
    return ScannedPage(
        name,
        sheet.number,
        sheet.sent_dpi,
        turned=(quarter + half) % 360,
        skew=round(skew, 2),
        text=reading.text,
        confidence=round(reading.confidence, 1),
        fingerprint=look.fingerprint(final),
        from_signed=sheet.signed,
    )


def _read_right_way_up(page: Image.Image, stem: Path, dpi: int, *, may_turn: bool) -> tuple[Reading, int]:
    """Read the page, and once more upside down when little of it made sense; the better reading says what is up."""
    if not has_reader():
        return _NO_READING, 0
    grey = look.flattened(page)
    first = read(grey, stem, dpi)
    if first.confidence >= _WELL_READ or not may_turn:
        return first, 0
    other = stem.with_name(f"{stem.name}-over")
    second = read(grey.transpose(Image.Transpose.ROTATE_180), other, dpi)
    if second.sure_letters <= first.sure_letters or second.layer is None:
        return first, 0
    second.layer.replace(stem.with_suffix(".pdf"))
    return second, 180


def _turned(page: Image.Image, degrees: int) -> Image.Image:
    ways = {90: Image.Transpose.ROTATE_90, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_270}
    return page.transpose(ways[degrees]) if degrees else page


def split(sheet: Sheet, name: str, stem: Path) -> ScannedPage:
    """Write a page as `stem`.jpg without reading it, and say what can be seen at once: blank, or a separator sheet."""
    sheet.picture.save(stem.with_suffix(".jpg"), "JPEG", quality=SPLIT_QUALITY, dpi=(sheet.dpi, sheet.dpi))
    blank = look.is_blank(sheet.picture)
    return ScannedPage(
        name,
        sheet.number,
        sheet.sent_dpi,
        blank=blank,
        fingerprint=look.fingerprint(sheet.picture),
        from_signed=sheet.signed,
        mark="" if blank else separator_mark(sheet.picture),
    )
