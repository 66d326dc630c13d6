"""`motcua report narrative`: the period's report in words, its figures filled in, as DOCX or on the terminal."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from app.adapters.narrative_docx import narrative_docx
from app.cli.common import answer, json_option
from app.cli.home import opened_house
from app.cli.report_options import unit_and_period
from app.domain.figure_addresses import page_of
from app.domain.narrative import sections
from app.domain.periods import between
from app.domain.reports import RowsBy
from app.queries.month_facts import month_facts
from app.queries.report_scope import report_unit


@click.command("narrative")
@unit_and_period
@click.option("--docx", type=click.Path(path_type=Path, dir_okay=False), help="Write the report to this .docx file.")
@json_option
def narrative(*, unit_code: str, descendants: bool, first_day: date, end_day: date, docx: Path | None) -> None:
    """The report in words with its figures filled in; what only people know is left to write."""
    period = between(first_day, end_day)
    with opened_house() as house:
        with house.reading() as session:
            unit = report_unit(session, unit_code, descendants=descendants)
            facts = month_facts(session, unit, period, page_of(house.settings.external_url, unit, period, RowsBy.FIELD))
        if docx:
            _write(narrative_docx(facts, house.clock.now()), docx)
    told = [{"title": one.title, "lines": list(one.lines), "to_write": one.to_write} for one in sections(facts)]
    document = {
        "unit": unit.code,
        "from": period.first_day,
        "to": period.end_day,
        "frozen": facts.form.closed is not None,
        "docx": str(docx) if docx else None,
        "sections": told,
    }
    answer(document, [line for one in sections(facts) for line in (one.title, *one.lines)])


def _write(content: bytes, docx: Path) -> None:
    if docx.suffix.lower() != ".docx":
        raise click.BadParameter("tên tệp phải kết thúc bằng .docx", param_hint="--docx")
    try:
        docx.write_bytes(content)
    except OSError as wrong:
        raise click.BadParameter(f"không ghi được {docx} ({wrong.strerror})", param_hint="--docx") from wrong
