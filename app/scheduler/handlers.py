"""What background work does, by kind (các loại việc nền). A new kind is a function and a line in `HANDLERS`.

Handlers run in a process of the pool, with a house of their own. They return a file to keep, or nothing;
JobRefused means that no further try can help.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from app.adapters.figure_sheet import ListWords, list_sheet
from app.adapters.long_sheet import long_xlsx
from app.adapters.register_table import register_sheet
from app.adapters.spreadsheet import csv_file
from app.adapters.thumbnails import JPEG, first_page
from app.domain.background import FIGURE_LIST, REGISTER
from app.domain.documents import Register
from app.domain.people import Staff
from app.domain.periods import Period
from app.domain.reports import RowsBy
from app.domain.scans import BIND, SPLIT
from app.queries import figure_lists
from app.queries.accounts import staff_of
from app.queries.printing_tables import register_book
from app.queries.report_scope import unit_for
from app.queries.stored_files import stored_bytes
from app.scheduler.refused import JobRefused
from app.scheduler.scanning import bind, split_batch
from app.services import jobs
from app.services.values import NewFile
from app.wiring import House

Row = TypeVar("Row")
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
        "xlsx": (lambda: long_xlsx(register_sheet(book)), XLSX),
        "csv": (lambda: csv_file(register_sheet(book)), CSV),
    }
    if form not in writers:
        raise JobRefused(f"Không có dạng tệp “{form}”")
    write, mime = writers[form]
    kept = house.files.put(write())
    return NewFile(kept, mime, 0, f"{name}.{form}", origin="generated")


def figure_list(house: House, arguments: Mapping[str, Any], progress: Progress) -> NewFile:
    """Write the dossiers behind a number of a report as the person who wants them may see them now."""
    period = Period(date.fromisoformat(arguments["first_day"]), date.fromisoformat(arguments["end_day"]))
    asked = figure_lists.asked_for(arguments["figure"], by=RowsBy(arguments["by"]), key=arguments["key"])
    with house.reading() as session:
        unit = unit_for(session, _wanted_by(session, arguments, house.clock.now()), arguments["unit"])
        total = figure_lists.figure_list(session, unit, period, asked).total
        rows = _told(figure_lists.every_dossier(session, unit, period, asked), total, progress)
        content = long_xlsx(list_sheet(rows, ListWords.from_json(arguments["words"])))
    name = f"{asked.figure.id}-{unit.code}-{period.first_day:%Y%m%d}-{period.last_day:%Y%m%d}.xlsx"
    return NewFile(house.files.put(content), XLSX, 0, name, origin="generated")


def _told(rows: Iterable[Row], total: int, progress: Progress) -> Iterator[Row]:
    """Yield the rows, telling every twentieth of the way."""
    step = max(1, total // 20)
    for place, row in enumerate(rows):
        if place and place % step == 0:
            progress(95 * place // total)
        yield row


HANDLERS: Mapping[str, Handler] = MappingProxyType(
    {
        jobs.PREVIEW: preview,
        REGISTER: register,
        FIGURE_LIST: figure_list,
        BIND: bind,
        SPLIT: split_batch,
    }
)


def _book(house: House, arguments: Mapping[str, Any], at: datetime) -> Register:
    with house.reading() as session:
        return register_book(
            session,
            house.vault,
            _wanted_by(session, arguments, at),
            field=arguments["field"],
            first_day=date.fromisoformat(arguments["first_day"]),
            last_day=date.fromisoformat(arguments["last_day"]),
            at=at,
        )


def _wanted_by(session: Session, arguments: Mapping[str, Any], at: datetime) -> Staff:
    staff = staff_of(session, arguments["user_id"], at)
    if staff is None:
        raise JobRefused("Tài khoản yêu cầu đã bị khóa")
    return staff
