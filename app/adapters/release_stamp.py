"""What the records office adds when it releases a result (cấp số, ngày, con dấu): one transparent page.

The number and the day are words of the document, filled into the room that the form keeps for them; the
seal is red, of real size, without words (NĐ 30/2020 Annex I, II.8.a). All of it is the appearance of the
agency's signature, so nothing on the leader's signed page is rewritten.
"""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

import pikepdf

from app.adapters.stamps import Stamps
from app.domain.vietnamese_format import date_words
from signing import Box, Place, SigningError
from signing.appearance import POINTS_PER_MM, seal_place, signature_place
from signing.places import box_kept_free, first_page_size
from workflows.calendar import VIETNAM

# Number and day belong to the document, not to a mark on it: its size, the day in its italics (Annex I, II.2, II.4).
_WORDS = (("o-so", "13pt"), ("o-ngay", "italic 13pt"))


def release_stamp(stamps: Stamps, pdf: bytes, agency: str, *, symbol: str, dated: datetime) -> tuple[bytes, Place]:
    """Return the page-size stamp and its place for a result that waits for number, day and seal.

    Raises PlaceUnknown (a SigningError) for a file that keeps no room for a signature.
    """
    signature = signature_place(box_kept_free(pdf))
    width, height = first_page_size(pdf)
    day = date_words(dated.astimezone(VIETNAM).date())
    day = day[:1].lower() + day[1:]
    with pikepdf.new() as page_file:
        page = page_file.add_blank_page(page_size=(width, height))
        _lay(page, stamps.seal(agency), seal_place(signature).box)
        for (name, font), words in zip(_WORDS, (symbol, day), strict=True):
            box = _room(pdf, name, signature.page)
            if box is not None:
                drawn = stamps.words([words], box.width / POINTS_PER_MM, box.height / POINTS_PER_MM, font=font)
                _lay(page, drawn, box)
        out = BytesIO()
        page_file.save(out)
    return out.getvalue(), Place(signature.page, Box(0, 0, width, height))


def _room(pdf: bytes, name: str, page: int) -> Box | None:
    """Return the room kept for a word, if it is on the page that is signed (one signature draws on one page)."""
    try:
        found = box_kept_free(pdf, name)
    except SigningError:
        return None
    return found.box if found.page == page else None


def _lay(page: pikepdf.Page, stamp: bytes, box: Box) -> None:
    with pikepdf.open(BytesIO(stamp)) as drawn:
        page.add_overlay(drawn.pages[0], pikepdf.Rectangle(box.left, box.bottom, box.right, box.top))
