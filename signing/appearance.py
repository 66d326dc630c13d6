"""What a signature looks like on the page (hình thức chữ ký số), by NĐ 30/2020, Annex I.

A stamp is a finished one-page PDF, drawn elsewhere and passed in as bytes; here it is only placed:

* a competent person (II.7.d): the blue image of the signature, between title and full name;
* the agency's seal (II.8.a): red, real size, over a third of that image, on its left, without words;
* an electronic copy or a separate annex (II.8.b, II.I.3): words only, top right of page 1.
"""

from __future__ import annotations

from binascii import hexlify
from dataclasses import dataclass
from io import BytesIO
from uuid import uuid4

from pyhanko.pdf_utils import layout
from pyhanko.pdf_utils.content import PdfContent
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.stamp import StaticStampStyle

POINTS_PER_MM = 72 / 25.4
SIGNATURE_SIZE_MM = (54.0, 22.0)
SEAL_SIZE_MM = 36.0
COPY_MARK_SIZE_MM = (72.0, 22.0)
"""Five lines of 10 points: the longest names of agencies take three beside form of copy and time."""
_COPY_MARK_EDGES_MM = (12.0, 7.0)
_OVERLAP = 1 / 3


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in points from the lower left corner."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """Return the width in points."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Return the height in points."""
        return self.top - self.bottom

    def middle(self, *, width: float, height: float) -> Box:
        """Return a box of that size (points) in the middle of this one."""
        left = (self.left + self.right - width) / 2
        bottom = (self.bottom + self.top - height) / 2
        return Box(left, bottom, left + width, bottom + height)


@dataclass(frozen=True, slots=True)
class Place:
    """A box on a page; pages count from 0."""

    page: int
    box: Box


@dataclass(frozen=True, slots=True)
class Appearance:
    """A drawn stamp (one-page PDF) and where it stands; `label` is read out by screen readers."""

    stamp: bytes
    place: Place
    label: str = ""


def signature_place(kept_free: Place) -> Place:
    """Return where the person's signature image goes: the middle of its box, 54 x 22 mm or as much as fits."""
    width, height = (side * POINTS_PER_MM for side in SIGNATURE_SIZE_MM)
    fit = min(1.0, kept_free.box.width / width, kept_free.box.height / height)
    return Place(kept_free.page, kept_free.box.middle(width=width * fit, height=height * fit))


def seal_place(signature: Place) -> Place:
    """Return where the red seal goes: real size, its right edge a third into the signature image (II.8.a)."""
    side, image = SEAL_SIZE_MM * POINTS_PER_MM, signature.box
    left, middle = image.left + image.width * _OVERLAP - side, (image.bottom + image.top) / 2
    return Place(signature.page, Box(left, middle - side / 2, left + side, middle + side / 2))


def copy_mark_place(page_width: float, page_height: float) -> Place:
    """Return where the words of an electronic copy or annex go: top right of page 1, sizes in points."""
    width, height = (side * POINTS_PER_MM for side in COPY_MARK_SIZE_MM)
    from_right, from_top = (edge * POINTS_PER_MM for edge in _COPY_MARK_EDGES_MM)
    right, top = page_width - from_right, page_height - from_top
    return Place(0, Box(right - width, top - height, right, top))


def stamp_style(stamp: bytes) -> StaticStampStyle:
    """Return pyHanko's style for a finished stamp: no border, no margin, full opacity."""
    edges = layout.SimpleBoxLayoutRule(
        x_align=layout.AxisAlignment.ALIGN_MID,
        y_align=layout.AxisAlignment.ALIGN_MID,
        margins=layout.Margins.uniform(0),
    )
    return StaticStampStyle(border_width=0, background=_Drawn(stamp), background_layout=edges, background_opacity=1.0)


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
