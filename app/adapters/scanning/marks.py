"""Separator sheets in a batch (tờ phân cách quét): the codes on them say dossier and paper."""

from __future__ import annotations

import re

import zxingcpp
from PIL import Image

_MARK = re.compile(r"^[A-Z]\d{2}[.\d]*-\d{6}-\d{4,5}/\d{2}$")
_ACROSS = 1240  # pixels: 150 dpi of an A4 page are enough for codes this large


def separator_mark(page: Image.Image) -> str:
    """Return "CODE/02" of a separator sheet, in whatever way it lies; empty for any other page."""
    grey = page.convert("L")
    if grey.width > _ACROSS:
        grey = grey.resize((_ACROSS, round(grey.height * _ACROSS / grey.width)), Image.Resampling.BOX)
    formats = zxingcpp.BarcodeFormat.QRCode | zxingcpp.BarcodeFormat.Code128
    said = (found.text.strip().upper() for found in zxingcpp.read_barcodes(grey, formats=formats))
    return next((text for text in said if _MARK.match(text)), "")
