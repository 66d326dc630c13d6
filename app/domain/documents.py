"""Every printed form as one frozen value (biểu mẫu). `app.adapters.pdf.PdfPrinter.render` turns it into PDF.

Import forms from here; the files behind it only keep each family short.
"""

from __future__ import annotations

from app.domain.documents_parts import (
    Authorisation,
    Copy,
    Edition,
    Letterhead,
    Lookup,
    Party,
    Reference,
    Signer,
)
from app.domain.documents_slips import (
    ListedPaper,
    Receipt,
    ReceiptPair,
    Refusal,
    StopGround,
    StopNotice,
    SupplementRequest,
    Wanted,
)

__all__ = [
    "Authorisation",
    "Copy",
    "Edition",
    "Letterhead",
    "ListedPaper",
    "Lookup",
    "Party",
    "Receipt",
    "ReceiptPair",
    "Reference",
    "Refusal",
    "Signer",
    "StopGround",
    "StopNotice",
    "SupplementRequest",
    "Wanted",
]
