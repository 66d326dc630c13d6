"""Long work (việc nền): a row written in the transaction that wants it, claimed with a lease, tried again.

A worker that dies loses its lease and somebody else takes the job over; after the last try it stands in the
error queue with a plain reason, until somebody lets it run again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from app.db.models import Job
from app.db.once import insert_once
from app.db.unit_of_work import UnitOfWork
from app.domain.background import FIGURE_LIST, REGISTER
from app.domain.messages import CUT_OFF
from app.domain.people import Staff
from app.services.accounts import administering
from app.services.attachments import keep
from app.services.errors import NotFound
from app.services.values import NewFile

PREVIEW = "preview"
FORMATS = ("pdf", "xlsx", "csv")
LEASE = timedelta(minutes=2)
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 10, 60))


@dataclass(frozen=True, slots=True)
class Claimed:
    """A job that this worker holds until its lease ends."""

    job_id: int
    kind: str
    arguments: Mapping[str, Any]


def enqueue(
    uow: UnitOfWork, kind: str, key: str, arguments: Mapping[str, Any], *, at: datetime, wanted_by: int | None = None
) -> bool:
    """Want a job done; False when the same job (by `key`) was wanted before. `arguments` are plain JSON."""
    values = {
        "kind": kind,
        "key": f"{kind}:{key}",
        "arguments": dict(arguments),
        "run_after": at,
        "created_at": at,
        "wanted_by": wanted_by,
    }
    return insert_once(uow.session, Job, values)


def want_preview(uow: UnitOfWork, file_id: int, at: datetime) -> bool:
    """Want a small picture of a file's first page."""
    return enqueue(uow, PREVIEW, str(file_id), {"file_id": file_id}, at=at)


def want_register(
    uow: UnitOfWork,
    staff: Staff,
    *,
    form: str,
    field: str,
    first_day: date,
    last_day: date,
    at: datetime,
    title: str = "",
) -> str:
    """Want the register of a field and days as a file of `form` (pdf, xlsx, csv); return the key to ask after.

    What the person may see when it runs is in it. The same wish within one minute is the same job.
    """
    key = f"{form}-{staff.user_id}-{first_day:%Y%m%d}-{last_day:%Y%m%d}-{field}-{at:%Y%m%dT%H%M}"
    arguments = {
        "user_id": staff.user_id,
        "form": form,
        "field": field,
        "first_day": f"{first_day:%Y-%m-%d}",
        "last_day": f"{last_day:%Y-%m-%d}",
        "title": title,
    }
    enqueue(uow, REGISTER, key, arguments, at=at, wanted_by=staff.user_id)
    return f"{REGISTER}:{key}"


def want_figure_list(uow: UnitOfWork, staff: Staff, asked: Mapping[str, Any], *, at: datetime) -> bool:
    """Want the dossiers behind a number as XLSX; False when the same was wanted within this minute.

    `asked` is what the handler reads: unit, first_day, end_day, figure, by, key, words (and the title, for people).
    What the person may see when it runs is in it.
    """
    same = (asked[name] for name in ("unit", "first_day", "end_day", "figure", "by", "key"))
    key = "-".join(map(str, (staff.user_id, *same, f"{at:%Y%m%dT%H%M}")))
    return enqueue(uow, FIGURE_LIST, key, {**asked, "user_id": staff.user_id}, at=at, wanted_by=staff.user_id)


def is_any_due(session: Session, at: datetime) -> bool:
    """Tell whether there is anything to claim, without taking the writer's place."""
    return session.scalars(select(Job.id).where(_due(at)).limit(1)).first() is not None


def claim(uow: UnitOfWork, owner: str, at: datetime, *, most: int) -> list[Claimed]:
    """Take up to `most` jobs that wait or whose worker was lost, the oldest first."""
    oldest = select(Job).where(_due(at)).order_by(Job.run_after, Job.id).limit(most)
    rows = uow.session.scalars(oldest.with_for_update(skip_locked=True)).all()
    for row in rows:
        _take(row, owner, at)
    uow.session.flush()
    return [Claimed(row.id, row.kind, row.arguments) for row in rows if row.state == "running"]


def renew(uow: UnitOfWork, job_ids: Iterable[int], owner: str, at: datetime) -> None:
    """Hold on to jobs that are still at work."""
    for row in _held(uow, tuple(job_ids), owner):
        row.lease_until = at + LEASE


def note_progress(uow: UnitOfWork, job_id: int, owner: str, percent: int) -> None:
    """Say how far a job has come."""
    for row in _held(uow, (job_id,), owner):
        row.progress = max(0, min(percent, 99))


def note_done(uow: UnitOfWork, job_id: int, owner: str, at: datetime, *, result: NewFile | None) -> bool:
    """Finish a job with its file; False when the lease was lost and the outcome is another worker's to write."""
    for row in _held(uow, (job_id,), owner):
        row.result_file_id = keep(uow, result, at=at).id if result else None
        row.state, row.progress, row.done_at = "done", 100, at
        row.lease_until, row.error = None, ""
        return True
    return False


def note_failure(uow: UnitOfWork, job_id: int, owner: str, reason: str, at: datetime, *, again: bool) -> None:
    """Keep why a try failed; the next comes after a longer pause, until none is left."""
    for row in _held(uow, (job_id,), owner):
        row.error, row.lease_until, row.progress = reason, None, 0
        if again and row.attempts <= len(PAUSES):
            row.state, row.run_after = "waiting", at + PAUSES[row.attempts - 1]
        else:
            row.state = "failed"


def try_again(uow: UnitOfWork, staff: Staff, job_id: int, at: datetime) -> None:
    """Let a job of the error queue run anew, at an administrator's word. Raises NotFound."""
    row = uow.session.get(Job, job_id)
    if row is None or row.state != "failed":
        raise NotFound(number=str(job_id))
    row.state, row.attempts, row.run_after = "waiting", 0, at
    uow.note("job:tried_again", ("job", str(job_id)), administering(staff), at, kind=row.kind)


def _due(at: datetime) -> ColumnElement[bool]:
    waits = and_(Job.state == "waiting", Job.run_after <= at)
    lost = and_(Job.state == "running", Job.lease_until < at)
    return or_(waits, lost)


def _take(row: Job, owner: str, at: datetime) -> None:
    if row.attempts > len(PAUSES):
        row.state, row.error, row.lease_until = "failed", row.error or CUT_OFF, None
        return
    row.state, row.attempts, row.lease_owner = "running", row.attempts + 1, owner
    row.lease_until, row.progress = at + LEASE, 0


def _held(uow: UnitOfWork, job_ids: Sequence[int], owner: str) -> Sequence[Job]:
    mine = and_(Job.id.in_(job_ids), Job.state == "running", Job.lease_owner == owner)
    return uow.session.scalars(select(Job).where(mine).with_for_update()).all()
