"""What a check of the event log can find (kiểm tra nhật ký): faults with their place, and the sums of a check."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from workflows.errors import N_


class FaultKind(StrEnum):
    """What is wrong with the chain, a payload, a row or a root."""

    SEQUENCE = "sequence_gap"
    PREVIOUS = "previous_differs"
    PAYLOAD = "payload_differs"
    ERASURE = "erasure_unproven"
    HASH = "hash_differs"
    SUBJECT = "subject_differs"
    NO_EVENTS = "no_events"
    TAIL = "tail_differs"
    STRUCTURE = "structure_differs"
    ROOT = "root_differs"
    SIGNATURE = "signature_differs"
    BATCH = "import_batch_differs"


SENTENCES = {
    FaultKind.SEQUENCE: N_("Thiếu hoặc thừa sự kiện: số thứ tự không liền nhau."),
    FaultKind.PREVIOUS: N_("Sự kiện không nối với sự kiện trước nó."),
    FaultKind.PAYLOAD: N_("Nội dung sự kiện khác với mã băm đã ghi."),
    FaultKind.ERASURE: N_("Nội dung bị xóa mà không có sự kiện xóa."),
    FaultKind.HASH: N_("Sự kiện (người, việc, giờ) khác với mã băm đã ghi."),
    FaultKind.SUBJECT: N_("Sự kiện đứng sai hồ sơ."),
    FaultKind.NO_EVENTS: N_("Hồ sơ không có sự kiện nào."),
    FaultKind.TAIL: N_("Số sự kiện của hồ sơ khác với nhật ký: có sự kiện cuối bị cắt hoặc thêm."),
    FaultKind.STRUCTURE: N_("Dữ liệu hồ sơ khác với sự kiện cuối cùng."),
    FaultKind.ROOT: N_("Gốc Merkle của kỳ khác với các sự kiện trong kỳ."),
    FaultKind.BATCH: N_("Lô hồ sơ nhập khác với số đã ghi: có hồ sơ bị thêm, bớt hoặc sửa cùng sự kiện của nó."),
    FaultKind.SIGNATURE: N_("Chữ ký của gốc Merkle không đúng."),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that does not fit: what, on which subject, at which event of it."""

    kind: FaultKind
    subject: str
    seq: int = 0
    detail: str = ""

    @property
    def sentence(self) -> str:
        """The fault in Vietnamese."""
        return SENTENCES[self.kind]


@dataclass(frozen=True, slots=True)
class AuditReport:
    """What a whole check looked at and found."""

    events: int
    subjects: int
    dossiers: int
    erased: int
    roots: int
    log_root: str
    faults: tuple[Fault, ...]

    @property
    def holds(self) -> bool:
        """Nothing was found."""
        return not self.faults
