"""`motcua report table`: 06b by unit with sub-totals, the 18 columns, causes of delay, the year at the one-stop."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from app.adapters.table_files import TABLE_WRITERS
from app.cli.common import answer, json_option
from app.cli.home import opened_house
from app.cli.report_options import unit_and_period
from app.domain.closing import SumsBroken
from app.domain.periods import between
from app.domain.reports import RowsBy
from app.domain.table_reports import FORMS
from app.domain.vietnamese_format import number
from app.queries.report_scope import report_unit
from app.queries.table_reports import CountedTable, TableRow, table


@click.command("table")
@click.argument("form", type=click.Choice(list(FORMS)))
@unit_and_period
@click.option("--by", type=click.Choice([by.value for by in RowsBy]), default=RowsBy.UNIT.value, help="Rows.")
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="Write .csv or .xlsx.")
@json_option
def of_table(
    *, form: str, unit_code: str, descendants: bool, first_day: date, end_day: date, by: str, output: Path | None
) -> None:
    """Other forms: 06b, 18, delay, yearly. Refuses to print a table whose sums do not hold."""
    with opened_house() as house, house.reading() as session:
        unit = report_unit(session, unit_code, descendants=descendants)
        found = table(session, FORMS[form], unit, between(first_day, end_day), RowsBy(by))
        counted_at = house.clock.now()
    if not found.balances:
        raise SumsBroken(where="form")
    if output:
        writer = TABLE_WRITERS.get(output.suffix.lstrip("."))
        if writer is None:
            raise click.BadParameter("tên tệp phải kết thúc bằng .csv hoặc .xlsx", param_hint="--output")
        output.write_bytes(writer(found, counted_at))
    answer(document(found), _lines(found))


def document(found: CountedTable) -> dict[str, Any]:
    """Return the table in the shape of docs/schemas/report-table.schema.json."""
    return {
        "form": found.form.id,
        "title": found.form.title,
        "source": found.form.source,
        "unit": found.unit.code,
        "descendants": found.unit.descendants,
        "from": found.period.first_day,
        "to": found.period.end_day,
        "by": found.by,
        "columns": [{"id": column.id, "title": column.title} for column in found.form.columns],
        "rows": [_row(row) for row in found.rows],
        "subtotals": [_row(row) for row in found.subtotals],
        "total": dict(found.total.cells),
    }


def _row(row: TableRow) -> dict[str, Any]:
    return {"key": row.key, "label": row.label, "level": row.level, "cells": dict(row.cells)}


def _lines(found: CountedTable) -> list[str]:
    return [f"{column.title}: {number(found.total.cells[column.id])}" for column in found.form.columns]
