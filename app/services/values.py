"""What doors hand to services, and what services hand back (dữ liệu vào ra của nghiệp vụ)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from app.domain.channels import Channel, Delivery
from app.domain.people import PersonData
from app.domain.result_drafts import ResultDraft


class KeptFile(Protocol):
    """What the file store says of a file it keeps: id, size in bytes, sealed key and digest, keyed digest."""

    storage_id: str
    size: int
    key_sealed: bytes
    digest_sealed: bytes
    digest_mac: str


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file that is safe in the store and waits for its row. `origin`: uploaded, scanned, generated, signed."""

    kept: KeptFile
    mime: str
    pages: int
    name: str
    origin: str = "uploaded"


@dataclass(frozen=True, slots=True)
class ComponentData:
    """One paper as the clerk or citizen states it (see the table dossier_components)."""

    ordinal: int
    form: str = "missing"
    exempt_reason: str = ""
    originals: int = 0
    copies: int = 0
    pages: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class Filing:
    """What is filed (nội dung nộp), on whatever channel."""

    procedure_code: str
    unit_code: str
    channel: Channel
    applicant: PersonData
    subject: PersonData | None = None
    authorised: PersonData | None = None
    case: str = ""
    own: Mapping[str, Any] = field(default_factory=dict)
    components: tuple[ComponentData, ...] = ()
    delivery: Delivery = Delivery.DESK
    delivery_address: str = ""
    sets: int = 1
    fee_exemption: str = ""
    fee_quantity: int = 1  # copies or pages where the fee is per piece
    is_assisted: bool = False
    external_code: str = ""
    source: str = "local"
    request_id: str | None = None
    draft_id: int | None = None
    settling_code: str = ""  # another authority than the desk's: received regardless of boundary
    assisting_code: str = ""  # who helped to file, where that was elsewhere
    returning_code: str = ""  # where the result is fetched, where that is elsewhere


@dataclass(frozen=True, slots=True)
class Reception:
    """What the clerk receives. `received_at` is the true time when it was typed later, with its reason.

    `card_compared`: number and birth or sex disagree, and the clerk looked at the original card.
    """

    filing: Filing
    received_at: datetime | None = None
    late_reason: str = ""
    card_compared: bool = False


@dataclass(frozen=True, slots=True)
class SupplementAsk:
    """One complete request to supplement; `days` working days to answer, the default when None.

    `leader_reason` is why a leader asks once more: the law knows one request (NĐ 118/2025 art. 11).
    """

    items: tuple[str, ...]
    reason: str
    days: int | None = None
    leader_reason: str = ""


@dataclass(frozen=True, slots=True)
class Filed:
    """A filing number and the look-up secret, told once."""

    dossier_id: int
    filing_number: str
    secret: str


@dataclass(frozen=True, slots=True)
class Received:
    """A received dossier: its code, the promise, the receipt (Mẫu 01) to print."""

    dossier_id: int
    code: str
    filing_number: str
    secret: str
    promised_at: datetime | None
    form_id: int
    was_known: bool = False  # the same request came twice: this is the first one's answer


@dataclass(frozen=True, slots=True)
class IssuedSlip:
    """A numbered form that was issued, to be printed by `form_id`."""

    form_id: int
    form: str
    number: str


__all__ = [
    "ComponentData",
    "Filed",
    "Filing",
    "IssuedSlip",
    "KeptFile",
    "NewFile",
    "Received",
    "Reception",
    "ResultDraft",
    "SupplementAsk",
]
