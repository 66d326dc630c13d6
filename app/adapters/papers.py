"""What an uploaded file really is (kiểm tra tệp tải lên): allow-listed by content and then really opened.

The ending and the type that a browser claims count for nothing. Bounds come before decoding, so that a small
file cannot ask for the memory of a large one.
"""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass

import magic
import pikepdf
from PIL import Image, UnidentifiedImageError

from app.adapters.active_content import has_attachments, has_scripts
from app.adapters.scanning.kinds import refuse_two_faced
from workflows.errors import RuleBroken

PDF = "application/pdf"
IMAGES = {"image/jpeg": "JPEG", "image/png": "PNG"}
MOST_PAGES = 500
MOST_PIXELS = 80_000_000  # an A3 sheet at 600 dpi
PIXELS = f"{MOST_PIXELS // 1_000_000} triệu điểm ảnh"
_KINDS = {
    "application/zip": "ZIP",
    "application/msword": "Word",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word",
    "text/html": "HTML",
    "image/svg+xml": "SVG",
    "image/heic": "HEIC",
    "image/heif": "HEIC",
    "application/x-dosexec": "EXE",
}


class PaperNotAllowed(RuleBroken):
    """The content is neither a PDF nor a photograph."""

    code = "file_kind"
    sentence = (
        "Tệp “{name}” là tệp {kind}, không phải PDF hoặc ảnh JPG, PNG. "
        "Hãy chụp ảnh giấy, hoặc lưu thành PDF rồi chọn lại."
    )


class PaperLocked(RuleBroken):
    """A PDF that asks for a password."""

    code = "file_locked"
    sentence = "Tệp “{name}” có mật khẩu. Vui lòng gửi bản không đặt mật khẩu."


class PaperBroken(RuleBroken):
    """The file was cut short or cannot be opened."""

    code = "file_broken"
    sentence = "Tệp “{name}” bị hỏng hoặc tải chưa trọn. Vui lòng mở thử trên máy của bạn rồi gửi lại."


class PaperActive(RuleBroken):
    """A PDF that does more than show its pages."""

    code = "file_active"
    sentence = (
        "Tệp “{name}” chứa {what} nên không được nhận. Vui lòng in tệp ra PDF mới rồi gửi lại; "
        "tệp đính kèm gửi thành tệp riêng."
    )


class PaperTooBig(RuleBroken):
    """Too many pages, or a picture with too many pixels."""

    code = "file_too_big"
    sentence = "Tệp “{name}” vượt giới hạn {limit}. Vui lòng tách nhỏ hoặc chụp lại ở cỡ thường."


@dataclass(frozen=True, slots=True)
class Paper:
    """A file that opens: its true type and how many pages it has."""

    mime: str
    pages: int


def checked_paper(content: bytes, name: str, *, where: str = "files") -> Paper:
    """Return what `content` is.

    Raises PaperNotAllowed, FileTwoFaced, PaperLocked, PaperBroken, PaperActive or PaperTooBig.
    """
    mime = magic.from_buffer(content[:4096], mime=True)
    if mime == PDF or mime in IMAGES:
        refuse_two_faced(content, name, mime, where=where)
    if mime == PDF:
        return Paper(PDF, _pages_of_pdf(content, name, where))
    if mime in IMAGES:
        _open_picture(content, name, where, kind=IMAGES[mime])
        return Paper(mime, 1)
    raise PaperNotAllowed(where=where, name=name, kind=_KINDS.get(mime, mime))


def _pages_of_pdf(content: bytes, name: str, where: str) -> int:
    try:
        with pikepdf.open(io.BytesIO(content)) as document:
            pages = len(document.pages)
            if pages <= MOST_PAGES:
                _refuse_active(document, content, name, where)
    except pikepdf.PasswordError as locked:
        raise PaperLocked(where=where, name=name) from locked
    except pikepdf.PdfError as broken:
        raise PaperBroken(where=where, name=name) from broken
    if pages > MOST_PAGES:
        raise PaperTooBig(where=where, name=name, limit=f"{MOST_PAGES} trang")
    if not pages:
        raise PaperBroken(where=where, name=name)
    return pages


def _refuse_active(document: pikepdf.Pdf, content: bytes, name: str, where: str) -> None:
    # A signed file cannot be saved anew without its attachments (invoices carry their data so): it is taken as it is.
    if has_scripts(document):
        raise PaperActive(where=where, name=name, what="mã lệnh")
    if b"/ByteRange" not in content and has_attachments(document):
        raise PaperActive(where=where, name=name, what="tệp đính kèm")


def _open_picture(content: bytes, name: str, where: str, *, kind: str) -> None:
    try:
        with warnings.catch_warnings():
            # Our own bound stands below; Pillow's warning of the same would only be noise in the log.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=[kind]) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise PaperTooBig(where=where, name=name, limit=PIXELS)
                picture.load()
    except Image.DecompressionBombError as enormous:
        raise PaperTooBig(where=where, name=name, limit=PIXELS) from enormous
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as broken:
        raise PaperBroken(where=where, name=name) from broken
