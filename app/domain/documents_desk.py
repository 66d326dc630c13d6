"""Papers of the counter and of the copier: queue ticket, scan separator, words that certify a copy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.domain.documents_parts import Letterhead, Lookup, Signer


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


@dataclass(frozen=True, slots=True)
class CopyCertification:
    """Lời chứng chứng thực bản sao từ bản chính, printed on the photocopy; `words` are the authority's of that day."""

    number: str
    book: str
    dated: date
    signer: Signer
    words: str
    series: str = "SCT/BS"

    @property
    def is_of_signature(self) -> bool:
        """Whether the words stand on the paper that was signed, under their own heading."""
        return False


@dataclass(frozen=True, slots=True)
class OutageLog:
    """Phiếu ghi tay khi mất điện, mất mạng: empty lines for receptions, typed in later with their true time.

    `pages` sheets of `lines` each, so that two sides of one sheet serve a morning.
    """

    head: Letterhead
    hotline: str = ""
    lines: int = 10
    pages: int = 2
