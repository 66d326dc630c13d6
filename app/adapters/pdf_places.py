"""Where things stand in a finished PDF: pages of named anchors and the boxes kept free for signatures.

The forms mark a box with two anchors, `o-ky` at its top left and `o-ky-end` at its bottom right. WeasyPrint
writes them as named destinations, so the places travel inside the file and outlive its template.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

import pikepdf

_MM = 72 / 25.4
_END = "-end"
_SEAL_MM = 36
_SEAL_OVERLAP = 1 / 3
_SEAL_RISE_MM = 2


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page (from 0), in PDF points from the page's bottom left."""

    name: str
    page: int
    left: float
    bottom: float
    right: float
    top: float

    @property
    def rectangle(self) -> tuple[float, float, float, float]:
        """Left, bottom, right, top: the order of a PDF annotation."""
        return self.left, self.bottom, self.right, self.top


@dataclass(frozen=True, slots=True)
class _Spot:
    page: int
    x: float
    y: float


def signature_boxes(pdf: bytes) -> tuple[Box, ...]:
    """The boxes a form keeps free, in page order: `o-ky` to sign, `o-so` for the number, `o-ngay` the day.

    Empty when the form has none. Raises pikepdf.PdfError for bytes that are not a PDF.
    """
    spots = dict(_destinations(pdf))
    pairs = ((name, spots[name], spots[name + _END]) for name in spots if name + _END in spots)
    boxes = (Box(name, a.page, left=a.x, bottom=b.y, right=b.x, top=a.y) for name, a, b in pairs)
    return tuple(sorted(boxes, key=lambda box: (box.page, -box.top, box.left)))


def seal_box(signature: Box, *, side_mm: float = _SEAL_MM) -> Box:
    """Where the agency's seal goes: over a third of the signature, on its left (NĐ 30/2020, Annex I)."""
    side = side_mm * _MM
    right = signature.left + (signature.right - signature.left) * _SEAL_OVERLAP
    top = signature.top + _SEAL_RISE_MM * _MM
    return Box("o-dau", signature.page, left=right - side, bottom=top - side, right=right, top=top)


def page_of(pdf: bytes, anchor: str) -> int:
    """Page (from 0) on which an anchor stands. Raises KeyError when the PDF does not know it."""
    return dict(_destinations(pdf))[anchor].page


def _destinations(pdf: bytes) -> Iterator[tuple[str, _Spot]]:
    with pikepdf.open(BytesIO(pdf)) as document:
        names = document.Root.get("/Names", pikepdf.Dictionary()).get("/Dests")
        pages = {page.objgen: index for index, page in enumerate(document.pages)}
        for name, target in pikepdf.NameTree(names).items() if names is not None else ():
            page, _, left, top, *_ = list(target.as_list())
            yield str(name), _Spot(pages[page.objgen], float(left), float(top))
