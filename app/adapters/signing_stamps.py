"""The stamps that the signing room asks for, behind one small door (`app.services.signatures.Stamps`)."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from app.adapters.release_stamp import release_stamp
from app.adapters.stamps import Stamps
from signing import Place


class SigningStamps:
    """Draws the leader's signature and the records office's release."""

    def __init__(self, templates: Path) -> None:
        self._stamps = Stamps(templates)

    def signature(self, name: str) -> bytes:
        """Return the picture of a person's signature."""
        return self._stamps.signature(name)

    def release(self, pdf: bytes, agency: str, symbol: str, dated: datetime) -> tuple[bytes, Place]:
        """Return number, day and seal for `pdf` as one page-size stamp, and its place."""
        return release_stamp(self._stamps, pdf, agency, symbol=symbol, dated=dated)
