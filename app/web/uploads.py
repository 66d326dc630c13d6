"""Files that people send (tệp tải lên): read whole, named safely, refused when empty or too large.

Where the house has a scanner, none is taken that it did not look at. What a file really is (its content against its
ending) is checked by the service that stores it.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import request
from werkzeug.datastructures import FileStorage

from app.adapters.malware import refuse_malware
from app.settings import MEGABYTE
from app.web.context import house
from app.web.responses import safe_name
from workflows.errors import RuleBroken


class EmptyUpload(RuleBroken):
    """A file arrived without content."""

    code = "empty_file"
    sentence = "Tệp “{name}” rỗng hoặc tải chưa trọn. Vui lòng chọn lại tệp; các tệp khác vẫn giữ nguyên."


class UploadTooLarge(RuleBroken):
    """A file is larger than one file may be."""

    code = "file_too_large"
    sentence = "Tệp “{name}” lớn hơn {limit} MB. Vui lòng quét lại ở 300 dpi hoặc tách thành nhiều tệp."


class TooManyUploads(RuleBroken):
    """More files arrived in one form than it takes."""

    code = "too_many_files"
    sentence = "Gửi {count} tệp một lần, tối đa {limit}. Vui lòng gửi làm nhiều lần."


@dataclass(frozen=True, slots=True)
class Upload:
    """One file as it arrived: a safe display name, its bytes, and the type that the browser claims."""

    name: str
    content: bytes
    claimed_type: str


def uploaded(field: str) -> Upload | None:
    """Return the file sent in `field`, or None. Raises EmptyUpload, UploadTooLarge or TooManyUploads."""
    files = all_uploaded(field)
    return files[0] if files else None


def all_uploaded(field: str) -> tuple[Upload, ...]:
    """Return the files sent in `field`, in order. Raises EmptyUpload, UploadTooLarge or TooManyUploads."""
    settings = house().settings
    sent = [storage for storage in request.files.getlist(field) if storage.filename]
    if len(sent) > settings.upload_files:
        raise TooManyUploads(where=field, count=len(sent), limit=settings.upload_files)
    return tuple(_read(storage, field, settings.upload_file_mb) for storage in sent)


def _read(storage: FileStorage, field: str, megabytes: int) -> Upload:
    name = safe_name(storage.filename or "")
    largest = megabytes * MEGABYTE
    # One byte more than allowed tells "too large" without reading a huge file to its end.
    content = storage.stream.read(largest + 1)
    if not content:
        raise EmptyUpload(where=field, name=name)
    if len(content) > largest:
        raise UploadTooLarge(where=field, name=name, limit=megabytes)
    if at_socket := house().settings.clamd_socket:
        refuse_malware(content, name, at_socket=at_socket, where=field)
    return Upload(name, content, storage.mimetype)
