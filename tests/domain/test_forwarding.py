"""By when papers are handed on: a test for each clause, named after it; dated rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.channels import Channel
from app.domain.forwarding import FORWARD_TIMES, forward_due, time_on
from tests.core.days import DESK, SATURDAY_DESK, local


@pytest.mark.parametrize(
    ("received", "by"),
    [
        ("Monday 2026-11-23 07:30", "Monday 2026-11-23 17:00"),
        ("Monday 2026-11-23 12:10", "Monday 2026-11-23 17:00"),  # at lunch
        ("Monday 2026-11-23 15:00", "Monday 2026-11-23 17:00"),  # not after 15:00 yet
    ],
)
@pytest.mark.parametrize("channel", [Channel.DIRECT, Channel.POST])
def test_nd118_18_2_papers_received_until_fifteen_hours_go_the_same_day(channel, received, by):
    assert forward_due(channel, local(received), DESK) == local(by)


@pytest.mark.parametrize(
    ("received", "by"),
    [
        ("Thursday 2026-11-26 15:01", "Friday 2026-11-27 08:30"),
        ("Monday 2026-11-23 15:01", "Wednesday 2026-11-25 08:30"),  # the 24th is off
        ("Friday 2026-11-27 16:59", "Monday 2026-11-30 08:30"),
        ("Friday 2026-11-27 19:30", "Monday 2026-11-30 08:30"),  # entered after closing
        ("Thursday 2026-12-31 15:30", "Monday 2027-01-04 08:30"),
    ],
)
def test_nd118_18_2_papers_received_later_go_at_the_beginning_of_the_next_working_day(received, by):
    assert forward_due(Channel.DIRECT, local(received), DESK) == local(by)


def test_nd118_18_2_a_day_that_does_not_count_is_not_the_same_working_day():
    for received in ("Saturday 2026-11-28 08:00", "Sunday 2026-11-29 10:00"):
        assert forward_due(Channel.DIRECT, local(received), SATURDAY_DESK) == local("Monday 2026-11-30 08:30")


def test_nd118_18_2_data_go_at_once_and_have_no_papers_to_hand_on():
    assert forward_due(Channel.ONLINE, local("Monday 2026-11-23 08:30"), DESK) is None


def test_another_reading_or_another_text_is_another_row():
    whole_day = [replace(FORWARD_TIMES[0], morning_minutes=0)]
    received = local("Thursday 2026-11-26 15:01")
    assert forward_due(Channel.DIRECT, received, DESK, whole_day) == local("Friday 2026-11-27 17:00")
    later = replace(FORWARD_TIMES[0], cutoff=time(16, 0), effective_from=date(2027, 1, 1))
    rows = (later, *FORWARD_TIMES)
    at = local("Monday 2027-01-11 15:30")
    assert forward_due(Channel.DIRECT, at, DESK, rows) == local("Monday 2027-01-11 17:00")
    assert time_on(date(2026, 12, 31), rows) is FORWARD_TIMES[0]
    assert time_on(date(2000, 1, 1), rows) is FORWARD_TIMES[0]


@given(st.integers(0, 340 * 24 * 60), st.integers(0, 5000))
def test_who_comes_later_is_never_due_earlier(since_january, minutes):
    first = local("Monday 2026-01-05 00:00") + timedelta(minutes=since_january)
    earlier, later = (forward_due(Channel.POST, at, DESK) for at in (first, first + timedelta(minutes=minutes)))
    assert first < earlier <= later
