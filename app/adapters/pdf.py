"""Printed forms to PDF with WeasyPrint: one frozen form in, the bytes of one PDF out."""

from __future__ import annotations

import threading
from functools import cached_property
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app.adapters.code_images import CodeImages, code128_image, qr_image
from app.adapters.fonts import Tinos
from app.adapters.pdf_assets import SCHEME, BundledAssets
from app.adapters.pdf_layouts import LAYOUTS, Flavour, Layout
from app.adapters.pdf_sheets import leaves, page_of, repeated, two_up
from app.adapters.register_pdf import register_pdf
from app.adapters.weasy import CSS, FormPage, KeptFonts, nothing_collected
from app.domain import vietnamese_format as words
from app.domain.documents import Attestations, ReceiptPair, ReceiptSheets, Register

_SECOND_COPY = "second-copy"
_LONG_REGISTER = 100

_FILTERS = {
    "date_words": words.date_words,
    "clock_words": words.clock_words,
    "moment_words": words.moment_words,
    "moment_with_weekday": words.moment_with_weekday,
    "weekday_name": words.weekday_name,
    "short_date": words.short_date,
    "short_clock": words.short_clock,
    "short_moment": words.short_moment,
    "iso_moment": words.iso_moment,
    "number": words.number,
    "number_words": words.number_words,
    "qr": qr_image,
    "code128": code128_image,
}


class PdfPrinter:
    """Renders every form of `app.domain.documents`. Safe to share: one form is drawn at a time.

    Templates are ours and trusted; values are not, so autoescape is always on and an unknown name fails
    instead of printing nothing. Style sheets and fonts are read once.
    """

    def __init__(self, templates_dir: Path, fonts: Tinos | None = None) -> None:
        self._folder = templates_dir
        self._fonts = fonts or Tinos.open()
        self.assets = BundledAssets(self._fonts.files())
        self._lock = threading.Lock()
        self._styles: dict[str, CSS] = {}
        self._pages = Environment(
            loader=FileSystemLoader(templates_dir),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._pages.filters.update(_FILTERS)

    def render(self, form: object, *, flavour: Flavour | None = None) -> bytes:
        """The PDF of one form. Raises KeyError for a value that is not a printed form.

        A register of more than a hundred rows is drawn by reportlab, without a flavour.
        """
        if isinstance(form, Register) and len(form.rows) > _LONG_REGISTER:
            return register_pdf(form, self._fonts)
        layout = LAYOUTS[type(form)]
        html = self._pages.get_template(layout.template).render(form=form)
        with self._lock, nothing_collected():
            pdf = self._draw(html, layout, layout.flavour if flavour is None else flavour)
        return self._arrange(form, pdf)

    def _draw(self, html: str, layout: Layout, flavour: Flavour) -> bytes:
        page = FormPage(html, SCHEME, self.assets)
        pdf: bytes = page.write_pdf(
            stylesheets=[self._style(name) for name in ("base.css", *layout.styles)],
            font_config=self._font_config,
            pdf_variant=flavour.value or None,
            cache=CodeImages(),
        )
        return pdf

    @staticmethod
    def _arrange(form: object, pdf: bytes) -> bytes:
        """Two copies of Mẫu 01 go side by side on A4, attestations come once a copy; other forms stay as drawn."""
        if isinstance(form, ReceiptSheets):
            return leaves(pdf, second_from=page_of(pdf, _SECOND_COPY))
        if isinstance(form, ReceiptPair):
            return two_up(pdf, second_from=page_of(pdf, _SECOND_COPY))
        if isinstance(form, Attestations):
            return repeated(pdf, form.copies)
        return pdf

    @cached_property
    def _font_config(self) -> KeptFonts:
        config = KeptFonts()
        CSS(string=Tinos.css(SCHEME), font_config=config, url_fetcher=self.assets)
        return config

    def _style(self, name: str) -> CSS:
        if name not in self._styles:
            source = (self._folder / name).read_text("utf-8")
            self._styles[name] = CSS(string=source, font_config=self._font_config, url_fetcher=self.assets)
        return self._styles[name]
