"""Papers of the counter and of the copier: queue ticket, scan separator, copy marks, demo stamps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.domain.documents_parts import Lookup, Signer


@dataclass(frozen=True, slots=True)
class Separator:
    """One component of a batch to scan: running number (from 1), name, form and expected pages."""

    number: int
    component: str
    form: str = ""
    pages: int | None = None


@dataclass(frozen=True, slots=True)
class SeparatorSheets:
    """Tờ phân cách quét: one sheet per component. Carries no personal data."""

    code: str
    separators: tuple[Separator, ...]

    def mark(self, separator: Separator) -> str:
        """What the codes say: dossier code, slash, component number of two digits."""
        return f"{self.code}/{separator.number:02}"


@dataclass(frozen=True, slots=True)
class QueueTicket:
    """Thẻ xếp hàng on an 80 mm roll. `wait_minutes=None`: no estimate is printed."""

    superior: str
    unit: str
    number: str
    service: str
    counters: str
    issued_at: datetime
    follow: Lookup
    people_before: int
    wait_minutes: int | None = None
    priority: str = ""


class CopyKind(StrEnum):
    """Forms of an electronic copy (NĐ 30/2020, Annex I, part II.I.3); the value is what the mark says."""

    FULL = "SAO Y"
    REISSUE = "SAO LỤC"
    EXTRACT = "TRÍCH SAO"


@dataclass(frozen=True, slots=True)
class CopyMark:
    """The three lines at the top right of an electronic copy; `stamp_first_page` lays it over page one."""

    kind: CopyKind
    agency: str
    signed_at: datetime


@dataclass(frozen=True, slots=True)
class CopyCertification:
    """Lời chứng chứng thực bản sao từ bản chính, printed on the photocopy. `series` is SCT/BS on paper."""

    number: str
    book: str
    dated: date
    signer: Signer
    series: str = "SCT/BS"


@dataclass(frozen=True, slots=True)
class DemoSignature:
    """A stand-in for a leader's signature image, plainly marked as a test; laid into the box `o-ky`."""

    name: str


@dataclass(frozen=True, slots=True)
class DemoSeal:
    """A stand-in for an agency's seal, 36 mm, red, plainly marked as a test."""

    agency: str
