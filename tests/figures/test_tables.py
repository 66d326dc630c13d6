"""The other forms and the rates by row: parts add up to wholes, units to the province, months to the quarter."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import jsonschema
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.cli.main import run
from app.domain.periods import month, months_in, quarter
from app.domain.rate_formulas import RATES
from app.domain.reports import RowsBy
from app.domain.table_reports import FORMS
from app.queries import figure_lists, figures
from app.queries.report_scope import report_unit
from app.queries.table_reports import rates_by, rates_by_month, table
from tests.figures.histories import histories, rewrite
from tests.figures.plain_facts import fact

SMALL = settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
NOVEMBER, FOURTH = month(2026, 11), quarter(2026, 4)
# Counted by reception in the period: these add up over months; settled ones carry over from month to month.
BY_RECEPTION = ("online_submission", "online_submission_without_assisted")


@SMALL
@given(data=st.data())
def test_the_sums_of_every_form_hold_and_each_cell_opens_its_list(house, world, data):
    rewrite(house, data.draw(histories(world)))
    form, by = data.draw(st.sampled_from(list(FORMS.values()))), data.draw(st.sampled_from(RowsBy))
    with house.reading() as session:
        whole = report_unit(session, "H98", descendants=True)
        found = table(session, form, whole, NOVEMBER, by)
        assert found.balances, form.id
        for row in found.rows:
            column = data.draw(st.sampled_from(form.columns))
            asked = figure_lists.asked_for(column.id, by=by, key=row.key)
            assert figure_lists.figure_list(session, whole, NOVEMBER, asked).total == row.cells[column.id]
        if by is RowsBy.UNIT:
            for column in form.columns:
                assert sum(one.cells[column.id] for one in found.subtotals) == found.total.cells[column.id]


@SMALL
@given(data=st.data())
def test_rates_by_row_add_up_to_the_rate_of_the_whole(house, world, data):
    rewrite(house, data.draw(histories(world)))
    by = data.draw(st.sampled_from(RowsBy))
    with house.reading() as session:
        whole = report_unit(session, "H98", descendants=True)
        told = figures.rates(session, whole, NOVEMBER)
        rows = rates_by(session, whole, NOVEMBER, by, RATES)
    for name, rate in told.items():
        parts = [row.rates[name] for row in rows]
        counts = sum(one.numerator for one in parts), sum(one.denominator for one in parts)
        assert counts == (rate.numerator, rate.denominator)


def test_months_add_up_to_the_quarter(house, world):
    days = ("2026-10-05", "2026-10-31", "2026-11-01", "2026-12-31")
    rows = [
        fact(world, dossier, channel=1 + place % 2, received_at=_noon(day))
        for place, (dossier, day) in enumerate(zip(world.dossiers, days, strict=False))
    ]
    rewrite(house, rows)
    assert [one.title for one in months_in(FOURTH)] == ["tháng 10/2026", "tháng 11/2026", "tháng 12/2026"]
    with house.reading() as session:
        unit = report_unit(session, "H98", descendants=True)
        months = rates_by_month(session, unit, FOURTH, RATES)
        whole = figures.rates(session, unit, FOURTH)
        received = [figures.form06a(session, unit, one).total.cells for one, _ in months]
        opening = figures.form06a(session, unit, FOURTH).total.cells["carried_over"]
    for name in BY_RECEPTION:
        assert sum(told[name].denominator for _, told in months) == whole[name].denominator == 4
        assert sum(told[name].numerator for _, told in months) == whole[name].numerator == 2
    assert opening == received[0]["carried_over"]  # a quarter opens with its first month, never with a sum


def test_the_command_answers_by_its_schema_and_writes_the_file(house, world, tmp_path, capsys):
    rewrite(house, [fact(world, dossier) for dossier in world.dossiers])
    schema = schema_of("report-table")
    days = ("--unit", "H98", "--descendants", "--from", "2026-11-01", "--to", "2026-12-01", "--json")
    for form in FORMS:
        file = tmp_path / f"{form}.xlsx"
        assert run(["report", "table", form, *days, "--output", str(file)]) == 0
        jsonschema.validate(json.loads(capsys.readouterr().out), schema)
        assert file.read_bytes().startswith(b"PK")
    rates_schema = schema_of("rates")
    for by in ("unit", "field", "procedure", "channel", "month"):
        assert run(["rates", *days, "--by", by]) == 0
        document = json.loads(capsys.readouterr().out)
        jsonschema.validate(document, rates_schema)
        assert document["rows"]


def _noon(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T12:00+07:00")


def schema_of(name: str) -> dict:
    return json.loads((Path(__file__).parents[2] / f"docs/schemas/{name}.schema.json").read_text(encoding="utf-8"))
