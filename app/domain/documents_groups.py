"""The one slip of a list received at once (giấy tiếp nhận theo danh sách). A house form beside the Mẫu 01 of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.domain.documents_parts import Letterhead


@dataclass(frozen=True, slots=True)
class GroupEntry:
    """One dossier of the list. `secret` opens its details on the tracking page."""

    code: str
    name: str
    birth: str
    promised_at: datetime | None
    secret: str = ""


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
