"""What a signature looks like on the page (hình thức chữ ký số), by NĐ 30/2020, Annex I.

A stamp is a finished one-page PDF, drawn elsewhere and passed in as bytes; here it is only placed. The three cases:

* a competent person (II.7.d): the blue image of the signature, between title and full name;
* the agency's seal (II.8.a): red, real size, over about a third of that image, on its left, without words;
* an electronic copy or a separate annex (II.8.b, II.I.3): words only, top right of page 1.
"""

from __future__ import annotations

from binascii import hexlify
from dataclasses import dataclass
from io import BytesIO
from uuid import uuid4

from pyhanko.pdf_utils import generic, layout
from pyhanko.pdf_utils.content import PdfContent
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.stamp import StaticStampStyle

from signing.errors import PlaceOutsidePage
from signing.reading import open_pdf

POINTS_PER_MM = 72 / 25.4
SIGNATURE_SIZE_MM = (54.0, 22.0)
SEAL_SIZE_MM = 36.0
COPY_MARK_SIZE_MM = (72.0, 16.0)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in points from the lower left corner."""

    left: float
    bottom: float
    right: float
    top: float

    @classmethod
    def hanging(cls, left: float, top: float, *, width_mm: float, height_mm: float) -> Box:
        """The box whose upper left corner is given in points and whose size is given in millimetres."""
        return cls(left, top - height_mm * POINTS_PER_MM, left + width_mm * POINTS_PER_MM, top)

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.top - self.bottom

    def within(self, width: float, height: float) -> Box:
        """A box of that size (points) in the middle of this one."""
        left = (self.left + self.right - width) / 2
        bottom = (self.bottom + self.top - height) / 2
        return Box(left, bottom, left + width, bottom + height)


@dataclass(frozen=True, slots=True)
class Place:
    """A box on a numbered page (from 0)."""

    page: int
    box: Box


@dataclass(frozen=True, slots=True)
class Appearance:
    """A drawn stamp (one-page PDF) and where it stands. ``label`` is read out by screen readers."""

    stamp: bytes
    place: Place
    label: str = ""


def signature_place(pdf: bytes, anchor: str = "o-ky") -> Place:
    """Where the person's signature image goes: the 54 × 30 mm box that the template marks with ``id=anchor``.

    WeasyPrint writes every ``id`` as a named destination, so the place travels inside the file. Raises
    ``PlaceOutsidePage`` when the file has no such mark.
    """
    page, left, top = _destination(open_pdf(pdf), anchor)
    width, height = SIGNATURE_SIZE_MM
    return Place(page, Box.hanging(left, top - 4 * POINTS_PER_MM, width_mm=width, height_mm=height))


def seal_place(signature: Place) -> Place:
    """Where the red seal goes: real size, its right edge a third into the signature image (II.8.a)."""
    side, image = SEAL_SIZE_MM * POINTS_PER_MM, signature.box
    left, middle = image.left + image.width / 3 - side, (image.bottom + image.top) / 2
    return Place(signature.page, Box(left, middle - side / 2, left + side, middle + side / 2))


def copy_mark_place(pdf: bytes) -> Place:
    """Where the words of an electronic copy or annex go: top right of page 1 (Part II.I.3, II.8.b)."""
    page = open_pdf(pdf).root["/Pages"]["/Kids"][0]
    right, top = _page_corner(page)
    width, height = COPY_MARK_SIZE_MM
    left = right - (width + 8) * POINTS_PER_MM
    return Place(0, Box.hanging(left, top - 6 * POINTS_PER_MM, width_mm=width, height_mm=height))


def field_place(pdf: bytes, field_name: str) -> Place:
    """Where an earlier signature stands, so that the seal can be set against it."""
    for field in open_pdf(pdf).embedded_signatures:
        if field.field_name == field_name:
            rectangle = [float(n) for n in field.sig_field["/Rect"]]
            page = field.sig_field.raw_get("/P")
            return Place(_page_number(field.reader, page), Box(*rectangle))
    raise PlaceOutsidePage(place=field_name)


def stamp_style(stamp: bytes) -> StaticStampStyle:
    """pyHanko's style for a finished stamp: no border, no margin, full opacity."""
    edges = layout.SimpleBoxLayoutRule(
        x_align=layout.AxisAlignment.ALIGN_MID, y_align=layout.AxisAlignment.ALIGN_MID,
        margins=layout.Margins.uniform(0),
    )
    return StaticStampStyle(border_width=0, background=_Drawn(stamp), background_layout=edges,
                            background_opacity=1.0)


class _Drawn(PdfContent):
    """A page of another PDF held in memory (pyHanko's own importer wants a file name)."""

    def __init__(self, stamp: bytes) -> None:
        self._stamp = stamp
        super().__init__()

    def render(self) -> bytes:
        page = self._ensure_writer.import_page_as_xobject(PdfFileReader(BytesIO(self._stamp)))
        name = b"/Stamp" + hexlify(uuid4().bytes)
        self.resources.xobject[name.decode()] = page
        x1, y1, x2, y2 = page.get_object()["/BBox"]
        self.box = layout.BoxConstraints(width=abs(x1 - x2), height=abs(y1 - y2))
        return name + b" Do"


def _destination(reader: PdfFileReader, anchor: str) -> tuple[int, float, float]:
    try:
        names = reader.root["/Names"]["/Dests"]["/Names"]
        found = {str(names[i]): names[i + 1] for i in range(0, len(names), 2)}[anchor]
        return _page_number(reader, found.raw_get(0)), float(found[2]), float(found[3])
    except (KeyError, IndexError, TypeError, PdfError) as error:
        raise PlaceOutsidePage(place=anchor) from error


def _page_number(reader: PdfFileReader, page: generic.IndirectObject) -> int:
    total = int(reader.root["/Pages"]["/Count"])
    for number in range(total):
        if reader.find_page_for_modification(number)[0].reference == page.reference:
            return number
    raise PlaceOutsidePage(place="trang")


def _page_corner(page: generic.DictionaryObject) -> tuple[float, float]:
    while "/MediaBox" not in page and "/Parent" in page:
        page = page["/Parent"]
    box = page.get("/MediaBox", (0, 0, 595.28, 841.89))
    return float(box[2]), float(box[3])
