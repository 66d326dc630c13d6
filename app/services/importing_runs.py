"""The run of a long import (lượt nhập): begun, carried on batch by batch, finished, or closed where it stopped.

Every batch raises the run's count in its own transaction: whatever dies, the next start with the same file goes on
after the last batch that was committed. While a run is half done no other file comes in and no report is closed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db.models import ImportRun
from app.db.unit_of_work import UnitOfWork
from app.domain.people import Actor
from app.domain.vietnamese_format import short_moment
from app.services.importing_dossiers import Written
from workflows.errors import N_, RuleBroken

SUBJECT = ("import", "dossiers")


class ImportHalfDone(RuleBroken):
    """Another file is half way in."""

    code = "import_half_done"
    sentence = N_(
        "Lượt nhập tệp {name} bắt đầu {when} còn dở: {done}/{rows} dòng đã xong. Vui lòng chạy lại đúng tệp đó để nhập "
        "tiếp, hoặc chốt lượt ấy bằng “motcua import runs --close”."
    )


class NoImportHalfDone(RuleBroken):
    """There is no run to close."""

    code = "no_import_half_done"
    sentence = N_("Không có lượt nhập hồ sơ nào đang dở.")


class ImportTakenOver(RuleBroken):
    """Two commands carry on the same run."""

    code = "import_taken_over"
    sentence = N_("Một lệnh khác đang nhập tiếp tệp này. Vui lòng chờ lệnh đó xong.")


@dataclass(frozen=True, slots=True)
class ImportFile:
    """A file that was checked: its name, the digest of its bytes, its rows, how many go into a batch."""

    name: str
    digest: str
    rows: int
    batch_rows: int


@dataclass(frozen=True, slots=True)
class Run:
    """How far a run has come."""

    run_id: int
    name: str
    rows: int
    batch_rows: int
    batches_done: int
    imported: int
    begun_at: datetime

    @property
    def rows_done(self) -> int:
        """How many rows of the file lie behind it."""
        return min(self.rows, self.batches_done * self.batch_rows)


def half_done(session: Session) -> Run | None:
    """Return the run that was begun and neither finished nor closed, if any."""
    row = session.scalars(select(ImportRun).where(ImportRun.state == "running")).first()
    return _run(row) if row else None


def take_up(session: Session, digest: str) -> Run | None:
    """Return the run of this very file, if it is half done. Raises ImportHalfDone where another file's is."""
    row = session.scalars(select(ImportRun).where(ImportRun.state == "running")).first()
    if row is not None and row.file_digest != digest:
        raise refusal(_run(row))
    return _run(row) if row else None


def refusal(run: Run) -> ImportHalfDone:
    """Return the refusal that names a half-done run and the two ways out."""
    when = short_moment(run.begun_at)
    return ImportHalfDone(where=run.name, name=run.name, when=when, done=run.rows_done, rows=run.rows)


def begin(uow: UnitOfWork, file: ImportFile, by: Actor, *, at: datetime) -> Run:
    """Open the run of a checked file, with its event."""
    row = ImportRun(
        file_name=file.name, file_digest=file.digest, rows=file.rows, batch_rows=file.batch_rows, batches_done=0,
        imported=0, state="running", begun_at=at, begun_by=by.name, touched_at=at,
    )  # fmt: skip
    uow.session.add(row)
    uow.session.flush()
    uow.note("dossiers:import_begun", SUBJECT, by, at, run=row.id, digest=file.digest, rows=file.rows)
    return _run(row)


def batch_done(uow: UnitOfWork, run_id: int, number: int, written: Written, by: Actor, *, at: datetime) -> None:
    """Count one batch as done, with the event that binds its dossiers. Raises ImportTakenOver if it was done already.

    Ask before anything of the batch is written.
    """
    row = _running(uow, run_id)
    row.batches_done, row.imported, row.touched_at = number + 1, row.imported + written.imported, at
    uow.note(
        "dossiers:batch_imported", SUBJECT, by, at, run=run_id, part=number + 1, imported=written.imported,
        first=written.first, last=written.last, digest=written.digest,
    )  # fmt: skip


def expect(uow: UnitOfWork, run_id: int, number: int) -> None:
    """Hold the run and make sure that this batch is the next. Raises ImportTakenOver."""
    if _running(uow, run_id).batches_done != number:
        raise ImportTakenOver


def finish(uow: UnitOfWork, run_id: int, by: Actor, *, at: datetime) -> None:
    """End a run whose file is in."""
    _end(_running(uow, run_id), "done", at)
    row = uow.session.get_one(ImportRun, run_id)
    uow.note("dossiers:imported", SUBJECT, by, at, run=run_id, rows=row.rows, imported=row.imported)


def close(uow: UnitOfWork, by: Actor, *, at: datetime) -> Run:
    """End the half-done run where it stands: what came in stays. Raises NoImportHalfDone."""
    found = half_done(uow.session)
    if found is None:
        raise NoImportHalfDone
    row = _running(uow, found.run_id)
    _end(row, "closed", at)
    uow.note("dossiers:import_closed", SUBJECT, by, at, run=row.id, imported=row.imported, left=row.rows)
    return _run(row)


def _running(uow: UnitOfWork, run_id: int) -> ImportRun:
    row = uow.session.get(ImportRun, run_id, with_for_update=True, populate_existing=True)
    if row is None or row.state != "running":
        raise ImportTakenOver
    return row


def _end(row: ImportRun, state: str, at: datetime) -> None:
    row.state, row.touched_at, row.ended_at = state, at, at


def _run(row: ImportRun) -> Run:
    return Run(row.id, row.file_name, row.rows, row.batch_rows, row.batches_done, row.imported, row.begun_at)
