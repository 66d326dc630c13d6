"""QR and Code 128 as inline SVG for printed forms (segno, python-barcode).

Sizes are those a desk scanner reads from a 200-dpi print: bars of 0.254 mm are two dots at 200 dpi,
three at 300 and six at 600; both codes carry their quiet zone inside the picture.
"""

from __future__ import annotations

from itertools import groupby

import segno
from barcode.codex import Code128
from markupsafe import Markup, escape

_QUIET_BARS = 10
_SMALLEST_QR = 3
"""Below version 3 the symbol in a 26 mm box falls under 20 mm and phone cameras struggle."""

BAR_WIDTH_MM = 0.254


def qr_svg(text: str, title: str, *, level: str = "M") -> Markup:
    """A QR symbol with its 4-module quiet zone, scaled by the style sheet. `level` is L, M, Q or H.

    Raises segno.DataOverflowError when the text does not fit any version.
    """
    code = segno.make(text, error=level, micro=False, boost_error=False)
    if int(code.version) < _SMALLEST_QR:
        code = segno.make(text, error=level, version=_SMALLEST_QR, boost_error=False)
    drawing = code.svg_inline(scale=1, border=4, omitsize=True, title=title, svgclass=None, lineclass=None)
    return Markup(drawing)  # noqa: S704 — segno escapes the title; modules are the rest


def code128_svg(text: str, height_mm: float, *, bar_mm: float = BAR_WIDTH_MM) -> Markup:
    """A Code 128 symbol of fixed size in mm. Raises barcode.errors.IllegalCharacterError outside ASCII."""
    bits = Code128(text).build()[0]
    modules = len(bits) + 2 * _QUIET_BARS
    height = round(height_mm / bar_mm, 2)
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" width="{}mm" height="{}mm" viewBox="0 0 {} {}">'
        '<title>Mã vạch {}</title><path stroke="#000" stroke-width="{}" d="{}"/></svg>'
    ).format(f"{modules * bar_mm:.2f}", height_mm, modules, height, escape(text), height, _bars(bits, height))


def _bars(bits: str, height: float) -> str:
    """One SVG path with a stroke as high as the code for each black bar, the quiet zone to its left left out."""
    path, x = "", _QUIET_BARS
    for bit, run in groupby(bits):
        width = len(list(run))
        if bit == "1":
            path += f"M{x} {height / 2}h{width}"
        x += width
    return path
