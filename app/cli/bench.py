"""`motcua bench`: measure, each figure beside its floor from the same run; the machine's noise divides out."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from app.bench import clock as clock_rooms
from app.bench import core as core_rooms
from app.bench import desk_day
from app.bench import figures as figure_rooms
from app.bench import importing as import_rooms
from app.bench import paper as paper_rooms
from app.bench.timing import Measure


@click.group()
def bench() -> None:
    """Measure, each figure with its floor."""


@bench.command()
@click.option("--dossiers", type=click.IntRange(1_000, 1_000_000), default=300_000, show_default=True)
@click.option("--requests", type=click.IntRange(100, 50_000), default=10_000, show_default=True)
@click.option("--postgres", default="", help="An empty PostgreSQL database to measure in too (postgresql+psycopg://…).")
@click.option("--catalogue", type=click.Path(path_type=Path, exists=True), help="A catalogue file to import.")
@click.option("--kept", type=click.Path(path_type=Path, file_okay=False), help="Keep the house of the work list here.")
@click.option("--only", multiple=True, type=click.Choice(list(core_rooms.PARTS)), help="Only this part.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
def core(*, only: tuple[str, ...], as_json: bool, **asked: Any) -> None:
    """Reception, work list, tracking, Mẫu 01, memory, catalogue import, a later start."""
    _tell(core_rooms.measures(core_rooms.Asked(**asked), only), as_json=as_json)


@bench.command()
@click.option("--room", "rooms", multiple=True, type=click.Choice(sorted(paper_rooms.ROOMS)), help="Only this part.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
def paper(*, rooms: tuple[str, ...], as_json: bool) -> None:
    """Signing, verifying, scanning, against bare libraries."""
    _tell(paper_rooms.measures(rooms), as_json=as_json)


@bench.command()
@click.option("--only", multiple=True, type=click.Choice(clock_rooms.PARTS), help="Only this part.")
@click.option("--dossiers", type=click.IntRange(0, 1_000_000), default=200_000, show_default=True, help="To reckon.")
@click.option("--swept", type=click.IntRange(0, 2_000_000), default=1_000_000, show_default=True, help="Open, swept.")
@click.option("--simulated", type=click.IntRange(0, 2_000_000), default=1_000_000, show_default=True, help="Finished.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
def clock(*, only: tuple[str, ...], dossiers: int, swept: int, simulated: int, as_json: bool) -> None:
    """One due time, the sweep, a changed calendar, a simulation; 0 leaves a part out."""
    _tell(clock_rooms.measures(only, dossiers=dossiers, swept=swept, simulated=simulated), as_json=as_json)


@bench.command()
@click.option("--dossiers", type=click.IntRange(1_000, 3_000_000), default=300_000, show_default=True)
@click.option("--imported", type=click.IntRange(0, 1_000_000), default=100_000, show_default=True, help="0: no import.")
@click.option("--postgres", default="", help="A PostgreSQL database to measure in too (postgresql+psycopg://…).")
@click.option("--only", multiple=True, type=click.Choice(figure_rooms.PARTS), help="Only this part.")
@click.option("--keep", type=click.Path(path_type=Path, file_okay=False), help="A folder where the houses stay.")
@click.option("--no-sqlite", is_flag=True, help="Leave the embedded database out.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
def figures(
    *,
    dossiers: int,
    imported: int,
    postgres: str,
    only: tuple[str, ...],
    keep: Path | None,
    no_sqlite: bool,
    as_json: bool,
) -> None:
    """Reports of a province, overviews, spreadsheets, registers, an import, against plain SQL.

    With --keep the made-up houses are measured again as they are by the next run, whatever --dossiers says.
    """
    asked = figure_rooms.Asked(dossiers, imported, only, not no_sqlite, postgres, keep)
    _tell(figure_rooms.measures(asked), as_json=as_json)


@bench.command("import")
@click.option("--rows", type=click.IntRange(100, 3_000_000), default=100_000, show_default=True)
@click.option("--postgres", default="", help="An empty PostgreSQL database to measure in too (postgresql+psycopg://…).")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
def importing(*, rows: int, postgres: str, as_json: bool) -> None:
    """Another system's history brought in, against bare INSERTs of the same rows."""
    _tell(import_rooms.measures(rows, postgres), as_json=as_json)


@bench.command()
@click.option("--dossiers", type=click.IntRange(20, 2_000), default=150, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
def desk(*, dossiers: int, as_json: bool) -> None:
    """A real day received over HTTP, beside scheduler and report."""
    _tell(desk_day.measures(dossiers), as_json=as_json)


def _tell(found: Iterable[Measure], *, as_json: bool) -> None:
    documents = []
    for measure in found:
        documents.append(asdict(measure) | {"ratio": measure.ratio})
        if not as_json:
            click.echo(_line(measure))
    if as_json:
        click.echo(json.dumps({"measures": documents}, ensure_ascii=False))


def _line(measure: Measure) -> str:
    ratio = f"×{measure.ratio:.2f}" if measure.ratio else "–"
    floor = f"{measure.floor_name} {measure.floor:.2f}"
    return f"{measure.name:<46}{measure.value:>10.2f} {measure.unit:<11} sàn: {floor:<32} {ratio:<9} {measure.aim}"
