"""`motcua import`: catalogue, limits, units, calendar, dossiers from CSV, XLSX or JSON files.

An unreadable row refuses the whole file (exit 2), each fault with line, column and reason; an incomplete row
goes in and is listed as a warning.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from app.adapters.tables import read_table
from app.cli import common
from app.cli.home import open_house
from app.db.calendars import DEFAULT_CALENDAR
from app.db.unit_of_work import UnitOfWork
from app.domain.calendar_csv import read_calendar
from app.domain.catalogue import read_catalogue
from app.domain.catalogue_components import read_details
from app.domain.catalogue_rows import Fault, ImportRefused, Table
from app.domain.entered_figures import read_figures
from app.domain.geography import read_geography
from app.domain.imported_dossiers import read_dossiers
from app.domain.index_entries import read_entries
from app.domain.limit_table import read_limit_lines
from app.domain.national_copies import read_national
from app.domain.people import Actor
from app.seed.planting import seed_calendar
from app.services.entered_figures import import_figures
from app.services.importing import Imported, Progress, import_catalogue
from app.services.importing_calendar import import_calendar
from app.services.importing_details import import_details
from app.services.importing_dossiers import DossierFile, import_dossiers
from app.services.importing_limits import import_limits
from app.services.importing_units import import_units
from app.services.index_entries import import_entries
from app.services.national_copies import import_national
from workflows.states import ActorKind

OPERATOR = Actor(ActorKind.STAFF, "Quản trị (dòng lệnh)")
SHOWN_TO_PEOPLE = 50


@dataclass(frozen=True, slots=True)
class Work:
    """What an import needs besides its rows: the time, who hears of progress, which calendar is meant."""

    at: datetime
    progress: Progress
    calendar: str


Act = Callable[[UnitOfWork, Table, Work], Imported]


class _DryRun(Exception):
    """Ends a unit of work without its commit, carrying what it would have done."""

    def __init__(self, done: Imported) -> None:
        super().__init__()
        self.done = done


@click.group()
def importing() -> None:
    """Catalogue, limits, units, calendar, dossiers from CSV, XLSX or JSON files (gzip allowed)."""


def _options(command: Any) -> Any:
    file = click.argument("file", type=click.Path(path_type=Path))
    dry_run = click.option("--dry-run", is_flag=True, help="Read and check everything, change nothing.")
    return common.json_option(dry_run(file(command)))


@importing.command("catalogue")
@_options
def catalogue(file: Path, dry_run: bool) -> int:
    """National procedures: procedures.csv, or the detail file with papers and channels."""
    return _run(file, _catalogue, dry_run=dry_run)


@importing.command("limits")
@_options
def limits(file: Path, dry_run: bool) -> int:
    """Shortened limits of a decision: code, channel, committed_amount, committed_unit, decision_number, …"""
    return _run(file, _limits, dry_run=dry_run)


@importing.command("units")
@_options
def units(file: Path, dry_run: bool) -> int:
    """Provinces, communes, and agencies with their electronic identifiers."""
    return _run(file, _units, dry_run=dry_run)


@importing.command("calendar")
@_options
@click.option("--calendar", "name", default=DEFAULT_CALENDAR, help="Working calendar to change.")
def calendar(file: Path, dry_run: bool, name: str) -> int:
    """Days off and worked Saturdays of a calendar."""
    return _run(file, _calendar, dry_run=dry_run, calendar=name)


@importing.command("index")
@_options
def index(file: Path, dry_run: bool) -> int:
    """Counts and official points of the 766 index: unit_code, from, to, component, numerator, denominator, …"""
    return _run(file, _index, dry_run=dry_run)


@importing.command("figures")
@_options
def figures(file: Path, dry_run: bool) -> int:
    """Figures with source and day (evaluation, national portal): unit_code, login, from, to, item, value, …"""
    return _run(file, _figures, dry_run=dry_run)


@importing.command("national")
@_options
def national(file: Path, dry_run: bool) -> int:
    """What the national portal says of our dossiers: code, status (1–10 or words), checked_at."""
    return _run(file, _national, dry_run=dry_run)


@importing.command("dossiers")
@_options
@click.option("--create-missing", is_flag=True, help="Make unknown procedures and units by their code.")
def dossiers(file: Path, dry_run: bool, create_missing: bool) -> int:
    """Dossiers of another system, open and closed."""
    return _run(file, _dossiers_making if create_missing else _dossiers, dry_run=dry_run)


def _catalogue(uow: UnitOfWork, table: Table, work: Work) -> Imported:
    if table.has("documents", "channels") and not table.has("field"):
        details, findings = read_details(table)
        return import_details(uow, details, findings, OPERATOR, at=work.at, progress=work.progress)
    return import_catalogue(uow, read_catalogue(table), OPERATOR, at=work.at, progress=work.progress)


def _limits(uow: UnitOfWork, table: Table, work: Work) -> Imported:
    return import_limits(uow, read_limit_lines(table), OPERATOR, at=work.at, progress=work.progress)


def _index(uow: UnitOfWork, table: Table, work: Work) -> Imported:
    rows, findings = read_entries(table)
    return import_entries(uow, rows, findings, OPERATOR, at=work.at)


def _figures(uow: UnitOfWork, table: Table, work: Work) -> Imported:
    rows, findings = read_figures(table)
    return import_figures(uow, rows, findings, OPERATOR, at=work.at)


def _national(uow: UnitOfWork, table: Table, work: Work) -> Imported:
    lines, findings = read_national(table, work.at)
    return import_national(uow, lines, findings, OPERATOR, at=work.at)


def _units(uow: UnitOfWork, table: Table, work: Work) -> Imported:
    return import_units(uow, read_geography(table), OPERATOR, at=work.at, progress=work.progress)


def _calendar(uow: UnitOfWork, table: Table, work: Work) -> Imported:
    days, findings = read_calendar(table)
    return import_calendar(uow, days, findings, OPERATOR, at=work.at, name=work.calendar, progress=work.progress)


def _dossiers(uow: UnitOfWork, table: Table, work: Work) -> Imported:
    return _write_dossiers(uow, DossierFile(*read_dossiers(table)), work)


def _dossiers_making(uow: UnitOfWork, table: Table, work: Work) -> Imported:
    return _write_dossiers(uow, DossierFile(*read_dossiers(table), create_missing=True), work)


def _write_dossiers(uow: UnitOfWork, file: DossierFile, work: Work) -> Imported:
    seed_calendar(uow, work.at)  # the first command of an empty home may be this one
    return import_dossiers(uow, file, OPERATOR, at=work.at, progress=work.progress)


def _run(file: Path, act: Act, *, dry_run: bool, calendar: str = DEFAULT_CALENDAR) -> int:
    """Read, check and write one file in one transaction; answer with counts, warnings and seconds."""
    started = time.monotonic()
    try:
        table = read_table(file)
        done = _written(table, act, dry_run=dry_run, calendar=calendar)
    except ImportRefused as refused:
        return _refuse(refused)
    warnings = (*table.notes, *done.warnings)
    seconds = round(time.monotonic() - started, 2)
    document = {
        "imported": done.imported,
        "updated": done.updated,
        "warnings": [_plain(fault) for fault in warnings],
        "seconds": seconds,
    }
    common.answer(document, _lines(done, warnings, dry_run=dry_run, seconds=seconds))
    return common.DONE


def _written(table: Table, act: Act, *, dry_run: bool, calendar: str) -> Imported:
    house = open_house()
    try:
        with house.unit_of_work() as uow, _bar(len(table.rows)) as progress:
            done = act(uow, table, Work(house.clock.now(), progress, calendar))
            if dry_run:
                raise _DryRun(done)
            return done
    except _DryRun as only_looked:
        return only_looked.done
    finally:
        house.engine.dispose()


@contextmanager
def _bar(rows: int) -> Iterator[Progress]:
    """Yield what hears of rows done; a person at a terminal sees a bar on stderr."""
    with click.progressbar(length=rows, label="Nhập dữ liệu", file=sys.stderr, hidden=not common.is_terminal()) as bar:
        yield lambda done: bar.update(done - bar.pos)


def _refuse(refused: ImportRefused) -> int:
    for fault in refused.faults[:SHOWN_TO_PEOPLE]:
        common.tell(str(fault))
    if (rest := len(refused.faults) - SHOWN_TO_PEOPLE) > 0:
        common.tell(f"… và {rest} chỗ nữa; xem đủ bằng --json")
    common.tell("Không nhập dòng nào. Sửa các chỗ trên rồi nhập lại.")
    if common.wants_json():
        error = {"code": refused.code, "message": str(refused), "where": refused.where}
        click.echo(common.as_json({"error": error, "faults": [_plain(fault) for fault in refused.faults]}))
    return common.REFUSED


def _plain(fault: Fault) -> dict[str, Any]:
    return {"line": fault.line, "column": fault.column, "reason": fault.reason}


def _lines(done: Imported, warnings: Sequence[Fault], *, dry_run: bool, seconds: float) -> list[str]:
    mood = "Chỉ kiểm tra, chưa ghi: " if dry_run else ""
    summary = f"{mood}thêm {done.imported}, cập nhật {done.updated}, {len(warnings)} cảnh báo, {seconds:.1f} giây"
    shown = [f"  {fault}" for fault in warnings[:SHOWN_TO_PEOPLE]]
    rest = len(warnings) - len(shown)
    return [summary, *shown, *([f"  … và {rest} cảnh báo nữa; xem đủ bằng --json"] if rest > 0 else [])]
