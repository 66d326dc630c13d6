"""Small numbers: published intervals recomputed, places that the numbers allow, counts that open figures withhold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.rates import Rate
from app.domain.statistics import percentile, ranking, wilson, withheld


@pytest.mark.parametrize(
    ("numerator", "denominator", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),  # Newcombe 1998, table I
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (29, 29, 0.8830, 1.0),
    ],
)
def test_the_interval_is_wilson_s(numerator, denominator, low, high):
    span = wilson(Rate(numerator, denominator))
    assert (round(span.low, 4), round(span.high, 4)) == (low, high)


def test_there_is_no_interval_of_nothing():
    with pytest.raises(ValueError, match="without cases"):
        wilson(Rate(0, 0))


def test_equal_rates_share_a_place_and_few_cases_have_none():
    places = ranking({"a": Rate(99, 100), "b": Rate(198, 200), "c": Rate(10, 100), "d": Rate(29, 29)})
    assert [(place.key, place.rank, place.best, place.worst) for place in places] == [
        ("b", 1, 1, 2),
        ("a", 1, 1, 2),
        ("c", 3, 3, 3),
    ]


@given(st.dictionaries(st.text(min_size=1), st.tuples(st.integers(0, 90), st.integers(0, 90)), max_size=12))
def test_a_place_lies_between_its_best_and_its_worst(pairs):
    for place in ranking({key: Rate(part, part + rest) for key, (part, rest) in pairs.items()}):
        assert 1 <= place.best <= place.rank <= place.worst


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ([], set()),
        ([0, 7, 12], set()),
        ([3, 7, 12], {0, 1}),  # alone it could be reckoned from the sum
        ([3, 2, 12], {0, 1}),
        ([3, 0, 12], {0, 1}),
        ([3], {0}),
    ],
)
def test_small_counts_are_withheld_and_never_one_alone(counts, hidden):
    assert withheld(counts) == hidden


@given(st.lists(st.integers(0, 40), min_size=2))
def test_what_is_told_never_gives_a_small_count_away(counts):
    hidden = withheld(counts)
    assert all(count == 0 or count >= 5 for place, count in enumerate(counts) if place not in hidden)
    assert len(hidden) != 1


@pytest.mark.parametrize(
    ("values", "share", "expected"), [([1, 2, 3, 4], 0.5, 2), ([1, 2, 3, 4], 0.9, 4), ([7], 0.1, 7)]
)
def test_percentiles_are_values_that_happened(values, share, expected):
    assert percentile(values, share) == expected
