"""Dossiers from another system (hồ sơ nhập từ hệ thống khác): rows read into records, doubts pointed out.

A due given as a date holds until the end of that day. What contradicts itself (an end before the reception, a
closed dossier without its end) goes in as it is and is listed: figures count it apart, nobody invents a time.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from app.domain.catalogue_rows import Findings, Row
from app.domain.channels import Channel
from app.domain.people import ApplicantKind
from workflows.calendar import VIETNAM
from workflows.states import State

REQUIRED = ("procedure_code", "unit_code", "channel", "received_at")
STATES = {
    1: State.FILED,
    2: State.RECEIVED,
    3: State.NOT_ACCEPTED,
    4: State.PROCESSING,
    5: State.AWAITING_SUPPLEMENT,
    6: State.AWAITING_PAYMENT,
    7: State.WITHDRAWN,
    8: State.STOPPED,
    9: State.FINISHED,
    10: State.RETURNED,
}
BEFORE_RECEPTION = frozenset({State.FILED, State.NOT_ACCEPTED})
CLOSED = frozenset({State.WITHDRAWN, State.STOPPED, State.FINISHED, State.RETURNED})
_TRUTHS = dict.fromkeys(("1", "true", "có", "x", "yes"), True) | dict.fromkeys(("0", "false", "không", "no"), False)
_VIETNAMESE_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?:[ T]+(.+))?")
_LONGEST_NAME = 200
_MOST_MONEY = 10**12
_LONGEST_NUMBER = 13  # digits
_MOST_REMEMBERED = 20_000  # days, hours and counts come again and again in a file


@dataclass(frozen=True, slots=True)
class ImportedDossier:
    """One dossier as its row says. Instants are aware; None is what the file does not say."""

    line: int
    code: str
    procedure_code: str
    unit_code: str
    channel: Channel
    applicant_kind: ApplicantKind
    applicant_name: str
    applicant_id: str
    submitted_at: datetime | None
    received_at: datetime
    due_at: datetime | None
    statutory_due_at: datetime | None
    ended_at: datetime | None
    returned_at: datetime | None
    state: State
    supplement_requests: int
    components: int
    components_digitized: int
    components_reused: int
    result_required: bool
    result_electronic: bool
    fee_vnd: int
    paid_online: bool
    vneid_verified: bool


def read_dossier(row: Row, findings: Findings, *, at: datetime) -> ImportedDossier | None:
    """Return the dossier of a row, doubts noted; None when a cell cannot be read, each of which is noted.

    `at` is when it is read: what happened later than that is doubtful.
    """
    cells, errors = _Cells(row, findings, row.texts()), len(findings.errors)
    findings.errors += row.faults
    received, channel = cells.instant("received_at"), cells.whole("channel", most=3)
    procedure, unit = cells.needed("procedure_code"), cells.needed("unit_code")
    if cells.text("channel") in {"", "0"}:
        cells.error("channel", "phải là 1 (trực tiếp), 2 (trực tuyến) hoặc 3 (bưu chính)")
    if received is None and not cells.text("received_at"):
        cells.error("received_at", "thiếu ngày giờ tiếp nhận")
    finished, returned = cells.instant("finished_at"), cells.instant("returned_at")
    state = _state(cells, finished, returned)
    papers = cells.whole("components")
    if len(findings.errors) > errors or received is None:
        return None
    dossier = ImportedDossier(
        line=row.line,
        code=cells.text("code"),
        procedure_code=procedure,
        unit_code=unit,
        channel=Channel(channel),
        applicant_kind=ApplicantKind(cells.whole("applicant_kind", most=4) or 1),
        applicant_name=cells.name("applicant_name"),
        applicant_id=cells.text("applicant_id")[:30],
        submitted_at=cells.instant("submitted_at"),
        received_at=received,
        due_at=cells.instant("due_at", end_of_day=True),
        statutory_due_at=cells.instant("statutory_due_at", end_of_day=True),
        ended_at=(finished or returned) if state in CLOSED else None,
        returned_at=returned if state is State.RETURNED else None,
        state=state,
        supplement_requests=cells.whole("supplement_requests"),
        components=papers,
        components_digitized=cells.part("components_digitized", papers),
        components_reused=cells.part("components_reused", papers),
        result_required=cells.truth("result_required", otherwise=True),
        result_electronic=cells.truth("result_electronic"),
        fee_vnd=cells.whole("fee_vnd", most=_MOST_MONEY),
        paid_online=cells.truth("paid_online"),
        vneid_verified=cells.truth("vneid_verified"),
    )
    _point_out(cells, dossier, finished, at)
    return None if len(findings.errors) > errors else dossier


def _state(cells: _Cells, finished: datetime | None, returned: datetime | None) -> State:
    """Return the state of the national status; where the file gives none, what its times say."""
    if number := cells.whole("status", most=10):
        return STATES[number]
    if returned:
        return State.RETURNED
    return State.FINISHED if finished else State.PROCESSING


def _point_out(cells: _Cells, dossier: ImportedDossier, finished: datetime | None, at: datetime) -> None:
    ended, received = dossier.ended_at, dossier.received_at
    doubts = (
        (ended is not None and ended < received, "finished_at", "kết thúc trước khi tiếp nhận"),
        (dossier.state in CLOSED and ended is None, "finished_at", "đã đóng nhưng không có ngày kết thúc"),
        (dossier.state not in CLOSED and finished, "finished_at", "có ngày kết thúc nhưng trạng thái chưa đóng"),
        (dossier.state is State.RETURNED and not dossier.returned_at, "returned_at", "đã trả nhưng không có ngày trả"),
        (ended and dossier.returned_at and dossier.returned_at < ended, "returned_at", "trả trước khi có kết quả"),
        (dossier.due_at is not None and dossier.due_at < received, "due_at", "hạn trả trước khi tiếp nhận"),
        (_shorter_law(dossier), "statutory_due_at", "hạn theo luật sớm hơn hạn hẹn"),
        (dossier.submitted_at is not None and dossier.submitted_at > received, "submitted_at", "nộp sau khi tiếp nhận"),
        (received > at, "received_at", "tiếp nhận sau thời điểm nhập (từ tương lai)"),
        (ended is not None and ended > at, "finished_at", "kết thúc sau thời điểm nhập (từ tương lai)"),
        (dossier.returned_at and dossier.returned_at > at, "returned_at", "trả sau thời điểm nhập (từ tương lai)"),
    )
    for is_so, column, reason in doubts:
        if is_so:
            cells.findings.warn(cells.row, column, reason)
    for column, value in cells.row.cells.items():
        if type(value) is str and value[:1] == "=":
            cells.findings.warn(cells.row, column, "ô bắt đầu bằng dấu =; giữ nguyên như chữ, không tính")


def _shorter_law(dossier: ImportedDossier) -> bool:
    return bool(dossier.due_at and dossier.statutory_due_at and dossier.statutory_due_at < dossier.due_at)


@dataclass(frozen=True, slots=True)
class _Cells:
    """Reads the cells of one row, noting what cannot be read."""

    row: Row
    findings: Findings
    texts: Mapping[str, str]

    def text(self, column: str) -> str:
        return self.texts.get(column, "")

    def error(self, column: str, reason: str) -> None:
        self.findings.error(self.row, column, reason)

    def needed(self, column: str) -> str:
        if not (text := self.texts.get(column, "")):
            self.error(column, "ô này bắt buộc")
        return text

    def name(self, column: str) -> str:
        name = self.texts.get(column, "")
        if len(name) > _LONGEST_NAME:
            self.findings.warn(self.row, column, f"tên dài {len(name)} ký tự; giữ {_LONGEST_NAME} ký tự đầu")
        return name[:_LONGEST_NAME]

    def whole(self, column: str, *, most: int = 1_000) -> int:
        """Return a whole number from 0 to `most`; 0 for an empty cell."""
        text = self.texts.get(column, "")
        if not text:
            return 0
        if (number := _whole(text)) > most:
            self.error(column, f"“{text[:30]}” phải là số nguyên từ 0 đến {most}")
            return 0
        return number

    def part(self, column: str, whole: int) -> int:
        number = self.whole(column)
        if number > whole:
            self.findings.warn(self.row, column, f"{number} nhiều hơn số thành phần; tính {whole}")
        return min(number, whole)

    def truth(self, column: str, *, otherwise: bool = False) -> bool:
        if not (text := self.texts.get(column, "").lower()):
            return otherwise
        if (told := _TRUTHS.get(text)) is None:
            self.error(column, f"“{text[:20]}” phải là 1 hoặc 0")
        return bool(told)

    def instant(self, column: str, *, end_of_day: bool = False) -> datetime | None:
        """Return an aware instant; a date alone is its first moment, or with `end_of_day` the moment it is over."""
        text = self.texts.get(column, "")
        if not text:
            return None
        try:
            return _instant(text, end_of_day=end_of_day)
        except ValueError:
            self.error(column, f"“{text[:30]}” không phải ngày giờ có thật (đúng: 2026-11-20T08:30 hoặc 20/11/2026)")
            return None


@lru_cache(maxsize=_MOST_REMEMBERED)
def _whole(text: str) -> int:
    """Return the number that a text writes in digits; what is no such number is larger than any bound."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER else 10**_LONGEST_NUMBER


@lru_cache(maxsize=_MOST_REMEMBERED)
def _instant(text: str, *, end_of_day: bool) -> datetime:
    if "/" in text and (local := _VIETNAMESE_DATE.fullmatch(text)):
        day, month, year, clock = local.groups()
        text = f"{year}-{int(month):02d}-{int(day):02d}" + (f"T{clock}" if clock else "")
    if len(text) == len("2026-11-20"):
        start = datetime.combine(date.fromisoformat(text), time(), VIETNAM)
        return start + timedelta(days=1) if end_of_day else start
    at = datetime.fromisoformat(text.replace(" ", "T", 1))
    return at if at.tzinfo else at.replace(tzinfo=VIETNAM)
