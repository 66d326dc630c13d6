"""A scanned original as the PDF that is certified (bản quét của bản chính): a picture is bound in as it is."""

from __future__ import annotations

import img2pdf

from app.adapters.papers import PDF, checked_paper


def as_pdf(content: bytes, name: str, *, where: str) -> tuple[bytes, int]:
    """Return the file as a PDF with its number of pages. Raises the refusals of `checked_paper`."""
    paper = checked_paper(content, name, where=where)
    if paper.mime == PDF:
        return content, paper.pages
    a4 = img2pdf.get_layout_fun((img2pdf.mm_to_pt(210), img2pdf.mm_to_pt(297)))
    bound: bytes = img2pdf.convert(content, layout_fun=a4, rotation=img2pdf.Rotation.ifvalid)
    return bound, paper.pages
