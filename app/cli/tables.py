"""`motcua report table`: the other forms, by unit with sub-totals or by field, procedure, channel, month."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from app.adapters.table_files import TABLE_WRITERS, linked_table
from app.adapters.table_print import printed_table
from app.cli.common import answer, json_option
from app.cli.home import opened_house
from app.cli.report_options import unit_and_period
from app.domain.closing import SumsBroken
from app.domain.figure_addresses import lists_of, page_of
from app.domain.periods import between
from app.domain.reports import MONTH, RowsBy
from app.domain.table_reports import FORMS
from app.domain.vietnamese_format import number, told_number
from app.queries.report_scope import report_unit
from app.queries.table_reports import CountedTable, TableRow, table, table_by_month
from app.wiring import House


@click.command("table")
@click.argument("form", type=click.Choice(list(FORMS)))
@unit_and_period
@click.option("--by", type=click.Choice([*(by.value for by in RowsBy), MONTH]), default=RowsBy.UNIT.value, help="Rows.")
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="Write .csv, .xlsx or .pdf.")
@json_option
def of_table(
    *, form: str, unit_code: str, descendants: bool, first_day: date, end_day: date, by: str, output: Path | None
) -> None:
    """Other forms; what is told of the cells stands beside them. Refuses to print a table whose sums do not hold."""
    with opened_house() as house:
        with house.reading() as session:
            unit = report_unit(session, unit_code, descendants=descendants)
            period = between(first_day, end_day)
            if by == MONTH:
                found = table_by_month(session, FORMS[form], unit, period)
            else:
                found = table(session, FORMS[form], unit, period, RowsBy(by))
        if not found.balances:
            raise SumsBroken(where="form")
        if output:
            output.write_bytes(_content(house, found, output.suffix.lstrip(".")))
    answer(document(found), _lines(found))


def _content(house: House, found: CountedTable, kind: str) -> bytes:
    base, at = house.settings.external_url, house.clock.now()
    opens = lists_of(base, found.unit, found.period, found.by)
    match kind:
        case "pdf":
            page = page_of(base, found.unit, found.period, found.by, found.form.id)
            return house.pdf.render(printed_table(found, at, preparer="", page=page, opens=opens))
        case "xlsx":
            return linked_table(found, at, opens)
        case "csv":
            return TABLE_WRITERS["csv"](found, at)
        case _:
            raise click.BadParameter("tên tệp phải kết thúc bằng .csv, .xlsx hoặc .pdf", param_hint="--output")


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
        "told_columns": [{"id": column.id, "title": column.title} for column in found.form.told],
        "readings": list(found.form.readings),
        "rows": [_row(row) for row in found.rows],
        "subtotals": [_row(row) for row in found.subtotals],
        "total": dict(found.total.cells),
        "told": _numbers(found.total),
    }


def _row(row: TableRow) -> dict[str, Any]:
    return {"key": row.key, "label": row.label, "level": row.level, "cells": dict(row.cells), "told": _numbers(row)}


def _numbers(row: TableRow) -> dict[str, float | None]:
    return {name: None if value is None else float(value) for name, value in row.told.items()}


def _lines(found: CountedTable) -> list[str]:
    counted = [f"{column.title}: {number(found.total.cells[column.id])}" for column in found.form.columns]
    told = [(column.title, found.total.told[column.id]) for column in found.form.told]
    return [*counted, *(f"{title}: {'–' if value is None else told_number(value)}" for title, value in told)]
