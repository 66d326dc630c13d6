"""What background work does, by kind (các loại việc nền). A new kind is a function and a line in `HANDLERS`.

Handlers run in a process of the pool, with a house of their own. They return a file to keep, or nothing;
JobRefused means that no further try can help.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from app.adapters.register_table import register_sheet
from app.adapters.spreadsheet import csv_file, xlsx
from app.adapters.thumbnails import JPEG, first_page
from app.domain.documents import Register
from app.domain.scans import BIND, SPLIT
from app.queries.accounts import staff_of
from app.queries.printing_tables import register_book
from app.queries.stored_files import stored_bytes
from app.scheduler.refused import JobRefused
from app.scheduler.scanning import bind, split_batch
from app.services import jobs
from app.services.values import NewFile
from app.wiring import House

Progress = Callable[[int], None]
Handler = Callable[[House, Mapping[str, Any], Progress], NewFile | None]

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"


def preview(house: House, arguments: Mapping[str, Any], _progress: Progress) -> NewFile:
    """Draw the first page of a stored file, small."""
    with house.reading() as session:
        file = stored_bytes(session, arguments["file_id"])
    if file is None:
        raise JobRefused("Tệp gốc không còn")
    picture = first_page(house.files.get(file.storage_id, file.key_sealed), file.mime)
    return NewFile(house.files.put(picture), JPEG, 1, "xem-truoc.jpg", origin="generated")


def register(house: House, arguments: Mapping[str, Any], progress: Progress) -> NewFile:
    """Write the register (Sổ theo dõi, Mẫu 07) as the person who wants it may see it now."""
    book = _book(house, arguments, house.clock.now())
    progress(30)
    form, name = arguments["form"], f"so-theo-doi-{book.first_day:%Y%m%d}-{book.last_day:%Y%m%d}"
    writers: Mapping[str, tuple[Callable[[], bytes], str]] = {
        "pdf": (lambda: house.pdf.render(book), PDF),
        "xlsx": (lambda: xlsx(register_sheet(book)), XLSX),
        "csv": (lambda: csv_file(register_sheet(book)), CSV),
    }
    if form not in writers:
        raise JobRefused(f"Không có dạng tệp “{form}”")
    write, mime = writers[form]
    kept = house.files.put(write())
    return NewFile(kept, mime, 0, f"{name}.{form}", origin="generated")


HANDLERS: Mapping[str, Handler] = MappingProxyType(
    {jobs.PREVIEW: preview, jobs.REGISTER: register, BIND: bind, SPLIT: split_batch}
)


def _book(house: House, arguments: Mapping[str, Any], at: datetime) -> Register:
    with house.reading() as session:
        staff = staff_of(session, arguments["user_id"], at)
        if staff is None:
            raise JobRefused("Tài khoản yêu cầu đã bị khóa")
        return register_book(
            session,
            house.vault,
            staff,
            field=arguments["field"],
            first_day=date.fromisoformat(arguments["first_day"]),
            last_day=date.fromisoformat(arguments["last_day"]),
            at=at,
        )
