"""Many units in one query, closed months remembered: both say what the report of each says."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.db.models import Dossier
from app.domain.figures import CELLS_06A
from app.domain.periods import month
from app.domain.rate_formulas import RATES
from app.queries import figures
from app.queries.figures import counts_of
from app.queries.month_memo import MonthMemo
from app.queries.report_scope import report_unit
from app.queries.unit_figures import by_unit
from tests.figures.histories import FIRST_DAY, SOMEBODY, histories, rewrite
from tests.figures.plain_facts import fact

SMALL = settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
LATER = datetime(2026, 12, 1, tzinfo=UTC)
NOVEMBER, OCTOBER = month(2026, 11), month(2026, 10)
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


def test_a_remembered_month_is_counted_anew_when_a_fact_of_its_time_arrives(house, world):
    publish_all(house)
    received = datetime(2026, 10, 5, tzinfo=UTC)
    memo, first = MonthMemo(), fact(world, world.dossiers[0], received_at=received)
    rewrite(house, [first])
    with house.reading() as session:
        unit = report_unit(session, "H98.1")
        assert memo.counts(session, unit, OCTOBER, ALL, at=LATER)["received_total"] == 1
        assert memo.counts(session, unit, OCTOBER, ALL, at=LATER) == counts_of(session, unit, OCTOBER, ALL)
    rewrite(house, [first, fact(world, world.dossiers[1], received_at=received)])
    with house.reading() as session:
        assert memo.counts(session, unit, OCTOBER, ALL, at=LATER)["received_total"] == 2


def test_a_month_that_runs_is_never_remembered(house, world):
    memo, at = MonthMemo(), datetime(2026, 11, 20, tzinfo=UTC)
    rewrite(house, [fact(world, world.dossiers[0])])
    with house.reading() as session:
        unit = report_unit(session, "H98.1")
        assert memo.counts(session, unit, NOVEMBER, ALL, at=at)["received_total"] == 1
    rewrite(house, [])
    with house.reading() as session:
        assert memo.counts(session, unit, NOVEMBER, ALL, at=at)["received_total"] == 0


def publish_all(house) -> None:
    """An import that waits keeps months from being remembered; end it."""
    with house.unit_of_work() as uow:
        for dossier in uow.session.scalars(select(Dossier).where(~Dossier.is_published)):
            dossier.is_published = True
            uow.record("dossier:imported", dossier, SOMEBODY, FIRST_DAY)
