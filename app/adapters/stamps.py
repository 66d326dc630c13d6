"""Stamps for signatures as one-page PDFs of their real size (hình thức chữ ký số, NĐ 30/2020 Annex I).

Drawn by WeasyPrint, because pyHanko's own text stamp spreads and clips Vietnamese letters. The demo's
signature and seal are invented by `stamp_drawings` and carry their mark; a real person's is an image.
"""

from __future__ import annotations

import threading
from base64 import b64encode
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app.adapters.fonts import Tinos
from app.adapters.pdf_assets import SCHEME, BundledAssets
from app.adapters.stamp_drawings import over_circle, pen_stroke, under_circle
from app.adapters.weasy import HTML, FontConfiguration
from signing.appearance import COPY_MARK_SIZE_MM, POINTS_PER_MM, SEAL_SIZE_MM, SIGNATURE_SIZE_MM
from workflows.calendar import VIETNAM

_WORDS_CSS = "html{{font:{font}/1.2 Tinos;color:#000;text-align:{align}}}body,p{{margin:0}}"
_FIGURE_CSS = "body{margin:0;line-height:0}"
_RING_DEGREES = 224
_FOOT_DEGREES = 76


class Stamps:
    """Draws stamps; safe to share. The demo's drawings are kept, so each is drawn once a process."""

    def __init__(self, templates: Path, fonts: Tinos | None = None) -> None:
        self._fonts = fonts or Tinos.open()
        self._assets = BundledAssets(self._fonts.files())
        self._lock = threading.Lock()
        loader = FileSystemLoader(templates / "stamps")
        self._pages = Environment(loader=loader, autoescape=True, undefined=StrictUndefined)
        self.signature = lru_cache(maxsize=64)(self._signature)
        self.seal = lru_cache(maxsize=64)(self._seal)

    def copy_mark(self, kind: str, agency: str, *, at: datetime) -> bytes:
        """Return the words of an electronic copy (Part II.I.3): form of copy, agency, time in ISO 8601."""
        return self.words((kind, agency, _iso(at)), *COPY_MARK_SIZE_MM, align="right")

    def words(
        self, lines: Sequence[str], width_mm: float, height_mm: float, *, font: str = "10pt", align: str = "left"
    ) -> bytes:
        """Return black words in a box of that size; `font` and `align` as in CSS: upright, 10 points, from the left."""
        html = self._pages.get_template("words.html").render(lines=[line for line in lines if line])
        return self._draw(html, _WORDS_CSS.format(font=font, align=align), size_mm=(width_mm, height_mm))

    def picture(self, png: bytes) -> bytes:
        """Return a person's own signature image (blue, transparent PNG as NĐ 30 asks) in its box."""
        source = "data:image/png;base64," + b64encode(png).decode()
        style = "position:absolute;inset:0;width:100%;height:100%;object-fit:contain"
        return self._draw(
            f'<img alt="" src="{source}" style="{style}">', _FIGURE_CSS, size_mm=SIGNATURE_SIZE_MM
        )

    def _signature(self, name: str) -> bytes:
        """Return the demo signature of `name`: an invented blue stroke, marked as a test."""
        svg = self._pages.get_template("signature.svg").render(name=name, stroke=pen_stroke(name))
        return self._draw(svg, _FIGURE_CSS, size_mm=SIGNATURE_SIZE_MM)

    def _seal(self, agency: str) -> bytes:
        """Return the demo seal of `agency`: round, red, 36 mm, marked as a test inside."""
        text = " ".join(agency.upper().split())
        size = min(25.0, 25.0 * 26 / max(len(text), 1))
        upper = over_circle(text, radius=136, spread=min(_RING_DEGREES, 10.5 * len(text)))
        lower = under_circle("CON DẤU MẪU", radius=152, spread=_FOOT_DEGREES)
        svg = self._pages.get_template("seal.svg").render(agency=agency, upper=upper, lower=lower, size=size)
        return self._draw(svg, _FIGURE_CSS, size_mm=(SEAL_SIZE_MM, SEAL_SIZE_MM))

    def _draw(self, html: str, css: str, *, size_mm: tuple[float, float]) -> bytes:
        width, height = (side * POINTS_PER_MM for side in size_mm)
        page = f"<style>{self._fonts.css(SCHEME)}@page{{size:{width}pt {height}pt;margin:0}}{css}</style>"
        with self._lock:
            document = HTML(string=page + html, url_fetcher=self._assets)
            drawn: bytes = document.write_pdf(font_config=FontConfiguration())
        return drawn


def _iso(at: datetime) -> str:
    return at.astimezone(VIETNAM).isoformat(timespec="seconds")
