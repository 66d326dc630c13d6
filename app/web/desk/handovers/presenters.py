"""Hand-over lists as they are shown: how far each is, file by file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from app.domain.channels import Channel
from app.domain.forwarding import forward_due
from app.i18n import gettext as _
from app.queries.handovers import FileLine, ListLine, ListShown
from app.queries.work_rows import WorkRow
from app.web.desk.presenters.clocks import forward_mark
from app.web.desk.presenters.marks import CodeText, Mark, code_text
from app.web.filters import vn_datetime
from workflows.calendar import WorkingCalendar


@dataclass(frozen=True, slots=True)
class ListRow:
    """One list in a table."""

    code: str
    address: str
    from_words: str
    to_unit: str
    given: str
    files: str
    state: Mark


@dataclass(frozen=True, slots=True)
class ReadyRow:
    """One dossier that may be handed over, and by when its papers are; data of online ones go at once."""

    code: CodeText
    subject: str
    procedure: str
    due: str
    left: Mark | None


@dataclass(frozen=True, slots=True)
class FileRow:
    """One file in the table of a list."""

    code: CodeText
    address: str
    subject: str
    procedure: str
    papers: str
    promised: str
    state: Mark
    may_tick: bool


@dataclass(frozen=True, slots=True)
class ListPage:
    """One list as a page."""

    code: str
    address: str
    pdf: str
    words: str
    note: str
    state: Mark
    files: tuple[FileRow, ...]
    may_take: bool
    left: int


def ready_rows(rows: Iterable[WorkRow], calendar: WorkingCalendar, at: datetime) -> tuple[ReadyRow, ...]:
    """Return dossiers that may be handed over; `calendar` is the giving desk's."""
    return tuple(_ready(row, calendar, at) for row in rows)


def list_rows(lines: tuple[ListLine, ...]) -> tuple[ListRow, ...]:
    """Return lists as rows."""
    return tuple(
        ListRow(
            code=line.code,
            address=url_for("desk.handover", handover_id=line.id),
            from_words=_("%(who)s, %(unit)s", who=line.giver, unit=line.from_unit),
            to_unit=line.to_unit,
            given=vn_datetime(line.given_at),
            files=str(line.files),
            state=_state(line),
        )
        for line in lines
    )


def list_page(shown: ListShown) -> ListPage:
    """Return the page of one list."""
    line = shown.line
    left = sum(file.state != "taken" for file in shown.files)
    return ListPage(
        code=line.code,
        address=url_for("desk.handover", handover_id=line.id),
        pdf=url_for("desk.handover_pdf", handover_id=line.id),
        words=_(
            "%(who)s, %(unit)s giao %(to)s lúc %(at)s",
            who=line.giver,
            unit=line.from_unit,
            to=line.to_unit,
            at=vn_datetime(line.given_at),
        ),
        note=shown.note,
        state=_state(line),
        files=tuple(_file(file, may_take=shown.may_take) for file in shown.files),
        may_take=shown.may_take and left > 0,
        left=left,
    )


def _ready(row: WorkRow, calendar: WorkingCalendar, at: datetime) -> ReadyRow:
    due_at = forward_due(Channel(row.channel), row.received_at, calendar) if row.received_at else None
    left = forward_mark(due_at, at) if due_at else None
    return ReadyRow(code_text(row.number), row.subject or "", row.procedure, vn_datetime(due_at), left)


def _state(line: ListLine) -> Mark:
    if line.closed_at is None:
        return Mark("soon", "hourglass-split", _("Chờ bên nhận"))
    if line.missing:
        return Mark("late", "exclamation-octagon-fill", _("Thiếu %(n)s hồ sơ", n=line.missing))
    return Mark("ok", "check2-all", _("Đã nhận đủ"))


def _file(file: FileLine, *, may_take: bool) -> FileRow:
    states = {
        "given": Mark("soon", "hourglass-split", _("Chờ nhận")),
        "taken": Mark("ok", "check2", _("%(who)s nhận %(at)s", who=file.seen_by, at=vn_datetime(file.seen_at))),
        "missing": Mark("late", "exclamation-octagon-fill", _("Thiếu, %(who)s ghi", who=file.seen_by)),
    }
    papers = [
        _("%(n)s bản chính", n=file.originals) if file.originals else "",
        _("%(n)s bản sao", n=file.copies) if file.copies else "",
    ]
    return FileRow(
        code=code_text(file.number),
        address=url_for("desk.dossier", ref=file.number),
        subject=file.subject,
        procedure=file.procedure,
        papers=", ".join(filter(None, papers)) or "–",
        promised=vn_datetime(file.promised_at),
        state=states[file.state],
        may_tick=may_take and file.state != "taken",
    )
