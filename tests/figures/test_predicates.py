"""One tree, two readers: Python's evaluation and SQL pick the same dossiers, whatever their facts say."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import inspect, select

from app.db.models import DossierFact
from app.db.predicates import condition
from app.domain.fact_kinds import FACTS
from app.domain.figure_book import FIGURES
from app.domain.periods import month
from app.domain.predicates import (
    Bound,
    Compare,
    Fact,
    Predicate,
    Sign,
    UnknownFact,
    and_,
    eq,
    evaluate,
    in_,
    known,
    lt,
    names_in,
    not_,
    or_,
)
from tests.figures.histories import histories, rewrite

BOUNDS = month(2026, 11).bounds()
INSTANTS = ("received_at", "ended_at", "due_at")
SMALL = settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])

leaves: st.SearchStrategy[Predicate] = st.one_of(
    st.builds(
        Compare,
        st.sampled_from(INSTANTS).map(Fact),
        st.sampled_from(Sign),
        st.sampled_from(INSTANTS).map(Fact) | st.sampled_from([Bound("start"), Bound("end")]),
    ),
    st.builds(eq, st.just(Fact("is_suspended")), st.booleans()),
    st.builds(eq, st.just(Fact("field")), st.sampled_from(["Hộ tịch", "=1+1"])),
    st.builds(lt, st.just(Fact("components_digitized")), st.just(Fact("components_due"))),
    st.sampled_from(INSTANTS).map(Fact).map(known),
    st.just(in_(Fact("channel"), 1, 3)),
    st.just(in_(Fact("channel"))),
)
trees = st.recursive(
    leaves,
    lambda part: st.one_of(
        part.map(not_),
        st.lists(part, max_size=3).map(lambda parts: and_(*parts)),
        st.lists(part, max_size=3).map(lambda parts: or_(*parts)),
    ),
    max_leaves=8,
)


@SMALL
@given(data=st.data())
def test_python_and_sql_pick_the_same_facts(house, world, data):
    rewrite(house, data.draw(histories(world)))
    tree = data.draw(trees)
    with house.reading() as session:
        rows = session.scalars(select(DossierFact)).all()
        by_sql = set(session.scalars(select(DossierFact.id).where(condition(tree, BOUNDS))))
    assert by_sql == {row.id for row in rows if evaluate(tree, _facts(row), BOUNDS)}


@pytest.mark.parametrize("figure", FIGURES.values(), ids=FIGURES.keys())
def test_every_figure_reads_facts_that_exist(figure):
    read = {*names_in(figure.counted), *(name for name in (figure.weight, figure.distinct) if name)}
    assert read <= set(FACTS)


def test_the_list_of_facts_is_the_table_of_facts():
    kept = {"id", "dossier_id", "valid_from", "valid_to", "recorded_at", "event_seq"}
    assert set(inspect(DossierFact).columns.keys()) - kept == set(FACTS)


@pytest.mark.parametrize(
    ("tree", "facts", "holds"),
    [
        (eq(Fact("a"), 1), {"a": None}, False),
        (not_(eq(Fact("a"), 1)), {"a": None}, True),
        (lt(Fact("a"), Fact("b")), {"a": 1, "b": None}, False),
        (not_(lt(Fact("a"), Fact("b"))), {"a": None, "b": None}, True),
        (in_(Fact("a"), 1, 2), {"a": None}, False),
        (known(Fact("a")), {"a": 0}, True),
        (and_(), {}, True),
        (or_(), {}, False),
    ],
)
def test_what_is_not_known_compares_false_and_nothing_else(tree, facts, holds):
    assert evaluate(tree, facts, {}) is holds


@pytest.mark.parametrize("tree", [known(Fact("no_such_fact")), lt(Fact("due_at"), Bound("no_such_bound"))])
def test_an_unknown_name_is_refused_by_both_readers(tree):
    with pytest.raises(UnknownFact):
        evaluate(tree, {"due_at": BOUNDS["end"]}, BOUNDS)
    with pytest.raises(UnknownFact):
        condition(tree, BOUNDS)


def _facts(row: DossierFact) -> dict[str, Any]:
    return {column.key: getattr(row, column.key) for column in inspect(DossierFact).columns}
