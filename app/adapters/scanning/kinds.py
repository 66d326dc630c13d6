"""What a file is (nhận dạng tệp quét), by its first bytes and by what hangs on its end; its name counts for nothing."""

from __future__ import annotations

import magic

from app.adapters.scanning.refusals import FileNotScannable, FileTwoFaced

PDF = "application/pdf"
PICTURES = {
    "image/jpeg": ("JPEG",),
    "image/png": ("PNG",),
    "image/tiff": ("TIFF",),
    "image/heic": ("HEIF",),
    "image/heif": ("HEIF",),
}
_STARTS = {
    PDF: (b"%PDF-",),
    "image/jpeg": (b"\xff\xd8\xff",),
    "image/png": (b"\x89PNG\r\n\x1a\n",),
    "image/tiff": (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"),
}
_WORDS = {"application/zip": "ZIP", "text/html": "HTML", "image/svg+xml": "SVG", "application/x-dosexec": "EXE"}
_SHORT = {PDF: "PDF", "image/jpeg": "JPEG", "image/png": "PNG", "image/tiff": "TIFF"}
_MARKUP = (b"<html", b"<!doctype html", b"<script", b"<svg")
_ZIP_END, _ZIP_TAIL, _HEAD = b"PK\x05\x06", 66_000, 2_048


def kind_of(content: bytes, name: str) -> str:
    """Return the type of a scannable file. Raises FileNotScannable, or FileTwoFaced for a polyglot."""
    mime = magic.from_buffer(content[:8192], mime=True)
    starts = _STARTS.get(mime, (b"",))
    head = content[:_HEAD].lower()
    if (mime != PDF and mime not in PICTURES) or not content.startswith(starts):
        if any(mark in head for mark in _MARKUP):
            mime = "text/html"
        elif mime == PDF:
            mime = "không rõ (PDF nằm sau dữ liệu khác)"
        raise FileNotScannable(where=name, name=name, kind=_WORDS.get(mime, mime))
    refuse_two_faced(content, name, mime)
    return mime


def refuse_two_faced(content: bytes, name: str, mime: str, *, where: str = "") -> None:
    """Raise FileTwoFaced for a file that is also an archive or a web page."""
    other = "tệp nén ZIP" if _ZIP_END in content[-_ZIP_TAIL:] else ""
    if mime == PDF and any(mark in content[:_HEAD].lower() for mark in _MARKUP):
        other = "trang HTML"
    if other:
        raise FileTwoFaced(where=where or name, name=name, kind=_SHORT.get(mime, mime), other=other)
