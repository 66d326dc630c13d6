"""`motcua report` and `motcua rates`: the figures of a unit and a period, as of the period's end."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from app.adapters.report_files import WRITERS, linked_06a
from app.cli.closing import close, closed_document, restatement
from app.cli.common import answer, as_json, json_option
from app.cli.home import opened_house
from app.cli.narrative import narrative
from app.cli.report_options import unit_and_period
from app.cli.tables import of_table
from app.domain.closing import FORMULA_VERSION
from app.domain.figure_addresses import lists_of, page_of
from app.domain.formula_data import read_formulas
from app.domain.formulas import Formula, in_force
from app.domain.periods import Period, between
from app.domain.rate_formulas import OTHER_READINGS, RATES
from app.domain.rates import Rate
from app.domain.reports import MONTH, Form06a, ReportUnit, RowsBy
from app.domain.vietnamese_format import number
from app.queries import figures
from app.queries.report_scope import report_unit
from app.queries.table_reports import rates_by, rates_by_month
from app.wiring import House

JSON, PDF = "json", "pdf"


@click.group()
def report() -> None:
    """Reports of a period: 06a and the other forms, in words, closed, what changed since."""


report.add_command(close)
report.add_command(restatement)
report.add_command(of_table)
report.add_command(narrative)


@report.command("06a")
@unit_and_period
@click.option("--format", "form", type=click.Choice([JSON, PDF, *WRITERS]), default=JSON)
@click.option("--by", type=click.Choice([by.value for by in RowsBy]), default=RowsBy.FIELD.value, help="Rows.")
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file.")
@json_option
def form_06a(
    *,
    unit_code: str,
    descendants: bool,
    first_day: date,
    end_day: date,
    form: str,
    by: str,
    output: Path | None,
) -> None:
    """Form II.06a: received, resolved, pending, by settling unit."""
    period = between(first_day, end_day)
    with opened_house() as house:
        with house.reading() as session:
            unit = report_unit(session, unit_code, descendants=descendants)
            counted = figures.form06a_on_paper(session, unit, period, by=RowsBy(by))
        _write(_content(house, counted, form), output)


@click.command()
@unit_and_period
@click.option("--by", type=click.Choice([*(by.value for by in RowsBy), MONTH]), help="The rates of each row too.")
@click.option("--readings", is_flag=True, help="The other readings of the law too.")
@click.option("--formulas", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="Count these formulas.")
@json_option
def rates(
    *,
    unit_code: str,
    descendants: bool,
    first_day: date,
    end_day: date,
    by: str | None,
    readings: bool,
    formulas: Path | None,
) -> None:
    """Online, digitization, payment and on-time rates."""
    period = between(first_day, end_day)
    book = _book(formulas, readings=readings)
    with opened_house() as house, house.reading() as session:
        unit = report_unit(session, unit_code, descendants=descendants)
        found = figures.rates(session, unit, period, in_force(book, first_day))
        rows = _rate_rows(session, unit, period, by, book) if by else None
    told: dict[str, Any] = {name: rate_document(rate) for name, rate in found.items()}
    answer(told if rows is None else {**told, "rows": rows}, _lines(found, book))


def _rate_rows(
    session: Any, unit: ReportUnit, period: Period, by: str, book: tuple[Formula, ...]
) -> list[dict[str, Any]]:
    if by == MONTH:
        months = rates_by_month(session, unit, period, book)
        found = [(f"{one.first_day:%Y-%m-%d}", one.title, rates) for one, rates in months]
    else:
        found = [(row.key, row.label, row.rates) for row in rates_by(session, unit, period, RowsBy(by), book)]
    return [
        {"key": key, "label": label, "rates": {name: rate_document(rate) for name, rate in rates.items()}}
        for key, label, rates in found
    ]


def document(form: Form06a) -> dict[str, Any]:
    """Return form 06a in the shape of docs/schemas/report-06a.schema.json."""
    return {
        "form": "06a",
        "unit": form.unit.code,
        "unit_name": form.unit.name,
        "descendants": form.unit.descendants,
        "from": form.period.first_day,
        "to": form.period.end_day,
        "frozen": form.closed is not None,
        "closed": closed_document(form.closed) if form.closed else None,
        "formula_version": form.closed.formula_version if form.closed else FORMULA_VERSION,
        "rows": [{form.by.value: row.label, "key": row.key, **row.cells} for row in form.rows],
        "total": dict(form.total.cells),
    }


def rate_document(rate: Rate) -> dict[str, Any]:
    """Return one rate: its two counts and, where there was something to count, the rate from 0 to 1."""
    return {"numerator": rate.numerator, "denominator": rate.denominator, "rate": rate.rate}


def _book(file: Path | None, *, readings: bool) -> tuple[Formula, ...]:
    """Return the formulas to count: the house's own, or those of a file (a text that is to come, a local figure)."""
    if file:
        return read_formulas(file.read_text(encoding="utf-8", errors="replace"))
    return (*RATES, *OTHER_READINGS) if readings else RATES


def _lines(found: dict[str, Rate], book: tuple[Formula, ...]) -> list[str]:
    titles = {rate.id: rate.title for rate in book}
    return [
        f"{titles[name]}: {number(rate.numerator)}/{number(rate.denominator)} = "
        + (f"{rate.percent} %" if rate.percent is not None else "không phát sinh")
        for name, rate in found.items()
    ]


def _content(house: House, counted: Form06a, form: str) -> bytes:
    if form == JSON:
        return f"{as_json(document(counted))}\n".encode()
    base, at = house.settings.external_url, house.clock.now()
    opens = lists_of(base, counted.unit, counted.period, counted.by)
    if form == PDF:
        page = page_of(base, counted.unit, counted.period, counted.by)
        return house.pdf.render(counted.printed(counted_at=at, page=page, opens=opens))
    return linked_06a(counted, at, opens) if form == "xlsx" else WRITERS[form](counted, at)


def _write(content: bytes, output: Path | None) -> None:
    if not output:
        click.echo(content, nl=False)
        return
    try:
        output.write_bytes(content)
    except OSError as wrong:
        raise click.BadParameter(f"không ghi được {output} ({wrong.strerror})", param_hint="--output") from wrong
