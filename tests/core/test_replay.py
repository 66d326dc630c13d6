"""Replaying finished dossiers: the shortest limit that holds is exactly the one at which lateness ends."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.days import DESK, local
from tests.core.test_properties import SOME, histories, instants, ledger_of, limits
from workflows.deadlines import Standing, project
from workflows.instants import minute_of
from workflows.ledger import Effect, Extension, Ledger
from workflows.limits import LimitUnit, TimeLimit
from workflows.replay import Replay, Replayed


@pytest.mark.parametrize(
    ("limit", "received", "ended", "enough", "late_days"),
    [
        ("3 working days", "Monday 2026-11-02 09:00", "Thursday 2026-11-05 16:00", 3, None),
        ("3 working days", "Monday 2026-11-02 09:00", "Friday 2026-11-06 08:00", 4, 1),
        ("3 working days", "Monday 2026-11-02 09:00", "Saturday 2026-11-07 10:00", 5, 1),
        ("3 working days", "Friday 2026-11-20 16:00", "Thursday 2026-11-26 09:00", 3, None),  # 24/11 is a day off
        ("same day", "Monday 2026-11-02 14:00", "Monday 2026-11-02 16:00", 0, None),
        ("same day", "Monday 2026-11-02 15:30", "Tuesday 2026-11-03 09:00", 0, None),  # after the cut-off
        ("same day", "Monday 2026-11-02 09:00", "Tuesday 2026-11-03 09:00", 1, 1),
        ("4 working hours", "Monday 2026-11-02 08:00", "Monday 2026-11-02 16:00", 6, 0),
        ("4 hours", "Monday 2026-11-02 08:00", "Monday 2026-11-02 12:00", 4, None),
        ("5 days", "Monday 2026-11-02 08:00", "Monday 2026-11-09 12:00", 5, None),  # 7/11 is a Saturday: rolls
        ("4 days", "Monday 2026-11-02 08:00", "Monday 2026-11-09 12:00", 5, 1),
        ("1 month", "Saturday 2026-01-31 08:00", "Monday 2026-03-02 10:00", 1, None),  # 28/02 is a Saturday
    ],
)
def test_dated_cases(limit, received, ended, enough, late_days):
    replay = Replay(TimeLimit.parse(limit), DESK)
    start, end = local(received), local(ended)
    assert replay.plain(minute_of(start), minute_of(end)) == Replayed(enough, late_days)
    assert replay.of_ledger(Ledger(start, ended_at=end)) == Replayed(enough, late_days)


@SOME
@given(limits, histories(), st.integers(0, 40 * 24 * 60), st.sampled_from([Effect.SUBTRACT, Effect.NONE]))
def test_late_means_what_the_clock_says_and_enough_is_the_least_that_is_in_time(limit, history, later, effect):
    received, stops = history
    end = max([received, *(stop for _, stop in stops)]) + timedelta(minutes=later)
    ledger = ledger_of(received, stops, effect, ended_at=end)
    found = Replay(limit, DESK).of_ledger(ledger)
    assert (found.late_days is not None) == (standing(limit, ledger) is Standing.LATE)
    if limit.unit is LimitUnit.SAME_DAY:
        return
    assert (found.late_days is not None) == (found.enough > limit.amount)
    assert standing(TimeLimit(found.enough, limit.unit), ledger) is not Standing.LATE
    if found.enough > 1:
        assert standing(TimeLimit(found.enough - 1, limit.unit), ledger) is Standing.LATE


@SOME
@given(limits, instants, st.integers(0, 60 * 24 * 60))
def test_without_stops_both_ways_say_the_same(limit, received, used):
    end = received + timedelta(minutes=used)
    replay = Replay(limit, DESK)
    assert replay.plain(minute_of(received), minute_of(end)) == replay.of_ledger(Ledger(received, ended_at=end))


def test_a_declared_due_time_belongs_to_the_old_limit():
    received, end = local("Monday 2026-11-02 09:00"), local("Friday 2026-11-06 10:00")
    declared = Ledger(received, ended_at=end, declared_due_at=local("Friday 2026-11-13 00:00"))
    assert Replay(TimeLimit.parse("2 working days"), DESK).of_ledger(declared).late_days == 2


@pytest.mark.parametrize(("limit", "late_days"), [("5 working days", None), ("3 working days", 4)])
def test_a_new_appointment_counts_where_it_came_in_time(limit, late_days):
    """Made on Friday the 6th: in time for a due day on Monday the 9th, not for one on Thursday the 5th."""
    received, end = local("Monday 2026-11-02 09:00"), local("Wednesday 2026-11-11 10:00")
    extended = Extension(local("Friday 2026-11-06 09:00"), local("Friday 2026-11-13 00:00"), "chờ xác minh")
    ledger = Ledger(received, extension=extended, ended_at=end)
    assert Replay(TimeLimit.parse(limit), DESK).of_ledger(ledger).late_days == late_days


def test_an_open_dossier_cannot_be_replayed():
    with pytest.raises(ValueError, match="has not ended"):
        Replay(TimeLimit.parse("2 days"), DESK).of_ledger(Ledger(local("Monday 2026-11-02 09:00")))


def standing(limit, ledger):
    return project(limit, ledger, DESK, at=ledger.ended_at).standing
