"""The one door to WeasyPrint, which on being imported lets Pillow open pictures that were cut short, everywhere.

Whoever sends a paper is told that half of it is missing (app/adapters/papers.py): that leave is taken back here.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import ImageFile
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

__all__ = ["CSS", "HTML", "FontConfiguration", "URLFetcher", "URLFetcherResponse", "nothing_collected"]

ImageFile.LOAD_TRUNCATED_IMAGES = False


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
