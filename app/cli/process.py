"""`motcua process`: the event log of a unit's dossiers for process-mining tools."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from app.adapters.event_log import write_csv, write_xes
from app.cli.common import answer, json_option
from app.cli.home import opened_house
from app.cli.reports import unit_and_period
from app.domain.periods import between
from app.queries.process import logged_events
from app.queries.report_scope import report_unit

WRITERS = {"xes": write_xes, "csv": write_csv}


@click.group()
def process() -> None:
    """The way of the dossiers, for process mining."""


@process.command("export")
@unit_and_period
@click.option("--format", "form", type=click.Choice(sorted(WRITERS)), default="xes")
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), required=True)
@json_option
def export_log(
    *, unit_code: str, descendants: bool, first_day: date, end_day: date, form: str, output: Path
) -> None:
    """Write the events of the dossiers received in the period; no names, no payloads."""
    with opened_house() as house, house.reading() as session:
        unit = report_unit(session, unit_code, descendants=descendants)
        events = logged_events(session, unit, between(first_day, end_day))
        fresh = output.with_name(f".{output.name}.new")
        try:
            fresh.touch(mode=0o600)
            with fresh.open("w", encoding="utf-8", newline="") as file:
                written = WRITERS[form](events, file)
            fresh.replace(output)
        except OSError as wrong:
            raise click.BadParameter(f"không ghi được {output} ({wrong.strerror})", param_hint="--output") from wrong
    told = {"format": form, "traces": written.traces, "events": written.events, "file": str(output)}
    answer(told, [f"{written.events} sự kiện của {written.traces} hồ sơ: {output}"])
