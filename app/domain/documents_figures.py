"""A table of figures on paper (biểu số liệu in): every number carries the address of its list, the sheet its QR."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.domain.documents_parts import Signer

WIDE = 11  # from so many columns on the print is smaller


@dataclass(frozen=True, slots=True)
class PrintedNumber:
    """One number and where its list opens, empty where it has none."""

    text: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """One line of the table."""

    label: str
    numbers: tuple[PrintedNumber, ...]
    is_sum: bool = False


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """One of the other forms, landscape A4; `last_day` is included."""

    title: str
    source: str
    reporting_unit: str
    receiving_unit: str
    first_day: date
    last_day: date
    first_head: str
    heads: tuple[str, ...]
    lines: tuple[PrintedLine, ...]
    readings: tuple[str, ...]
    place: str
    dated: date
    preparer: Signer
    leader: Signer
    counted_at: datetime
    page: str = ""  # where each number opens its list

    @property
    def is_wide(self) -> bool:
        """Whether there are so many columns that the print must be smaller."""
        return len(self.heads) >= WIDE
