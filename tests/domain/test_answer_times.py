"""How soon a filing is answered and a supplement brought: a test for each clause, named after it; dated rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.domain.answer_times import ANSWER_TIMES, answer_due, is_returned_in_time, times_on
from app.domain.channels import Channel
from tests.core.days import DESK, day, local
from workflows.limits import TimeLimit


@pytest.mark.parametrize(
    ("filed", "by"),
    [
        ("Monday 2026-11-23 08:30", "Wednesday 2026-11-25 09:00"),  # 7.5 hours a day, the 24th is off
        ("Monday 2026-11-23 12:10", "Wednesday 2026-11-25 14:00"),  # at lunch: from reopening
        ("Saturday 2026-11-28 21:00", "Tuesday 2026-12-01 08:00"),
    ],
)
def test_nd118_17_2_an_online_filing_is_answered_within_eight_working_hours(filed, by):
    assert answer_due(Channel.ONLINE, local(filed), DESK) == local(by)


@pytest.mark.parametrize("channel", [Channel.DIRECT, Channel.POST])
def test_nd118_17_2_a_filing_on_paper_is_answered_within_one_working_day(channel):
    assert answer_due(channel, local("Monday 2026-11-23 08:30"), DESK) == local("Wednesday 2026-11-25 17:00")
    assert answer_due(channel, local("Friday 2026-11-27 16:55"), DESK) == local("Monday 2026-11-30 17:00")


def test_nd297_6_3_a_filing_of_the_last_hour_counts_from_the_next_day_where_a_row_says_so():
    """The decree binds its own group of procedures: no general row has it."""
    filed = local("Thursday 2026-11-26 16:30")
    last_hour = [replace(ANSWER_TIMES[0], closing_minutes=60)]
    assert answer_due(Channel.ONLINE, filed, DESK) == local("Friday 2026-11-27 17:00")
    assert answer_due(Channel.ONLINE, filed, DESK, last_hour) == local("Monday 2026-11-30 08:00")
    earlier = local("Thursday 2026-11-26 16:00")
    assert answer_due(Channel.ONLINE, earlier, DESK, last_hour) == answer_due(Channel.ONLINE, earlier, DESK)


def test_nd297_6_4_an_applicant_has_fifteen_working_days_by_default():
    times = times_on(day("Monday 2026-11-23"))
    assert times.supplement_days == 15
    assert DESK.add_working_days(day("Monday 2026-11-23"), times.supplement_days) == day("Tuesday 2026-12-15")


@pytest.mark.parametrize(
    ("asked", "in_time"),
    [("Thursday 2026-11-26 17:00", True), ("Friday 2026-11-27 23:59", True), ("Saturday 2026-11-28 00:00", False)],
)
def test_nd61_19_4_what_is_unfit_is_given_back_within_three_working_days(asked, in_time):
    started = local("Monday 2026-11-23 08:30")  # the 24th is off: Wednesday, Thursday, Friday
    assert is_returned_in_time(started, local(asked), DESK) is in_time


def test_another_text_is_another_row():
    later = replace(ANSWER_TIMES[0], online=TimeLimit.parse("4 working hours"), effective_from=date(2027, 3, 1))
    rows = (later, *ANSWER_TIMES)
    assert times_on(date(2027, 2, 28), rows).online == TimeLimit.parse("8 working hours")
    assert times_on(date(2027, 3, 1), rows) is later
    assert times_on(date(2000, 1, 1), rows) is ANSWER_TIMES[0]
