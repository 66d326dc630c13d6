"""The one door to WeasyPrint, which on being imported lets Pillow open pictures that were cut short, everywhere.

Whoever sends a paper is told that half of it is missing (app/adapters/papers.py): that leave is taken back here.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from cssselect2 import ElementWrapper
from lxml.html import HTMLParser, document_fromstring
from PIL import ImageFile
from weasyprint import CSS, HTML
from weasyprint.css.counters import CounterStyle
from weasyprint.html import UA
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from app.adapters import weasy_styles
from app.adapters.weasy_styles import KeptFonts

__all__ = [
    "CSS",
    "HTML",
    "FontConfiguration",
    "FormPage",
    "KeptFonts",
    "URLFetcher",
    "URLFetcherResponse",
    "nothing_collected",
]

ImageFile.LOAD_TRUNCATED_IMAGES = False
weasy_styles.repair()


def _without_notes(sheet: str) -> str:
    """The library's own sheet without the five styles it gives to each element of a page in case of a footnote."""
    lines = (line.replace("::marker {", "li::marker {", 1) for line in sheet.splitlines())
    return "\n".join(line for line in lines if not line.startswith(("::footnote-", "::note-")))


class FormPage(HTML):  # type: ignore[misc]  # the library is untyped
    """A page of ours: it has no footnotes, and markers at items of lists alone.

    It is read by lxml into the very tree that the library's own reader makes, in a fiftieth of the time.
    """

    # Documents take the library's counters; given those here, it would warn of each as a second one of its name.
    _sheet = CSS(string=_without_notes(UA), counter_style=CounterStyle())

    def __init__(self, html: str, base_url: str, fetcher: URLFetcher) -> None:
        root = document_fromstring(html, parser=HTMLParser(remove_comments=True))
        self.base_url, self.url_fetcher, self.media_type = base_url, fetcher, "print"
        self.wrapper_element = ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = self.wrapper_element.etree_element

    def _ua_stylesheets(self, forms: bool = False) -> list[CSS]:  # noqa: ARG002 — the library's signature
        return [self._sheet]


@contextmanager
def nothing_collected() -> Iterator[None]:
    """Let a form be drawn without Python looking for garbage: it finds none until the form is done.

    Boxes and styles are made by ten thousands and all alive to the end; looking at them took one part in fifteen.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
