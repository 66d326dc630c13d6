"""Periods are half-open days in Vietnam; a rate of nothing is no rate."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.periods import Period, PeriodEmpty, PeriodOutOfRange, between, month, month_of, quarter, year
from app.domain.rates import Rate


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        (month(2026, 11), "2026-11-01", "2026-11-30"),
        (month(2026, 2), "2026-02-01", "2026-02-28"),
        (month(2026, 12), "2026-12-01", "2026-12-31"),
        (month(2026, 11, cutoff=15), "2026-10-15", "2026-11-14"),
        (month(2027, 1, cutoff=15), "2026-12-15", "2027-01-14"),
        (quarter(2026, 4), "2026-10-01", "2026-12-31"),
        (quarter(2026, 1, cutoff=15), "2025-12-15", "2026-03-14"),
        (quarter(2026, 2, cutoff=15), "2026-03-15", "2026-06-14"),
        (year(2026), "2026-01-01", "2026-12-31"),
        (year(2026, cutoff=15), "2025-12-15", "2026-12-14"),
        (month_of(date(2026, 11, 14), cutoff=15), "2026-10-15", "2026-11-14"),
        (month_of(date(2026, 11, 15), cutoff=15), "2026-11-15", "2026-12-14"),
        (month_of(date(2026, 12, 31)), "2026-12-01", "2026-12-31"),
    ],
)
def test_named_periods(period, first, last):
    assert (f"{period.first_day}", f"{period.last_day}") == (first, last)


@pytest.mark.parametrize(
    ("first", "end", "name"),
    [
        ("2026-11-01", "2026-12-01", "tháng 11/2026"),
        ("2026-10-15", "2026-11-15", "tháng 11/2026"),
        ("2026-12-15", "2027-01-15", "tháng 1/2027"),
        ("2026-10-01", "2027-01-01", "quý IV/2026"),
        ("2026-01-01", "2027-01-01", "năm 2026"),
        ("2025-12-15", "2026-12-15", "năm 2026"),
        ("2026-11-03", "2026-11-10", ""),
    ],
)
def test_days_are_recognised_as_a_named_period(first, end, name):
    assert between(date.fromisoformat(first), date.fromisoformat(end)).name == name


def test_a_day_begins_at_midnight_in_vietnam():
    day = Period(date(2026, 11, 22), date(2026, 11, 23))
    assert day.start == datetime(2026, 11, 21, 17, tzinfo=UTC)
    assert day.end == datetime(2026, 11, 22, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "known_until"),
    [
        (datetime(2026, 10, 31, tzinfo=UTC), datetime(2026, 11, 30, 17, tzinfo=UTC)),  # not begun: as asked
        (datetime(2026, 11, 20, tzinfo=UTC), datetime(2026, 11, 20, 0, 0, 0, 1, tzinfo=UTC)),
        (datetime(2026, 12, 20, tzinfo=UTC), datetime(2026, 11, 30, 17, tzinfo=UTC)),
    ],
)
def test_a_board_tells_a_running_period_up_to_now(at, known_until):
    seen = month(2026, 11).seen(at)
    assert seen.end == known_until
    assert f"{seen.last_day}" == "2026-11-30"


@pytest.mark.parametrize(
    ("today", "last_day"),
    [
        (date(2026, 10, 31), date(2026, 11, 30)),  # not begun: as asked
        (date(2026, 11, 20), date(2026, 11, 20)),
        (date(2026, 11, 30), date(2026, 11, 30)),
        (date(2026, 12, 20), date(2026, 11, 30)),
    ],
)
def test_a_running_period_can_be_asked_for_up_to_today(today, last_day):
    assert month(2026, 11).up_to(today).last_day == last_day


@given(st.dates(date(2001, 1, 1), date(2090, 1, 1)), st.integers(1, 28))
def test_months_follow_each_other_without_gap_and_hold_their_days(day, cutoff):
    period = month_of(day, cutoff)
    assert period.first_day <= day < period.end_day
    assert month_of(period.end_day, cutoff).first_day == period.end_day


@pytest.mark.parametrize("end", [date(2026, 11, 1), date(2026, 10, 1)])
def test_a_period_without_days_is_refused(end):
    with pytest.raises(PeriodEmpty, match="không có ngày nào"):
        Period(date(2026, 11, 1), end)


@pytest.mark.parametrize("asked", [lambda: month(2026, 13), lambda: quarter(2026, 5), lambda: year(1990),
                                   lambda: month(2026, 1, cutoff=31)])  # fmt: skip
def test_a_period_that_cannot_be_is_refused(asked):
    with pytest.raises(PeriodOutOfRange):
        asked()


@pytest.mark.parametrize(
    ("rate", "value", "percent"),
    [
        (Rate(0, 0), None, None),
        (Rate(0, 7), 0.0, "0,00"),
        (Rate(7, 7), 1.0, "100,00"),
        (Rate(1, 3), 1 / 3, "33,33"),
        (Rate(2, 3), 2 / 3, "66,67"),
        (Rate(1, 16), 0.0625, "6,25"),
        (Rate(1, 1600), 1 / 1600, "0,06"),
    ],
)
def test_a_rate_keeps_its_counts(rate, value, percent):
    assert (rate.rate, rate.percent) == (value, percent)


@pytest.mark.parametrize("counts", [(2, 1), (-1, 1), (1, 0)])
def test_a_part_is_never_more_than_the_whole(counts):
    with pytest.raises(ValueError, match="a part of"):
        Rate(*counts)


def test_rates_add_up_by_their_counts():
    assert Rate(1, 2) + Rate(3, 4) == Rate(4, 6)
