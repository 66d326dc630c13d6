"""The one door to WeasyPrint, which on being imported lets Pillow open pictures that were cut short, everywhere.

Whoever sends a paper is told that half of it is missing (app/adapters/papers.py): that leave is taken back here.
"""

from __future__ import annotations

from PIL import ImageFile
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

__all__ = ["CSS", "HTML", "FontConfiguration", "URLFetcher", "URLFetcherResponse"]

ImageFile.LOAD_TRUNCATED_IMAGES = False
