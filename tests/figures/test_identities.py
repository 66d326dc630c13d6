"""Whatever the facts say, the sums of form 06a hold, and every number is the length of its own list."""

from __future__ import annotations

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import inspect, select

from app.db.models import DossierFact, Unit
from app.domain.figure_book import FIGURES
from app.domain.figures import CELLS_06A, COUNTED
from app.domain.periods import Period, month, quarter
from app.domain.predicates import evaluate
from app.domain.rate_formulas import RATES
from app.domain.reports import RowsBy
from app.queries import figure_lists, figures
from app.queries.report_scope import report_unit
from tests.figures.histories import histories, published, rewrite
from tests.figures.plain_facts import fact

SMALL = settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
NOVEMBER = month(2026, 11)
PERIODS = (NOVEMBER, month(2026, 11, cutoff=15), quarter(2026, 4), Period(date(2026, 11, 20), date(2026, 11, 21)))
asked_units = st.sampled_from([("H98", False), ("H98", True), ("H98.1", False), ("H98.1", True), ("H98.2", False)])


@SMALL
@given(data=st.data())
def test_the_sums_of_06a_hold_for_any_history(house, world, data):
    rewrite(house, data.draw(histories(world)))
    code, descendants = data.draw(asked_units)
    period = data.draw(st.sampled_from(PERIODS))
    with house.reading() as session:
        unit = report_unit(session, code, descendants=descendants)
        by_field = figures.form06a(session, unit, period)
        by_procedure = figures.form06a(session, unit, period, by=RowsBy.PROCEDURE)
    assert by_field.balances
    assert by_procedure.balances
    assert by_field.total.cells == by_procedure.total.cells
    cells = by_field.total.cells
    assert cells["received_total"] == cells["resolved_total"] + cells["pending_total"]
    assert cells["received_total"] == cells["received_online"] + cells["received_direct_post"] + cells["carried_over"]


@SMALL
@given(data=st.data())
def test_each_number_is_what_python_counts_and_what_its_list_holds(house, world, data):
    rewrite(house, data.draw(histories(world)))
    figure = data.draw(st.sampled_from(list(FIGURES.values())))
    with house.reading() as session:
        unit = report_unit(session, "H98", descendants=True)
        listed = figure_lists.figure_list(session, unit, NOVEMBER, figure_lists.asked_for(figure.id))
        rows = list(figure_lists.every_dossier(session, unit, NOVEMBER, listed.asked))
        facts = [
            {column.key: getattr(fact, column.key) for column in inspect(DossierFact).columns}
            for fact in session.scalars(select(DossierFact))
        ]
    bounds, shown = NOVEMBER.bounds(), published(house)
    alive = [
        fact
        for fact in facts
        if fact["dossier_id"] in shown
        and fact["valid_from"] < NOVEMBER.end
        and (fact["valid_to"] is None or fact["valid_to"] >= NOVEMBER.end)
        and evaluate(COUNTED, fact, bounds)
        and evaluate(figure.counted, fact, bounds)
    ]
    assert listed.total == len(rows) == len(alive)
    if figure.distinct:
        assert listed.count == len({fact[figure.distinct] for fact in alive})
    else:
        assert listed.count == sum(fact[figure.weight] if figure.weight else 1 for fact in alive)
        assert listed.count == sum(row.amount for row in rows)


@SMALL
@given(data=st.data())
def test_units_add_up_and_every_cell_and_rate_opens_its_list(house, world, data):
    rewrite(house, data.draw(histories(world)))
    with house.reading() as session:
        whole = report_unit(session, "H98", descendants=True)
        total = figures.form06a(session, whole, NOVEMBER)
        parts = [
            figures.form06a(session, report_unit(session, code), NOVEMBER) for code in ("H98", "H98.1", "H98.2")
        ]
        for cell in CELLS_06A:
            assert total.total.cells[cell.id] == sum(part.total.cells[cell.id] for part in parts)
        for row in total.rows:
            cell = data.draw(st.sampled_from(CELLS_06A))
            asked = figure_lists.asked_for(cell.id, key=row.key)
            assert figure_lists.figure_list(session, whole, NOVEMBER, asked).total == row.cells[cell.id]
        found = figures.rates(session, whole, NOVEMBER)
        for rate in RATES:
            counts = found[rate.id].numerator, found[rate.id].denominator
            for part, count in zip((rate.numerator, rate.denominator), counts, strict=True):
                asked = figure_lists.asked_for(part.id)
                assert figure_lists.figure_list(session, whole, NOVEMBER, asked).count == count


def test_a_division_counts_with_its_authority_and_a_commune_does_not_count_with_its_province(house, world):
    with house.reading() as session:
        units = {code: report_unit(session, code) for code in session.scalars(select(Unit.code))}
    assert set(units) == {"H98", "H98.1", "H98.1.1", "H98.2"}
    places = zip(world.dossiers, world.units, strict=False)
    rewrite(house, [fact(world, dossier, settling_unit_id=unit) for dossier, unit in places])
    with house.reading() as session:
        received = {
            code: figures.form06a(session, unit, NOVEMBER).total.cells["received_total"] for code, unit in units.items()
        }
    assert received == {"H98": 1, "H98.1": 2, "H98.1.1": 1, "H98.2": 1}
