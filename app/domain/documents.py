"""Every printed form as one frozen value (biểu mẫu). `app.adapters.pdf.PdfPrinter.render` turns it into PDF.

Import forms from here; the files behind it only keep each family short.
"""

from __future__ import annotations

from app.domain.documents_certification import (
    Attestations,
    BookLine,
    PrintedBook,
    SignatureCertification,
)
from app.domain.documents_desk import (
    CopyCertification,
    OutageLog,
    QueueTicket,
    Separator,
    SeparatorSheets,
)
from app.domain.documents_groups import GroupEntry, GroupSlip
from app.domain.documents_letters import (
    Apology,
    Attachment,
    Entry,
    OnlineRequest,
    RequestSection,
    Result,
)
from app.domain.documents_money import CashSheetForm, SheetEntry
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
    ReceiptSheets,
    Refusal,
    StopGround,
    StopNotice,
    SupplementRequest,
    Wanted,
)
from app.domain.documents_tables import (
    ControlSlip,
    HandedDossier,
    HandoverList,
    Hop,
    HopResult,
    Register,
    RegisterRow,
    Report06a,
    Row06a,
)

__all__ = [
    "Apology",
    "Attachment",
    "Attestations",
    "Authorisation",
    "BookLine",
    "CashSheetForm",
    "ControlSlip",
    "Copy",
    "CopyCertification",
    "Edition",
    "Entry",
    "GroupEntry",
    "GroupSlip",
    "HandedDossier",
    "HandoverList",
    "Hop",
    "HopResult",
    "Letterhead",
    "ListedPaper",
    "Lookup",
    "OnlineRequest",
    "OutageLog",
    "Party",
    "PrintedBook",
    "QueueTicket",
    "Receipt",
    "ReceiptPair",
    "ReceiptSheets",
    "Reference",
    "Refusal",
    "Register",
    "RegisterRow",
    "Report06a",
    "RequestSection",
    "Result",
    "Row06a",
    "Separator",
    "SeparatorSheets",
    "SheetEntry",
    "SignatureCertification",
    "Signer",
    "StopGround",
    "StopNotice",
    "SupplementRequest",
    "Wanted",
]
