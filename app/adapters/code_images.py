"""QR and Code 128 as pictures of printed forms: a template names them, WeasyPrint draws their bars.

An inline SVG of the same bars costs a tenth of Mẫu 01: it is read digit by digit, by the parser of HTML and again
by that of paths. A picture's address holds all there is to draw, so that nothing is kept between forms.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote, unquote

from markupsafe import Markup

from app.adapters.codes import BAR_WIDTH_MM, Symbol, code128_symbol, qr_symbol

_SCHEME: Final = "code:"
_PIXEL_MM: Final = 25.4 / 96


def qr_image(text: str, title: str, *, level: str = "M") -> Markup:
    """An `<img>` of the QR symbol, scaled by the style sheet. `level` is L, M, Q or H."""
    return Markup('<img src="{}qr/{}/{}" alt="{}">').format(_SCHEME, level, quote(text, safe=""), title)


def code128_image(text: str, height_mm: float, *, bar_mm: float = BAR_WIDTH_MM) -> Markup:
    """An `<img>` of the Code 128 symbol of fixed size in mm."""
    return Markup('<img src="{}128/{}/{}/{}" alt="Mã vạch {}">').format(
        _SCHEME, height_mm, bar_mm, quote(text, safe=""), text
    )


class CodeImages(dict[str, object]):
    """What WeasyPrint asks for pictures before it would fetch one: addresses of codes are answered with drawings."""

    def __contains__(self, address: object) -> bool:
        return str(address).startswith(_SCHEME) or super().__contains__(address)

    def __missing__(self, address: str) -> DrawnCode:
        kind, *asked = address.removeprefix(_SCHEME).split("/")
        drawn = _qr(*asked) if kind == "qr" else _code128(*asked)
        self[address] = drawn
        return drawn


class DrawnCode:
    """A code in the two questions that WeasyPrint asks a picture: how large it is, and to draw itself."""

    def __init__(self, symbol: Symbol, module_mm: float) -> None:
        self._symbol = symbol
        self._module = module_mm / _PIXEL_MM

    def get_intrinsic_size(self, _resolution: float, _font_size: float) -> tuple[float, float, float]:
        """Width and height in CSS pixels, and their ratio."""
        width, height = self._symbol.width * self._module, self._symbol.height * self._module
        return width, height, width / height

    def draw(self, stream: Any, width: float, height: float, style: Mapping[str, object]) -> None:
        """Fill the bars into the page, stretched to `width` × `height`."""
        stream.transform(a=width / self._symbol.width, d=height / self._symbol.height)
        stream.set_color(style["color"])
        for bar in self._symbol.bars:
            stream.rectangle(*bar)
        stream.fill()


def _qr(level: str, text: str) -> DrawnCode:
    return DrawnCode(qr_symbol(unquote(text), level=level), 1)


def _code128(height_mm: str, bar_mm: str, text: str) -> DrawnCode:
    bar = float(bar_mm)
    return DrawnCode(code128_symbol(unquote(text), float(height_mm) / bar), bar)
