"""Where things stand in a PDF that we read (vị trí trên trang): boxes kept free, and pages."""

from __future__ import annotations

from pyhanko.pdf_utils.generic import DictionaryObject, IndirectObject
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader

from signing.appearance import Box, Place
from signing.errors import PlaceUnknown
from signing.reading import open_pdf

_END = "-end"


def box_kept_free(pdf: bytes, name: str = "o-ky") -> Place:
    """Return the box between the anchors `name` (top left) and `name-end` (bottom right) of a printed form.

    WeasyPrint writes anchors as named destinations, so the place travels inside the file. Raises
    `PlaceUnknown` when the file has no such box.
    """
    reader = open_pdf(pdf)
    try:
        page, left, top = _anchor(reader, name)
        _, right, bottom = _anchor(reader, name + _END)
    except (KeyError, IndexError, TypeError, ValueError, PdfError) as error:
        raise PlaceUnknown(where="file", place=name) from error
    return Place(page, Box(left, bottom, right, top))


def first_page_size(pdf: bytes) -> tuple[float, float]:
    """Return width and height of page 1 in points."""
    page = open_pdf(pdf).root["/Pages"]["/Kids"][0]
    while "/MediaBox" not in page:
        page = page["/Parent"]
    left, bottom, right, top = (float(n) for n in page["/MediaBox"])
    return right - left, top - bottom


def _anchor(reader: PdfFileReader, name: str) -> tuple[int, float, float]:
    pairs = list(reader.root["/Names"]["/Dests"]["/Names"])
    target = dict(zip(map(str, pairs[::2]), pairs[1::2], strict=True))[name]
    return _number(reader, target.raw_get(0)), float(target[2]), float(target[3])


def _number(reader: PdfFileReader, page: IndirectObject) -> int:
    for number in range(int(reader.root["/Pages"]["/Count"])):
        found: tuple[IndirectObject, DictionaryObject] = reader.find_page_for_modification(number)
        if found[0].reference == page.reference:
            return number
    raise PlaceUnknown(where="file", place="trang")
