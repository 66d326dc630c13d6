"""Short queues and single acts as pages (phát hành, trả kết quả)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from flask import url_for
from wtforms import Form

from app.i18n import gettext as _
from app.queries.result_queue import WaitingResult
from app.queries.work_rows import WorkRow
from app.web.desk.presenters.dossier_people import Fact
from app.web.desk.presenters.marks import CodeText, Mark
from app.web.desk.presenters.worklist import Reader, ShownRow, shown_rows
from app.web.filters import vn_datetime
from workflows.calendar import VIETNAM

A_WEEK, LONG_AGO = 7, 30  # days; as the reminders to fetch a result


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One dossier with its one act."""

    ref: str
    code: CodeText
    dossier_address: str
    person: str
    result: str
    procedure: str
    state_words: str
    left: Mark
    act: str
    address: str
    age: Mark | None = None  # how long a result has waited to be fetched
    shelf: str = ""
    shelf_address: str = ""


@dataclass(frozen=True, slots=True)
class QueuePage:
    """The whole queue."""

    title: str
    testid: str
    state_head: str
    count_words: str
    rows: tuple[QueueRow, ...]
    errors: tuple[tuple[str, str], ...]
    empty_title: str
    empty_sentence: str
    shelves: bool = False


@dataclass(frozen=True, slots=True)
class TaskPage:
    """One act on one dossier as a page."""

    key: str
    ref: str
    code: CodeText
    title: str
    submit: str
    address: str
    dossier_address: str
    version: int
    form: Form
    facts: tuple[Fact, ...]
    notes: tuple[str, ...]
    errors: tuple[tuple[str, str], ...]
    grave: bool = False


def issue_rows(results: Sequence[WaitingResult], reader: Reader) -> tuple[QueueRow, ...]:
    """Return what the records office numbers and seals."""
    rows = shown_rows([result.row for result in results], reader)
    return tuple(
        _row(
            row,
            result=waiting.title,
            said=_("%(name)s ký %(at)s", name=waiting.signer, at=vn_datetime(waiting.signed_at)),
            act=_("Cấp số"),
            address=url_for("desk.issue", ref=row.ref),
        )
        for waiting, row in zip(results, rows, strict=True)
    )


def return_rows(rows: Sequence[WorkRow], reader: Reader, places: Mapping[int, str]) -> tuple[QueueRow, ...]:
    """Return what waits to be fetched or sent, with its age in days and where it lies."""
    shown = shown_rows(rows, reader)
    return tuple(
        replace(
            _row(
                row,
                result=row.procedure,
                said=_("xong %(at)s", at=vn_datetime(work.ended_at)),
                act=_("Trả kết quả"),
                address=url_for("desk.hand_over", ref=row.ref),
            ),
            age=_age(work.ended_at, reader.at),
            shelf=places.get(work.id, ""),
            shelf_address=url_for("desk.shelf", ref=row.ref),
        )
        for work, row in zip(rows, shown, strict=True)
    )


def _age(ended_at: datetime | None, at: datetime) -> Mark:
    """Return for how many days nobody has come; the reminders go out after seven and after thirty."""
    days = (at.astimezone(VIETNAM).date() - (ended_at or at).astimezone(VIETNAM).date()).days
    said = _("%(n)s ngày", n=days) if days else _("hôm nay")
    if days >= LONG_AGO:
        return Mark("late", "exclamation-octagon-fill", said)
    return Mark("soon" if days >= A_WEEK else "plain", "hourglass-split" if days >= A_WEEK else "clock", said)


def _row(row: ShownRow, *, result: str, said: str, act: str, address: str) -> QueueRow:
    return QueueRow(
        ref=row.ref,
        code=row.code,
        dossier_address=row.address,
        person=row.subject,
        result=result,
        procedure=row.procedure if result != row.procedure else row.case,
        state_words=said,
        left=row.left,
        act=act,
        address=address,
    )
