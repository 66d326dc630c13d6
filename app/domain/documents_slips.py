"""The desk's slips: Mẫu 01, 02, 03 and 05 of TT 03/2025/TT-VPCP, printed on A5."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from app.domain.documents_parts import Authorisation, Copy, Letterhead, Lookup, Party, Reference


@dataclass(frozen=True, slots=True)
class ListedPaper:
    """One component handed in: its name and how it came, `01 bản chính`."""

    name: str
    copies: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """Mẫu 01, Giấy tiếp nhận hồ sơ và hẹn trả kết quả.

    `tracking.key` is the dossier code. The kept copy never shows the secret. `why` explains the promise in
    one sentence; `limit` is the period in words ("03 ngày làm việc"). A dossier received regardless of boundary
    names the `competent` agency and when it received; until then the promise is an estimate.
    """

    head: Letterhead
    desk: str
    applicant: Party
    procedure: str
    papers: tuple[ListedPaper, ...]
    limit: str
    received_at: datetime
    promised_at: datetime
    return_place: str
    tracking: Lookup
    submitter: str
    receiver: str
    copy: Copy = Copy.APPLICANT
    authorised: Authorisation | None = None
    sets: int = 1
    why: str = ""
    book: str = ""
    book_entry: str = ""
    hotline: str = ""
    replaces: str = ""
    competent: str = ""
    competent_received_at: datetime | None = None

    @property
    def code(self) -> str:
        """The dossier code (mã hồ sơ)."""
        return self.tracking.key

    def as_copy(self, copy: Copy) -> Receipt:
        """The same receipt as another copy; the kept copy loses the secret for good."""
        if copy is Copy.KEPT:
            return replace(self, copy=copy, tracking=replace(self.tracking, secret=""))
        return replace(self, copy=copy)


@dataclass(frozen=True, slots=True)
class ReceiptPair:
    """Both copies of Mẫu 01 side by side on one A4 sheet: left the kept copy, right the applicant's."""

    receipt: Receipt

    @property
    def copies(self) -> tuple[Receipt, Receipt]:
        """Liên 1 and liên 2, in the order they are cut."""
        return self.receipt.as_copy(Copy.KEPT), self.receipt.as_copy(Copy.APPLICANT)


@dataclass(frozen=True, slots=True)
class ReceiptSheets(ReceiptPair):
    """Both copies of Mẫu 01 on A5 paper, each on a leaf of its own: printed on both sides, never two on one leaf."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One thing to add or correct: the paper and what is to be done with it."""

    paper: str
    request: str


@dataclass(frozen=True, slots=True)
class SupplementRequest:
    """Mẫu 02, Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ. `consequence` says what happens after the deadline."""

    head: Letterhead
    reference: Reference
    applicant: Party
    procedure: str
    wanted: tuple[Wanted, ...]
    reason: str
    guide: str
    guide_phone: str
    answer_page: Lookup
    deadline: datetime | None = None
    deadline_lead: str = "Yêu cầu này chỉ gửi một lần. Xin bổ sung đủ trước:"
    consequence: str = ""
    note: str = ""
    procedure_code: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Mẫu 03, Phiếu từ chối tiếp nhận giải quyết hồ sơ. `reference` is whatever number exists, if any."""

    head: Letterhead
    desk: str
    applicant: Party
    procedure: str
    reasons: tuple[str, ...]
    submitter: str
    receiver: str
    advice: str = ""
    reference: Reference | None = None
    check: Lookup | None = None
    hotline: str = ""


class StopGround(StrEnum):
    """Why settling stops; decides the first sentence of Mẫu 05."""

    WITHDRAWN = "withdrawn"
    SUPPLEMENT_EXPIRED = "supplement_expired"
    AGENCY = "agency"


@dataclass(frozen=True, slots=True)
class StopNotice:
    """Mẫu 05, Thông báo dừng giải quyết hồ sơ. The official layout is not public: ours is marked MẪU TẠM."""

    head: Letterhead
    desk: str
    code: str
    applicant: Party
    procedure: str
    ground: StopGround
    received_at: datetime
    stopped_at: datetime
    reason: str
    submitter: str
    receiver: str
    requested_at: datetime | None = None
    requested_where: str = ""
    returned_papers: str = ""
    fees: str = ""
    redo: str = "Muốn thực hiện lại, Ông (Bà) nộp hồ sơ mới; hồ sơ mới có mã và thời hạn riêng."
    check: Lookup | None = None
    hotline: str = ""
