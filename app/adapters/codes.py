"""QR and Code 128: their black modules, and inline SVG of them for pages (zxing-cpp, python-barcode).

Sizes are those a desk scanner reads from a 200-dpi print: bars of 0.254 mm are two dots at 200 dpi,
three at 300 and six at 600; both codes carry their quiet zone inside the picture.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

import zxingcpp
from barcode.codex import Code128
from markupsafe import Markup

_QUIET_BARS = 10
_SMALLEST_QR = 3
"""Below version 3 the symbol in a 26 mm box falls under 20 mm and phone cameras struggle."""

BAR_WIDTH_MM = 0.254


@dataclass(frozen=True, slots=True)
class Symbol:
    """A code as black bars of whole modules (x, y, width, height) within `width` × `height`, quiet zone included."""

    width: int
    height: float
    bars: tuple[tuple[int, float, int, float], ...]


def qr_symbol(text: str, *, level: str = "M") -> Symbol:
    """The QR symbol with its 4-module quiet zone. `level` is L, M, Q or H.

    Raises ValueError when the text does not fit any version.
    """
    rows = _qr_rows(text, level)
    if len(rows) < _side(_SMALLEST_QR):
        rows = _qr_rows(text, level, version=_SMALLEST_QR)
    bars = (bar for y, row in enumerate(rows) for bar in _bars(row, y, 1))
    return Symbol(len(rows), len(rows), tuple(bars))


def code128_symbol(text: str, height: float) -> Symbol:
    """The Code 128 symbol, `height` modules high. Raises barcode.errors.IllegalCharacterError outside ASCII."""
    quiet = "0" * _QUIET_BARS
    bits = quiet + Code128(text).build()[0] + quiet
    return Symbol(len(bits), height, tuple(_bars([bit == "0" for bit in bits], 0, height)))


def qr_svg(text: str, title: str, *, level: str = "M") -> Markup:
    """The QR symbol as inline SVG, scaled by the style sheet. Raises ValueError when the text is too long."""
    symbol = qr_symbol(text, level=level)
    path = "".join(f"M{x} {y}h{width}v{height}h-{width}z" for x, y, width, height in symbol.bars)
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}"><title>{}</title><path fill="#000" d="{}"/></svg>'
    ).format(symbol.width, symbol.height, title, path)


def _side(version: int) -> int:
    """Modules along one side, the quiet zone's eight included."""
    return 17 + 4 * version + 8


def _qr_rows(text: str, level: str, **asked: int) -> list[list[int]]:
    """Rows of modules, 0 for black."""
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level=level, **asked)
    rows: list[list[int]] = memoryview(zxingcpp.write_barcode_to_image(code)).tolist()
    return rows


def _bars(row: list[int], y: int, height: float) -> list[tuple[int, float, int, float]]:
    """Each unbroken run of black (0) in a row as one bar."""
    bars, x = [], 0
    for light, run in groupby(row):
        width = len(list(run))
        if not light:
            bars.append((x, y, width, height))
        x += width
    return bars
