"""The stamps that the signing room asks for, behind one small door (`app.services.signatures.Stamps`)."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from app.adapters.release_stamp import release_stamp
from app.adapters.stamps import Stamps
from signing import Place
from signing.appearance import copy_mark_place
from signing.places import first_page_size


class SigningStamps:
    """Draws the leader's signature and the records office's release."""

    def __init__(self, templates: Path) -> None:
        self._stamps = Stamps(templates)

    def signature(self, name: str) -> bytes:
        """Return the picture of a person's signature."""
        return self._stamps.signature(name)

    def copy_mark(self, pdf: bytes, kind: str, agency: str, at: datetime) -> tuple[bytes, Place]:
        """Return the words of an electronic copy (form of copy, agency, time) and their place on page 1."""
        return self._stamps.copy_mark(kind, agency, at=at), copy_mark_place(*first_page_size(pdf))

    def release(self, pdf: bytes, agency: str, symbol: str, dated: datetime) -> tuple[bytes, Place]:
        """Return number, day and seal for `pdf` as one page-size stamp, and its place."""
        return release_stamp(self._stamps, pdf, agency, symbol=symbol, dated=dated)
