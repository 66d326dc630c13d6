"""Report day as tables: what is odd about numbers, which month is over, when lists are cleaned."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import report_day
from app.domain.figures import CELLS_06A
from app.domain.periods import report_month_of
from app.domain.report_cutoffs import Cutoff
from app.domain.report_day import is_cleaning, last_month, oddities


def cells(received: int = 0, **told: int) -> dict[str, int]:
    plain = {cell.id: 0 for cell in CELLS_06A}
    whole = {"received_total": received, "received_online": received, "pending_total": received}
    return plain | whole | {"pending_in_term": received} | told


@pytest.mark.parametrize(
    ("now", "before", "closed", "sent", "said"),
    [
        (cells(40), cells(40), None, None, []),
        (cells(40), None, None, None, []),
        (cells(0), cells(3), None, None, [report_day.ZERO]),
        (cells(0), cells(0), None, None, []),
        (cells(81), cells(40), None, None, [report_day.JUMPED]),
        (cells(80), cells(40), None, None, []),
        (cells(19), cells(40), None, None, [report_day.JUMPED]),
        (cells(9), cells(29), None, None, []),  # too few to speak of a jump
        (cells(40), None, 5, None, [report_day.OPENING]),
        (cells(40, carried_over=5, received_online=35), None, 5, None, []),
        (cells(40), None, None, cells(39), [report_day.CHANGED]),
        (cells(40, received_online=39), None, None, None, [report_day.SUMS]),
        (cells(40, pending_unknown=2, pending_in_term=38), None, None, None, [report_day.UNKNOWN]),
    ],
)
def test_what_is_odd(now, before, closed, sent, said):
    found = oddities(now, before, closed, sent)
    assert [odd.sentence for odd in found] == said
    assert not any("{" in odd.sentence.format(**odd.facts) for odd in found)


@pytest.mark.parametrize(
    ("today", "first"),
    [
        (date(2026, 11, 14), date(2026, 9, 15)),
        (date(2026, 11, 15), date(2026, 10, 15)),
        (date(2026, 1, 2), date(2025, 11, 15)),
    ],
)
def test_the_month_that_is_over(today, first):
    assert last_month(today).first_day == first


@pytest.mark.parametrize(("day", "cleans"), [(9, False), (10, True), (14, True), (15, False)])
def test_lists_are_cleaned_in_the_last_five_days(day, cleans):
    assert is_cleaning(date(2026, 11, day)) is cleans


CHANGED = (Cutoff(15, date(2000, 1, 1), "a"), Cutoff(1, date(2027, 1, 1), "b"))


@given(st.dates(date(2026, 6, 1), date(2027, 6, 1)))
def test_report_months_follow_each_other_over_a_change_of_the_cut_off_day(day: date) -> None:
    period = report_month_of(day, CHANGED)
    assert period.first_day <= day < period.end_day
    assert report_month_of(period.end_day, CHANGED).first_day == period.end_day


def test_a_month_ends_where_another_cut_off_day_takes_force() -> None:
    last, first = (report_month_of(day, CHANGED) for day in (date(2026, 12, 20), date(2027, 1, 1)))
    assert (last.first_day, last.end_day) == (date(2026, 12, 15), date(2027, 1, 1))
    assert (first.first_day, first.end_day) == (date(2027, 1, 1), date(2027, 2, 1))
