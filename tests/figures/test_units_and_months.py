"""Many units in one query: each row says what the report of its unit says."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.figures import CELLS_06A
from app.domain.periods import month
from app.domain.rate_formulas import RATES
from app.queries import figures
from app.queries.report_scope import report_unit
from app.queries.unit_figures import by_unit
from tests.figures.histories import histories, rewrite

SMALL = settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
NOVEMBER = month(2026, 11)
ALL = (*CELLS_06A, *(part for rate in RATES for part in (rate.numerator, rate.denominator)))


@SMALL
@given(data=st.data())
def test_a_row_of_the_province_is_the_report_of_its_unit(house, world, data):
    rewrite(house, data.draw(histories(world)))
    with house.reading() as session:
        rows = by_unit(session, report_unit(session, "H98", descendants=True), NOVEMBER, ALL)
        for row in rows:
            unit = report_unit(session, row.code)
            form = figures.form06a(session, unit, NOVEMBER).total.cells
            assert {cell.id: row.counts[cell.id] for cell in CELLS_06A} == form
            found = figures.rates(session, unit, NOVEMBER)
            for rate in RATES:
                pair = row.counts[rate.numerator.id], row.counts[rate.denominator.id]
                assert pair == (found[rate.id].numerator, found[rate.id].denominator)
