"""Letters on A4: the apology (Mẫu 04), results of settling, and the citizen's own online request."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.domain.documents_parts import Authorisation, Edition, Letterhead, Lookup, Party, Signer


@dataclass(frozen=True, slots=True)
class Apology:
    """Mẫu 04, Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết.

    `addressee` is whom the letter greets ("Bà Phạm Quỳnh Thử"), `address_form` how it goes on to call them
    ("Bà"); `unit` settles and apologises, `desk` received.
    """

    head: Letterhead
    addressee: str
    address_form: str
    applicant: Party
    desk: str
    unit: str
    procedure: str
    code: str
    received_at: datetime
    promised_at: datetime
    new_promise: datetime
    return_place: str
    reason: str
    signer: Signer
    contact: str = ""
    contact_phone: str = ""
    recipients: tuple[str, ...] = ("Như trên;", "Lưu: VT, hồ sơ.")
    title: str = "VĂN BẢN XIN LỖI\nVÀ ĐỀ NGHỊ GIA HẠN THỜI GIAN GIẢI QUYẾT"


@dataclass(frozen=True, slots=True)
class Entry:
    """One labelled value of a result or request. Neighbours with the same `row` share one printed line."""

    label: str
    value: str
    row: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """A result of settling: giấy xác nhận, quyết định, trích lục, giấy chứng nhận.

    An empty `head.number` and `head.dated=None` leave room for the records office, which numbers a result
    after the leader has signed it; `signature_boxes` tells where. `opening` states grounds and request,
    `verb` is the operative word ("XÁC NHẬN:"), then come `entries` or `articles` (Điều 1, Điều 2).
    """

    head: Letterhead
    title: str
    issuer: str
    dossier_code: str
    signer: Signer
    check: Lookup
    subject: str = ""
    opening: tuple[str, ...] = ()
    verb: str = ""
    entries: tuple[Entry, ...] = ()
    articles: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    edition: Edition = Edition.OFFICIAL

    @property
    def lines(self) -> tuple[tuple[Entry, ...], ...]:
        """The entries gathered into printed lines."""
        return entry_lines(self.entries)


@dataclass(frozen=True, slots=True)
class RequestSection:
    """A part of the online request: its heading and what was filled in."""

    heading: str
    entries: tuple[Entry, ...]

    @property
    def lines(self) -> tuple[tuple[Entry, ...], ...]:
        """The entries gathered into printed lines."""
        return entry_lines(self.entries)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file sent along: the component it answers, its name, pages and how it was provided."""

    component: str
    file_name: str
    pages: int | None
    origin: str


@dataclass(frozen=True, slots=True)
class OnlineRequest:
    """Tờ khai điện tử: what a citizen filed online, as it stood when it was sent.

    `proof` says how the person was recognised ("VNeID mức 2", "chưa xác thực, đối chiếu tại quầy").
    """

    addressee: str
    title: str
    filing_number: str
    filed_at: datetime
    applicant: Party
    procedure: str
    procedure_code: str
    sections: tuple[RequestSection, ...]
    attachments: tuple[Attachment, ...]
    return_choice: str
    proof: str
    submitter: str
    authorised: Authorisation | None = None
    declaration: str = (
        "Tôi cam đoan những nội dung khai trên đây là đúng sự thật và chịu trách nhiệm trước pháp luật "
        "về cam đoan của mình."
    )


def entry_lines(entries: tuple[Entry, ...]) -> tuple[tuple[Entry, ...], ...]:
    """Entries as printed lines: neighbours that name the same row stand on one line, all others alone."""
    lines: list[list[Entry]] = []
    for entry in entries:
        if lines and entry.row and lines[-1][-1].row == entry.row:
            lines[-1].append(entry)
        else:
            lines.append([entry])
    return tuple(tuple(line) for line in lines)
