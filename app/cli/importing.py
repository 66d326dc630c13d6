"""`motcua import`: catalogue, limits, units, calendar, figures from CSV, XLSX or JSON files.

An unreadable row refuses the whole file (exit 2), each fault with line, column and reason; an incomplete row
goes in and is listed as a warning.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import click

from app.adapters.tables import read_table
from app.cli import common
from app.cli.home import open_house
from app.cli.importing_answers import OPERATOR, lines, options, plain, refuse
from app.cli.importing_dossiers import dossiers, runs
from app.db.calendars import DEFAULT_CALENDAR
from app.db.unit_of_work import UnitOfWork
from app.domain.calendar_csv import read_calendar
from app.domain.catalogue import read_catalogue
from app.domain.catalogue_components import read_details
from app.domain.catalogue_rows import ImportRefused, Table
from app.domain.entered_figures import read_figures
from app.domain.geography import read_geography
from app.domain.index_entries import read_entries
from app.domain.limit_table import read_limit_lines
from app.domain.national_copies import read_national
from app.services.entered_figures import import_figures
from app.services.importing import Imported, Progress, import_catalogue
from app.services.importing_calendar import import_calendar
from app.services.importing_details import import_details
from app.services.importing_limits import import_limits
from app.services.importing_units import import_units
from app.services.index_entries import import_entries
from app.services.national_copies import import_national


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


importing.add_command(dossiers)
importing.add_command(runs)


@importing.command("catalogue")
@options
def catalogue(file: Path, dry_run: bool) -> int:
    """National procedures: procedures.csv, or the detail file with papers and channels."""
    return _run(file, _catalogue, dry_run=dry_run)


@importing.command("limits")
@options
def limits(file: Path, dry_run: bool) -> int:
    """Shortened limits of a decision: code, channel, committed_amount, committed_unit, decision_number, …"""
    return _run(file, _limits, dry_run=dry_run)


@importing.command("units")
@options
def units(file: Path, dry_run: bool) -> int:
    """Provinces, communes, and agencies with their electronic identifiers."""
    return _run(file, _units, dry_run=dry_run)


@importing.command("calendar")
@options
@click.option("--calendar", "name", default=DEFAULT_CALENDAR, help="Working calendar to change.")
def calendar(file: Path, dry_run: bool, name: str) -> int:
    """Days off and worked Saturdays of a calendar."""
    return _run(file, _calendar, dry_run=dry_run, calendar=name)


@importing.command("index")
@options
def index(file: Path, dry_run: bool) -> int:
    """Counts and official points of the 766 index: unit_code, from, to, component, numerator, denominator, …"""
    return _run(file, _index, dry_run=dry_run)


@importing.command("figures")
@options
def figures(file: Path, dry_run: bool) -> int:
    """Figures with source and day (evaluation, national portal): unit_code, login, from, to, item, value, …"""
    return _run(file, _figures, dry_run=dry_run)


@importing.command("national")
@options
def national(file: Path, dry_run: bool) -> int:
    """What the national portal says of our dossiers: code, status (1–10 or words), checked_at."""
    return _run(file, _national, dry_run=dry_run)


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


def _run(file: Path, act: Act, *, dry_run: bool, calendar: str = DEFAULT_CALENDAR) -> int:
    """Read, check and write one file in one transaction; answer with counts, warnings and seconds."""
    started = time.monotonic()
    try:
        table = read_table(file)
        done = _written(table, act, dry_run=dry_run, calendar=calendar)
    except ImportRefused as refused:
        return refuse(refused)
    warnings = (*table.notes, *done.warnings)
    seconds = round(time.monotonic() - started, 2)
    document = {
        "imported": done.imported,
        "updated": done.updated,
        "warnings": [plain(fault) for fault in warnings],
        "seconds": seconds,
    }
    common.answer(document, lines(done, warnings, dry_run=dry_run, seconds=seconds))
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
