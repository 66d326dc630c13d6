"""Properties of the clock, against an independent slow reckoning and against itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core import slow
from tests.core.days import DESK
from workflows.calendar import VIETNAM
from workflows.deadlines import Standing, project
from workflows.ledger import Effect, Extension, Ledger, Reading, Suspension
from workflows.limits import LimitUnit, TimeLimit

FIRST = datetime(2025, 12, 20, tzinfo=VIETNAM)  # from here on: swaps, Tết, Giỗ Tổ, 30 April
instants = st.integers(0, 150 * 24 * 60).map(lambda minutes: FIRST + timedelta(minutes=minutes))
plain_units = st.sampled_from([unit for unit in LimitUnit if unit is not LimitUnit.MONTHS])
plain_limits = st.builds(TimeLimit, st.integers(1, 60), plain_units)
limits = st.one_of(plain_limits, st.builds(TimeLimit, st.integers(1, 9), st.just(LimitUnit.MONTHS)))
readings = st.sampled_from(Reading)
FEW = settings(max_examples=15)  # the slow reckoning walks minutes
SOME = settings(max_examples=40)


@st.composite
def histories(draw, longest_days=20):
    """A reception and up to four intervals after it that do not overlap."""
    received = draw(instants)
    marks = draw(st.lists(st.integers(0, longest_days * 24 * 60), min_size=0, max_size=8, unique=True))
    marks.sort()
    points = [received + timedelta(minutes=mark) for mark in marks]
    return received, list(zip(points[::2], points[1::2], strict=False))


def ledger_of(received, stops, effect=Effect.SUBTRACT, **more):
    return Ledger(received, tuple(Suspension(start, end, "supplement", effect) for start, end in stops), **more)


def due_of(limit, ledger, reading=Reading.SUBTRACT):
    return project(limit, ledger, DESK, at=ledger.started_at, reading=reading)


# ── Against the slow reckoning ───────────────────────────────────────────────────────────────────


@FEW
@given(instants, st.integers(1, 2000))
def test_working_minutes_agree_with_counting_them_one_by_one(start, minutes):
    end = slow.after_working_minutes(start, minutes)
    assert DESK.add_working_minutes(start, minutes) == end
    assert DESK.working_minutes_between(start, end) == minutes


@FEW
@given(histories(longest_days=6), st.integers(0, 6 * 24 * 60))
def test_consumed_minutes_are_the_open_minutes_in_which_the_clock_ran(history, later):
    received, stops = history
    at = received + timedelta(minutes=later)
    limit = TimeLimit(60, LimitUnit.WORKING_DAYS)
    stood = sum(slow.working_minutes(start, min(end, at)) for start, end in stops)
    consumed = project(limit, ledger_of(received, stops), DESK, at=at).consumed_minutes
    assert consumed == slow.working_minutes(received, at) - stood


EFFECTS = {"stop": Effect.SUBTRACT, "restart": Effect.RESTART, "nothing": Effect.NONE}


@st.composite
def entries(draw, started, longest_days):
    """Supplements, duties, work inside and at most one new appointment, at any minute, within a stop too."""
    marks = sorted(draw(st.lists(st.integers(0, longest_days * 24 * 60), max_size=8, unique=True)))
    at = [started + timedelta(minutes=mark) for mark in marks]
    found = [slow.Entry(draw(st.sampled_from(sorted(EFFECTS))), *pair) for pair in zip(at[::2], at[1::2], strict=False)]
    if draw(st.booleans()):
        when = started + timedelta(minutes=draw(st.integers(0, longest_days * 24 * 60)))
        days = timedelta(days=draw(st.integers(0, 2 * longest_days)))
        found.append(slow.Entry("extend", when, slow.midnight_after(when.date()) + days))
    return found


def ledger_with(started, found, **more):
    stops = [Suspension(one.start, one.end, "supplement", EFFECTS[one.what]) for one in found if one.what != "extend"]
    extended = [Extension(one.start, one.end, "chờ ý kiến") for one in found if one.what == "extend"]
    return Ledger(started, tuple(stops), extended[0] if extended else None, **more)


def read_as(reading, found):
    """Return the entries as a reading has them: under the one that subtracts nothing begins anew."""
    kept = {"restart": "restart" if reading is Reading.RESTART else "stop"}
    return [replace(one, what=kept.get(one.what, one.what)) for one in found]


def found_due(limit, projection):
    return projection.due_day if limit.is_by_day else projection.due_at


@pytest.mark.parametrize(
    ("unit", "most", "longest_days"),
    [
        (LimitUnit.WORKING_DAYS, 30, 20),
        (LimitUnit.DAYS, 45, 20),
        (LimitUnit.MONTHS, 2, 20),
        (LimitUnit.SAME_DAY, 1, 10),
        (LimitUnit.WORKING_HOURS, 16, 4),
        (LimitUnit.HOURS, 72, 4),
    ],
)
@settings(max_examples=30)
@given(st.data(), instants, readings)
def test_any_sequence_of_entries_agrees_with_the_slow_reckoning(unit, most, longest_days, data, started, reading):
    """In every unit, under both readings: the due, and the standing of a dossier that ends at any later minute.

    A corrected reception, and the later start of a dossier received regardless of boundary, move the beginning alone.
    """
    limit = TimeLimit(1 if unit is LimitUnit.SAME_DAY else data.draw(st.integers(1, most)), unit)
    found = data.draw(entries(started, longest_days))
    corrected = started - timedelta(minutes=data.draw(st.integers(0, 3 * 24 * 60)))
    for beginning in (started, corrected):
        due = slow.due_of(unit, limit.amount, beginning, read_as(reading, found))
        last = max([started, *(one.end for one in found if one.what != "extend")])
        ended = last + timedelta(minutes=data.draw(st.integers(0, longest_days * 24 * 60)))
        seen = project(limit, ledger_with(beginning, found, ended_at=ended), DESK, at=ended, reading=reading)
        assert found_due(limit, seen) == due
        there = ended.date() if limit.is_by_day else ended
        assert seen.standing is (
            Standing.ON_TIME if there == due else Standing.EARLY if there < due else Standing.LATE
        )


@SOME
@given(st.data(), instants, readings, st.sampled_from([LimitUnit.WORKING_DAYS, LimitUnit.DAYS, LimitUnit.SAME_DAY]))
def test_at_the_end_of_a_past_period_the_due_known_then_decides(data, started, reading, unit):
    """What came later is not known: a stop that had begun is open, a new appointment not made is not there."""
    limit = TimeLimit(1 if unit is LimitUnit.SAME_DAY else data.draw(st.integers(1, 20)), unit)
    found = data.draw(entries(started, 15))
    then = slow.midnight_after(started.date()) + timedelta(days=data.draw(st.integers(0, 30)))
    known = [replace(one, end=min(one.end, then)) if one.what != "extend" else one for one in found if one.start < then]
    begun = [one for one in found if one.start < then < one.end and one.what not in ("extend", "nothing")]
    seen = project(limit, ledger_with(started, found).as_of(then), DESK, at=then, reading=reading)
    if seen.standing is Standing.SUSPENDED:
        assert begun
        assert seen.due_day is None
    else:
        due = slow.due_of(unit, limit.amount, started, read_as(reading, known))
        assert seen.due_day == due
        assert seen.standing is (Standing.OVERDUE if due < then.date() else Standing.IN_TERM)


# ── Against itself ───────────────────────────────────────────────────────────────────────────────


@SOME
@given(limits, instants, st.integers(0, 10_000))
def test_received_later_is_never_due_earlier(limit, received, later):
    first = due_of(limit, Ledger(received))
    second = due_of(limit, Ledger(received + timedelta(minutes=later)))
    assert first.due_at <= second.due_at
    assert first.due_day <= second.due_day


@SOME
@given(limits, histories(), readings)
def test_one_unit_more_is_never_due_earlier(limit, history, reading):
    received, stops = history
    ledger = ledger_of(received, stops, Effect.RESTART)
    longer = TimeLimit(limit.amount + 1, limit.unit)
    # More time may let a stop count that came too late for the shorter limit; never the other way round.
    assert due_of(limit, ledger, reading).due_at <= due_of(longer, ledger, reading).due_at


@SOME
@given(limits, histories(), readings)
def test_a_stop_never_brings_the_due_forward_and_leaving_it_out_undoes_it(limit, history, reading):
    received, stops = history
    without = due_of(limit, Ledger(received), reading)
    one_by_one = without.due_at
    for count in range(1, len(stops) + 1):
        due = due_of(limit, ledger_of(received, stops[:count], Effect.RESTART), reading).due_at
        assert due >= one_by_one
        one_by_one = due
    assert due_of(limit, ledger_of(received, []), reading).due_at == without.due_at


@SOME
@given(plain_limits, histories())
def test_a_restart_is_never_due_before_the_time_given_back(limit, history):
    # Not so for months: two of them from 31 December end sooner than two from the 20th and eleven days more.
    received, stops = history
    ledger = ledger_of(received, stops, Effect.RESTART)
    assert due_of(limit, ledger, Reading.RESTART).due_at >= due_of(limit, ledger).due_at


@SOME
@given(limits, histories(), readings)
def test_a_ground_that_stops_nothing_changes_nothing(limit, history, reading):
    received, stops = history
    nothing = ledger_of(received, stops, Effect.NONE)
    at = received + timedelta(days=30)
    with_it = project(limit, nothing, DESK, at=at, reading=reading)
    assert with_it == project(limit, Ledger(received), DESK, at=at, reading=reading)


@SOME
@given(histories(), st.integers(1, 40))
def test_working_hours_are_consumed_to_the_minute_by_their_due(history, hours):
    received, stops = history
    limit, ledger = TimeLimit(hours, LimitUnit.WORKING_HOURS), ledger_of(received, stops)
    due_at = due_of(limit, ledger).due_at
    assert project(limit, ledger, DESK, at=due_at).consumed_minutes == hours * 60


@SOME
@given(limits, histories(), readings, st.integers(0, 60 * 24 * 60))
def test_the_trace_changes_nothing_and_adds_up(limit, history, reading, later):
    received, stops = history
    ledger = ledger_of(received, stops, Effect.RESTART)
    at = received + timedelta(minutes=later)
    plain = project(limit, ledger, DESK, at=at, reading=reading)
    told = project(limit, ledger, DESK, at=at, reading=reading, with_trace=True)
    assert (told.due_at, told.standing, told.consumed_minutes) == (plain.due_at, plain.standing, plain.consumed_minutes)
    assert told.trace[-1].end == told.due_at
    assert all(line.minutes >= 0 and line.start <= line.end for line in told.trace)


@SOME
@given(limits, histories(), readings, st.integers(0, 60 * 24 * 60))
def test_standing_is_what_comparing_with_the_due_says(limit, history, reading, later):
    received, stops = history
    last = max([received, *(end for _, end in stops)])
    ended = last + timedelta(minutes=later)
    projection = project(limit, ledger_of(received, stops, ended_at=ended), DESK, at=ended, reading=reading)
    if limit.is_by_day:
        expected = (projection.due_day - ended.date()).days
    else:
        expected = int((projection.due_at - ended).total_seconds())
    assert projection.standing is (
        Standing.ON_TIME if expected == 0 else Standing.EARLY if expected > 0 else Standing.LATE
    )


@SOME
@given(limits, histories(), st.integers(0, 20 * 24 * 60))
def test_resuming_now_gives_exactly_what_was_foretold(limit, history, waited):
    received, stops = history
    start = max([received, *(end for _, end in stops)])
    at = start + timedelta(minutes=waited + 1)
    held = Ledger(received, (*ledger_of(received, stops).suspensions, Suspension(start, None, "payment")))
    resumed = Ledger(received, (*ledger_of(received, stops).suspensions, Suspension(start, at, "payment")))
    foretold, told = project(limit, held, DESK, at=at), project(limit, resumed, DESK, at=at)
    if foretold.if_resumed is None:  # the limit was over before the stop: the clock never stood
        assert foretold.due_at == told.due_at
        assert foretold.standing is Standing.OVERDUE
    else:
        assert foretold.standing is Standing.SUSPENDED
        assert foretold.if_resumed.due_at == told.due_at
        assert foretold.remaining_minutes == told.remaining_minutes


@SOME
@given(limits, histories(), st.integers(1, 40 * 24 * 60))
def test_a_new_appointment_rules_until_something_moves_it(limit, history, days):
    received, _ = history
    old = due_of(limit, Ledger(received))
    granted = Extension(received, old.due_at + timedelta(minutes=days), "chờ ý kiến")
    projection = due_of(limit, Ledger(received, extension=granted))
    assert projection.due_at >= granted.new_due_at
    assert projection.due_day >= old.due_day
    assert projection.original.due_at == old.due_at


@SOME
@given(histories(), readings)
def test_the_past_is_seen_as_it_was_whatever_came_after(history, reading):
    received, stops = history
    limit = TimeLimit(10, LimitUnit.WORKING_DAYS)
    whole = ledger_of(received, stops, Effect.RESTART)
    for count, (start, _end) in enumerate(stops):
        just_before = start - timedelta(minutes=1)
        if just_before < received:
            continue
        known = ledger_of(received, stops[:count], Effect.RESTART)
        then = project(limit, whole.as_of(just_before), DESK, at=just_before, reading=reading)
        if all(end <= just_before for _, end in stops[:count]):
            assert then == project(limit, known, DESK, at=just_before, reading=reading)
