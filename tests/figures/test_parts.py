"""What is counted in parts is what is counted as a whole: every fact in one part, every answer the same."""

from __future__ import annotations

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from sqlalchemy import inspect, select

from app.db.models import DossierFact
from app.domain.figure_book import FIGURES
from app.domain.predicates import Settled, evaluate
from app.queries.report_scope import counted_facts, counted_parts, report_unit
from tests.figures.histories import histories, rewrite
from tests.figures.test_identities import PERIODS
from tests.figures.test_predicates import trees

SMALL = settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@SMALL
@given(data=st.data())
def test_every_counted_fact_is_in_one_part_and_all_that_is_settled_of_it_holds(house, world, data):
    rewrite(house, data.draw(histories(world)))
    period = data.draw(st.sampled_from(PERIODS))
    bounds = period.bounds()
    with house.reading() as session:
        unit = report_unit(session, "H98", descendants=True)
        whole = set(session.scalars(counted_facts(unit, period).with_only_columns(DossierFact.id)))
        found: list[int] = []
        for part in counted_parts(unit, period):
            for row in session.scalars(part.facts):
                found.append(row.id)
                told = {column.key: getattr(row, column.key) for column in inspect(DossierFact).columns}
                assert all(evaluate(one, told, bounds) for one in part.settled.held)
                assert not any(evaluate(one, told, bounds) for one in part.settled.denied)
                for figure in FIGURES.values():
                    left = part.settled.left_of(figure.counted)
                    assert evaluate(left, told, bounds) == evaluate(figure.counted, told, bounds)
    assert sorted(found) == sorted(whole)


@SMALL
@given(data=st.data())
def test_what_is_left_of_a_condition_answers_the_same_where_the_rest_is_settled(house, world, data):
    rewrite(house, data.draw(histories(world)))
    tree, known = data.draw(trees), data.draw(st.lists(trees, max_size=3))
    bounds = PERIODS[0].bounds()
    with house.reading() as session:
        rows = session.scalars(select(DossierFact)).all()
    assume(rows)
    told = {column.key: getattr(rows[0], column.key) for column in inspect(DossierFact).columns}
    settled = Settled(
        tuple(one for one in known if evaluate(one, told, bounds)),
        tuple(one for one in known if not evaluate(one, told, bounds)),
    )
    assert evaluate(settled.left_of(tree), told, bounds) == evaluate(tree, told, bounds)
