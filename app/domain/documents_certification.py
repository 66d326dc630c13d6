"""Papers of the certification desk (lời chứng, sổ chứng thực): words for the copies, the book of a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.domain.documents_desk import CopyCertification
from app.domain.documents_parts import Letterhead, Signer


@dataclass(frozen=True, slots=True)
class SignatureCertification:
    """Lời chứng chứng thực chữ ký, printed on the signed paper; `words` are the authority's of that day."""

    number: str
    book: str
    dated: date
    signer: Signer
    words: str
    series: str = "SCT/CK,ĐC"

    @property
    def is_of_signature(self) -> bool:
        """Whether the words stand on the paper that was signed, under their own heading."""
        return True


@dataclass(frozen=True, slots=True)
class Attestations:
    """The words of one request in one file: a page for each copy, in the order of the grid."""

    items: tuple[CopyCertification | SignatureCertification, ...]
    copies: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class BookLine:
    """One numbered original in the printed book; a void number keeps its line and says why."""

    number: int
    day: date
    person: str
    title: str
    signer: str
    signer_title: str
    copies: int
    pages: int
    fee_vnd: int
    note: str = ""
    is_void: bool = False


@dataclass(frozen=True, slots=True)
class PrintedBook:
    """Sổ chứng thực of some days: one series, the lines in the order of their numbers."""

    head: Letterhead
    title: str
    series: str
    first_day: date
    last_day: date
    lines: tuple[BookLine, ...]
    printed_at: datetime

    @property
    def copies(self) -> int:
        """Copies that were certified; void numbers left out."""
        return sum(line.copies for line in self.lines if not line.is_void)

    @property
    def fee_vnd(self) -> int:
        """Fees of the lines, whole đồng; void numbers left out."""
        return sum(line.fee_vnd for line in self.lines if not line.is_void)
