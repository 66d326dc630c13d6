"""Papers of the money at the desk (bảng kê thu tiền). House layouts: none of them is a legal receipt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.domain.documents_parts import Letterhead


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """One movement: whole đồng, negative for what was given back."""

    code: str
    subject: str
    at: datetime
    what: str
    method: str
    receipt: str
    amount_vnd: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class CashSheetForm:
    """Bảng kê thu tiền of one clerk; handed in with the money and signed by both."""

    head: Letterhead
    ordinal: int
    clerk: str
    closed_at: datetime
    entries: tuple[SheetEntry, ...]
    receipts: tuple[str, ...]
    cash_vnd: int
    transfer_vnd: int
    counted_vnd: int
    difference_reason: str = ""

    @property
    def difference_vnd(self) -> int:
        """What was counted less what the movements say."""
        return self.counted_vnd - self.cash_vnd

    @property
    def total_vnd(self) -> int:
        """Cash and transfers together."""
        return self.cash_vnd + self.transfer_vnd
