"""The one slip of a list received at once (giấy tiếp nhận theo danh sách). A house form beside the Mẫu 01 of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.domain.documents_parts import Letterhead


@dataclass(frozen=True, slots=True)
class GroupEntry:
    """One dossier of the list, its fee in whole đồng. `secret` opens its details on the tracking page."""

    code: str
    name: str
    birth: str
    promised_at: datetime | None
    secret: str = ""
    fee_due_vnd: int = 0
    fee_paid_vnd: int = 0


@dataclass(frozen=True, slots=True)
class GroupSlip:
    """What whoever brought the list takes home: every code, when it is promised, where to look."""

    head: Letterhead
    representative: str
    procedure: str
    received_at: datetime
    receiver: str
    tracking_page: str
    entries: tuple[GroupEntry, ...]

    @property
    def fee_due_vnd(self) -> int:
        """What all lines owe or owed, whole đồng."""
        return sum(entry.fee_due_vnd for entry in self.entries)

    @property
    def fee_paid_vnd(self) -> int:
        """What was taken for all lines, whole đồng."""
        return sum(entry.fee_paid_vnd for entry in self.entries)
