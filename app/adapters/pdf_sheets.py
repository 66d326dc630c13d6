"""Finished PDF pages: two A5 copies on one A4 sheet, leaves of parts, pages repeated."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from itertools import zip_longest

import pikepdf

_A4_LANDSCAPE = (841.89, 595.28)
_CUT_MM = 6 * 72 / 25.4


def two_up(pdf: bytes, *, second_from: int) -> bytes:
    """A4 landscape sheets: pages before `second_from` on the left halves, the rest on the right halves."""
    with pikepdf.open(BytesIO(pdf)) as source, pikepdf.new() as sheets:
        left, right = list(source.pages)[:second_from], list(source.pages)[second_from:]
        for first, second in zip_longest(left, right):
            _fill(sheets.add_blank_page(page_size=_A4_LANDSCAPE), first, second)
        sheets.docinfo["/Title"] = source.docinfo.get("/Title", "")
        return _saved(sheets)


def leaves(pdf: bytes, *, second_from: int) -> bytes:
    """The same pages, with an empty one before `second_from` where the first part would end on a leaf's front."""
    with pikepdf.open(BytesIO(pdf)) as document:
        if second_from % 2:
            first = document.pages[0]
            width, height = (float(side) for side in first.mediabox.as_list()[2:])
            blank = document.make_indirect(
                pikepdf.Dictionary(Type=pikepdf.Name.Page, MediaBox=[0, 0, width, height], Resources={})
            )
            document.pages.insert(second_from, pikepdf.Page(blank))
        return _saved(document)


def repeated(pdf: bytes, times: Sequence[int]) -> bytes:
    """Each page as many times as said, one after the other: thirty pages cost the drawing of three."""
    with pikepdf.open(BytesIO(pdf)) as source, pikepdf.new() as sheets:
        for page, count in zip(source.pages, times, strict=True):
            for _copy in range(count):
                sheets.pages.append(page)
        sheets.docinfo["/Title"] = source.docinfo.get("/Title", "")
        return _saved(sheets)


def page_of(pdf: bytes, anchor: str) -> int:
    """Page (from 0) on which a template's `id` stands. Raises KeyError when the PDF has anchors, not this one."""
    with pikepdf.open(BytesIO(pdf)) as document:
        target = pikepdf.NameTree(document.Root.Names.Dests)[anchor].as_list()
        pages = [page.objgen for page in document.pages]
        return pages.index(next(iter(target)).objgen)


def _saved(document: pikepdf.Pdf) -> bytes:
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
