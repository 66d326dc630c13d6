"""A repair of pyHanko 0.38: a signature leaves the document's metadata as they are (siêu dữ liệu).

Its writer notes itself as a producer at each signature, in the Info dictionary otherwise than in the XMP, and
PDF/A-2 (ISO 19005-2, 6.6.3) wants both alike; the day of change it writes is the machine's, not the signer's.
Who made the document did not change with a signature, and its day stands in the signature.
"""

from __future__ import annotations

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

_NOTES_ITSELF = "_update_meta"


def repair() -> None:
    """Put it in place; a second call changes nothing."""
    setattr(IncrementalPdfFileWriter, _NOTES_ITSELF, _left_alone)


def _left_alone(_writer: IncrementalPdfFileWriter) -> None:
    """Write nothing."""
