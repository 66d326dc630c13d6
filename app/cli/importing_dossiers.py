"""`motcua import dossiers`: years of another system's data, row by row, in batches that can be taken up again.

The whole file is looked at first: one unreadable row refuses it, and nothing has been written. Then batch after batch
comes in, each with its event; whatever dies between two of them, the same command with the same file goes on.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import click

from app.adapters.tables import open_table
from app.cli import common
from app.cli.home import opened_house
from app.cli.importing_answers import OPERATOR, lines, options, plain, refuse
from app.cli.importing_crew import PROCESSES, Crew, crew
from app.cli.importing_findings import Noted, Pace
from app.domain.catalogue_rows import ImportRefused, Row, Stream, require_columns
from app.domain.imported_dossiers import REQUIRED
from app.seed.planting import seed_calendar
from app.services import importing_runs
from app.services.importing import Imported
from app.services.importing_dossier_checks import WholeFile
from app.services.importing_dossier_rows import Maker
from app.services.importing_dossier_targets import make_missing
from app.services.importing_dossiers import fresh, write_batch
from app.services.importing_runs import ImportFile, Run
from app.wiring import House

BATCH_ROWS = 1_000
LONG_FILE = 1 << 21  # bytes: from here on, processes are worth their start


@dataclass(frozen=True, slots=True)
class Asked:
    """What the operator asked for, and when."""

    file: Path
    digest: str
    making: bool
    batch_rows: int
    at: datetime


@click.command()
@options
@click.option("--create-missing", is_flag=True, help="Make unknown procedures and units by their code.")
@click.option(
    "--batch", "batch_rows", type=click.IntRange(1, 20_000), default=BATCH_ROWS, show_default=True, help="Rows a time."
)
@click.option("--list", "listed", type=click.Path(path_type=Path), help="Write every fault and warning to this CSV.")
def dossiers(file: Path, *, dry_run: bool, create_missing: bool, batch_rows: int, listed: Path | None) -> int:
    """Dossiers of another system, open and closed; after an interruption the same command goes on."""
    started = time.monotonic()
    try:
        with opened_house() as house, Noted(listed) as noted:
            asked = Asked(file, _digest(file), create_missing, batch_rows, house.clock.now())
            done = _import(house, asked, noted, dry_run=dry_run)
    except ImportRefused as refused:
        return refuse(refused)
    seconds = round(time.monotonic() - started, 2)
    document = {
        "imported": done.imported,
        "updated": done.updated,
        "warnings": [plain(fault) for fault in done.warnings],
        "warnings_total": noted.warned,
        "seconds": seconds,
    }
    common.answer(document, lines(done, done.warnings, dry_run=dry_run, seconds=seconds, counted=noted.warned))
    return common.DONE


@click.command()
@click.option("--close", is_flag=True, help="Close the half-done run: what came in stays, another file may come.")
@common.json_option
def runs(close: bool) -> int:
    """The import of dossiers that is half done, if any."""
    with opened_house() as house:
        if close:
            with house.unit_of_work() as uow:
                run: Run | None = importing_runs.close(uow, OPERATOR, at=house.clock.now())
        else:
            with house.reading() as session:
                run = importing_runs.half_done(session)
    told = {"file": run.name, "rows": run.rows, "rows_done": run.rows_done, "begun_at": run.begun_at} if run else None
    state = "Đã chốt lượt nhập" if close else "Đang dở"
    words = f"{state}: {run.name}, {run.rows_done}/{run.rows} dòng" if run else "Không có lượt nhập nào đang dở."
    common.answer({"closed" if close else "half_done": told}, [words])
    return common.DONE


def _digest(file: Path) -> str:
    try:
        with file.open("rb") as content:
            return hashlib.file_digest(content, "sha256").hexdigest()
    except OSError:
        return ""  # the reader says why


def _import(house: House, asked: Asked, noted: Noted, *, dry_run: bool) -> Imported:
    with house.reading() as session:
        run = None if dry_run else importing_runs.take_up(session, asked.digest)
    long = asked.file.exists() and asked.file.stat().st_size > LONG_FILE
    size = run.batch_rows if run else asked.batch_rows
    with ExitStack() as opened:
        stream = opened.enter_context(open_table(asked.file))
        processes = PROCESSES if long else 0
        theirs = opened.enter_context(crew(house, OPERATOR, asked.at, making=asked.making, processes=processes))
        whole = _checked(stream, theirs, noted, size=size)
        if dry_run:
            imported = _looked(house, theirs, whole, noted=noted, size=size)
        else:
            imported = _written(house, asked, theirs, whole=whole, run=run, noted=noted)
    return Imported(imported, len(whole) - imported, noted.warnings())


def _checked(stream: Stream, theirs: Crew, noted: Noted, *, size: int) -> WholeFile:
    """Look at every row. Raises ImportRefused when one of them cannot come in."""
    if stream.columns:
        require_columns(stream, REQUIRED)
    noted.warn(stream.notes)
    whole = WholeFile()
    with Pace("Kiểm tra", 0) as pace:
        for part in theirs.check(enumerate(_parts(stream.rows, size, noted))):
            whole.add(part)
            noted.fault(part.faults)
            noted.warn(part.warnings)
            pace.at(len(whole))
    noted.fault(tuple(whole.twice()))
    noted.refuse_if_wrong()
    return whole


def _parts(rows: Iterator[Row], size: int, noted: Noted) -> Iterator[list[Row]]:
    part: list[Row] = []
    try:
        for row in rows:
            part.append(row)
            if len(part) == size:
                yield part
                part = []
    except ImportRefused as broken:  # the file breaks off here; what stood before it is checked all the same
        noted.fault(broken.faults)
    if part:
        yield part


def _looked(house: House, theirs: Crew, whole: WholeFile, *, noted: Noted, size: int) -> int:
    """Return how many dossiers would be new; nothing is written."""
    imported = 0
    with house.reading() as session, Pace("Đối chiếu", len(whole)) as pace:
        for built in theirs.look(range(-(-len(whole) // size))):
            places, warnings = fresh(session.connection(), built, whole.request_ids(built.keys))
            noted.warn((*built.warnings, *warnings))
            imported += len(places)
            pace.forward(len(built.keys))
    return imported


def _written(house: House, asked: Asked, theirs: Crew, *, whole: WholeFile, run: Run | None, noted: Noted) -> int:
    """Write what is still to be written; return how many dossiers the whole run made."""
    if run is None:
        run = _begun(house, asked, whole)
    else:
        common.tell(f"Nhập tiếp {run.name} từ dòng thứ {run.rows_done + 1} của {run.rows}.")
        whole.pass_over(run.rows_done)
    imported, maker = run.imported, Maker(house.vault, OPERATOR, asked.at)
    numbers = range(run.batches_done, -(-len(whole) // run.batch_rows))
    with Pace("Ghi", len(whole), run.rows_done) as pace:
        for number, built in zip(numbers, theirs.build(numbers), strict=True):
            with house.unit_of_work() as uow:
                importing_runs.expect(uow, run.run_id, number)
                written = write_batch(uow, built, whole.request_ids(built.keys), maker)
                importing_runs.batch_done(uow, run.run_id, number, written, OPERATOR, at=house.clock.now())
            noted.warn((*built.warnings, *written.warnings))
            imported += written.imported
            pace.forward(len(built.keys))
    with house.unit_of_work() as uow:
        importing_runs.finish(uow, run.run_id, OPERATOR, at=house.clock.now())
    return imported


def _begun(house: House, asked: Asked, whole: WholeFile) -> Run:
    with house.unit_of_work() as uow:
        seed_calendar(uow, asked.at)  # the first command of an empty home may be this one
        if asked.making:
            make_missing(uow, whole.units, whole.procedures)
        file = ImportFile(asked.file.name, asked.digest, len(whole), asked.batch_rows)
        return importing_runs.begin(uow, file, OPERATOR, at=asked.at)
