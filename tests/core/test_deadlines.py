"""Due times, standing, consumed and remaining time: dated cases a clerk can check with a wall calendar."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.core.days import DAYS, DESK, YEARS, day, local
from workflows.calendar import DayEntry, DayKind, OpeningHours, WorkingCalendar
from workflows.deadlines import Standing, project
from workflows.errors import CalendarYearMissing, NaiveTime
from workflows.ledger import Effect, Extension, Ledger, Reading, Suspension
from workflows.limits import TimeLimit


def stop(start, end=None, ground="supplement", effect=Effect.RESTART):
    return Suspension(local(start), local(end) if end else None, ground, effect)


def projected(limit, received, *stops, at=None, **more):
    ledger = Ledger(local(received), stops, **more.pop("ledger", {}))
    seen = local(at) if at else max([ledger.started_at, *(one.end or one.start for one in stops)])
    return project(TimeLimit.parse(limit) if limit else None, ledger, DESK, at=seen, **more)


# ── Where a limit ends ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("received", "limit", "due"),
    [
        ("Monday 2026-04-20 09:00", "1 working day", "Tuesday 2026-04-21"),
        ("Monday 2026-04-20 16:59", "3 working days", "Thursday 2026-04-23"),
        ("Saturday 2026-11-21 08:00", "1 working day", "Monday 2026-11-23"),
        ("Thursday 2026-11-19 09:00", "5 working days", "Friday 2026-11-27"),  # 24 November is off
        ("Friday 2026-02-13 09:00", "5 working days", "Friday 2026-02-27"),  # Tết 16–20 February
        ("Thursday 2026-08-20 09:00", "3 working days", "Monday 2026-08-24"),  # Saturday 22 is worked
        ("Monday 2026-04-20 09:00", "5 days", "Saturday 2026-04-25"),  # rolls
        ("Monday 2026-04-20 09:00", "10 days", "Thursday 2026-04-30"),  # rolls
        ("Monday 2026-04-20 09:00", "3 days", "Thursday 2026-04-23"),
        ("Friday 2026-01-30 09:00", "1 month", "Saturday 2026-02-28"),  # no 30 February, then rolls
        ("Wednesday 2024-01-31 09:00", "1 month", "Thursday 2024-02-29"),  # leap year
        ("Thursday 2024-02-29 09:00", "12 months", "Friday 2025-02-28"),
        ("Monday 2026-08-31 09:00", "1 month", "Wednesday 2026-09-30"),
        ("Monday 2026-11-30 09:00", "3 months", "Sunday 2027-02-28"),  # over the year's end, rolls
    ],
)
def test_a_limit_by_day_ends_at_midnight_and_promises_closing_time(received, limit, due):
    rolled = DESK.roll_forward(day(due))
    projection = projected(limit, received)
    assert projection.due_day == rolled
    assert projection.due_at.date() == rolled + timedelta(days=1)
    assert f"{projection.due_at:%H:%M}" == "00:00"
    assert projection.promised_at == DESK.closing(rolled)


@pytest.mark.parametrize(
    ("received", "limit", "due", "promised"),
    [
        ("Monday 2026-04-20 09:00", "2 working hours", "Monday 2026-04-20 11:00", "Monday 2026-04-20 11:00"),
        ("Monday 2026-04-20 16:00", "8 working hours", "Tuesday 2026-04-21 16:30", "Tuesday 2026-04-21 16:30"),
        ("Monday 2026-04-20 11:50", "1 working hour", "Monday 2026-04-20 14:30", "Monday 2026-04-20 14:30"),
        ("Monday 2026-04-20 16:00", "24 hours", "Tuesday 2026-04-21 16:00", "Tuesday 2026-04-21 16:00"),
        ("Monday 2026-04-20 08:00", "12 hours", "Monday 2026-04-20 20:00", "Monday 2026-04-20 17:00"),
        ("Friday 2026-04-24 18:00", "2 hours", "Friday 2026-04-24 20:00", "Tuesday 2026-04-28 07:30"),
    ],
)
def test_a_limit_by_hour_ends_at_an_instant_and_promises_an_open_hour(received, limit, due, promised):
    projection = projected(limit, received)
    assert projection.due_at == local(due)
    assert projection.promised_at == local(promised)
    assert projection.due_day == local(due).date()


@pytest.mark.parametrize(
    ("received", "cutoff", "due"),
    [
        ("Monday 2026-04-20 07:00", None, "Monday 2026-04-20"),
        ("Monday 2026-04-20 15:00", None, "Monday 2026-04-20"),
        ("Monday 2026-04-20 15:01", None, "Tuesday 2026-04-21"),
        ("Monday 2026-04-20 14:01", "14:00", "Tuesday 2026-04-21"),
        ("Friday 2026-04-24 15:30", None, "Tuesday 2026-04-28"),
        ("Saturday 2026-11-21 08:00", None, "Monday 2026-11-23"),
        ("Saturday 2026-11-21 16:00", None, "Monday 2026-11-23"),
    ],
)
def test_a_same_day_result_has_a_cutoff(received, cutoff, due):
    at = local(received)
    projection = project(TimeLimit.parse("same day", cutoff=cutoff), Ledger(at), DESK, at=at)
    assert projection.due_day == day(due)


# ── What a suspension does ───────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("limit", "begun", "ended", "due"),
    [
        # Received Monday 2026-04-20 09:00. A working day is given back when its closing found the clock still.
        ("3 working days", "Tuesday 2026-04-21 10:00", "Wednesday 2026-04-22 10:00", "Friday 2026-04-24"),
        ("3 working days", "Tuesday 2026-04-21 10:00", "Tuesday 2026-04-21 16:00", "Thursday 2026-04-23"),
        ("3 working days", "Tuesday 2026-04-21 16:00", "Wednesday 2026-04-22 08:00", "Friday 2026-04-24"),
        # The first day is not counted: what stood still on it took nothing, and gives nothing back.
        ("3 working days", "Monday 2026-04-20 10:00", "Tuesday 2026-04-21 10:00", "Thursday 2026-04-23"),
        ("3 working days", "Monday 2026-04-20 16:00", "Monday 2026-04-20 18:00", "Thursday 2026-04-23"),
        ("3 working days", "Monday 2026-04-20 10:00", "Wednesday 2026-04-22 10:00", "Friday 2026-04-24"),
        ("7 days", "Monday 2026-04-20 10:00", "Wednesday 2026-04-22 10:00", "Tuesday 2026-04-28"),
        ("3 working days", "Tuesday 2026-04-21 00:00", "Thursday 2026-04-23 00:00", "Tuesday 2026-04-28"),
        ("3 working days", "Thursday 2026-04-23 18:00", "Wednesday 2026-04-29 10:00", "Wednesday 2026-04-29"),
        ("3 working days", "Thursday 2026-04-23 16:00", "Sunday 2026-04-26 20:00", "Tuesday 2026-04-28"),
        ("7 days", "Tuesday 2026-04-21 10:00", "Thursday 2026-04-23 10:00", "Wednesday 2026-04-29"),
        ("1 month", "Tuesday 2026-04-21 10:00", "Tuesday 2026-04-28 10:00", "Wednesday 2026-05-27"),
        ("same day", "Monday 2026-04-20 10:00", "Wednesday 2026-04-22 16:00", "Wednesday 2026-04-22"),
    ],
)
def test_days_on_which_the_clock_stood_are_given_back(limit, begun, ended, due):
    projection = projected(limit, "Monday 2026-04-20 09:00", stop(begun, ended))
    assert projection.due_day == day(due)


@pytest.mark.parametrize(
    ("limit", "begun", "ended", "due"),
    [
        ("8 working hours", "Monday 2026-04-20 10:00", "Tuesday 2026-04-21 10:00", "Wednesday 2026-04-22 09:30"),
        ("2 working hours", "Monday 2026-04-20 10:00", "Monday 2026-04-20 12:00", "Monday 2026-04-20 14:30"),
        ("24 hours", "Monday 2026-04-20 10:00", "Tuesday 2026-04-21 12:00", "Wednesday 2026-04-22 11:00"),
    ],
)
def test_minutes_in_which_the_clock_stood_are_given_back(limit, begun, ended, due):
    projection = projected(limit, "Monday 2026-04-20 09:00", stop(begun, ended))
    assert projection.due_at == local(due)


def test_stopping_within_a_day_and_again_adds_up():
    halves = (
        stop("Tuesday 2026-04-21 10:00", "Wednesday 2026-04-22 09:00"),
        stop("Wednesday 2026-04-22 09:00", "Friday 2026-04-24 09:00"),
    )
    whole = stop("Tuesday 2026-04-21 10:00", "Friday 2026-04-24 09:00")
    apart = projected("5 working days", "Monday 2026-04-20 09:00", *halves)
    assert apart.due_day == projected("5 working days", "Monday 2026-04-20 09:00", whole).due_day


def test_two_stops_that_touch_are_one_also_after_the_last_day_closed():
    """The last day's closing found the clock running: what stands still later only keeps the limit from ending."""
    halves = (
        stop("Thursday 2026-04-23 17:00", "Wednesday 2026-04-29 00:00"),
        stop("Wednesday 2026-04-29 00:00", "Wednesday 2026-04-29 17:00"),
    )
    whole = stop("Thursday 2026-04-23 17:00", "Wednesday 2026-04-29 17:00")
    for stops in (halves, (whole,)):
        projection = projected("3 working days", "Monday 2026-04-20 09:00", *stops)
        assert projection.due_day == day("Wednesday 2026-04-29")


@pytest.mark.parametrize(
    ("limit", "fixed", "begun", "ended"),
    [
        ("3 working days", "Sunday 2026-04-26 00:00", "Friday 2026-04-24 18:00", "Saturday 2026-04-25 10:00"),
        ("8 working hours", "Friday 2026-04-24 00:00", "Thursday 2026-04-23 12:00", "Thursday 2026-04-23 13:00"),
    ],
)
def test_a_due_fixed_outside_opening_hours_stays_where_nothing_of_it_stood_still(limit, fixed, begun, ended):
    kept = {"ledger": {"declared_due_at": local(fixed)}}
    projection = projected(limit, "Monday 2026-04-20 09:00", stop(begun, ended), **kept)
    assert projection.due_at == local(fixed)


def test_a_stop_after_expiry_moves_nothing_under_either_reading():
    late = stop("Friday 2026-04-24 09:00", "Monday 2026-05-04 09:00")
    for reading in Reading:
        projection = projected("3 working days", "Monday 2026-04-20 09:00", late, reading=reading)
        assert projection.due_day == day("Thursday 2026-04-23")
        assert projection.standing is Standing.OVERDUE


def test_an_open_stop_leaves_the_due_untold_and_says_what_it_would_be():
    projection = projected(
        "3 working days", "Monday 2026-04-20 09:00", stop("Tuesday 2026-04-21 10:00"), at="Thursday 2026-04-23 10:00"
    )
    assert (projection.due_day, projection.due_at, projection.promised_at) == (None, None, None)
    assert projection.if_resumed.due_day == day("Tuesday 2026-04-28")
    assert projection.standing is Standing.SUSPENDED
    assert projection.consumed_minutes == 150 + 210 + 150  # Monday from nine, Tuesday until ten
    assert projection.remaining_minutes == 90 + 210 + 450 + 450  # what Thursday at ten would leave


def test_a_dossier_that_ends_while_suspended_is_reckoned_to_its_end():
    projection = projected(
        "3 working days",
        "Monday 2026-04-20 09:00",
        stop("Tuesday 2026-04-21 10:00"),
        at="Monday 2026-05-25 09:00",
        ledger={"ended_at": local("Tuesday 2026-05-12 09:00")},
    )
    assert projection.standing is Standing.EARLY
    assert projection.due_day == day("Thursday 2026-05-14")
    assert projection.consumed_minutes == 510


# ── Standing ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("limit", "finished", "standing"),
    [
        # Received Monday 2026-04-20 09:00.
        ("3 working days", "Wednesday 2026-04-22 16:59", Standing.EARLY),
        ("3 working days", "Thursday 2026-04-23 00:00", Standing.ON_TIME),
        ("3 working days", "Thursday 2026-04-23 23:59", Standing.ON_TIME),
        ("3 working days", "Friday 2026-04-24 00:00", Standing.LATE),
        ("5 days", "Tuesday 2026-04-28 23:59", Standing.ON_TIME),  # Saturday 25 rolls over Monday 27
        ("2 working hours", "Monday 2026-04-20 10:59", Standing.EARLY),
        ("2 working hours", "Monday 2026-04-20 11:00", Standing.ON_TIME),
        ("2 working hours", "Monday 2026-04-20 11:01", Standing.LATE),
    ],
)
def test_standing_of_what_is_resolved(limit, finished, standing):
    projection = projected(limit, "Monday 2026-04-20 09:00", at=finished, ledger={"ended_at": local(finished)})
    assert projection.standing is standing


@pytest.mark.parametrize(
    ("limit", "at", "standing", "remaining"),
    [
        ("3 working days", "Monday 2026-04-20 09:00", Standing.IN_TERM, 360 + 3 * 450),
        ("3 working days", "Thursday 2026-04-23 23:59", Standing.IN_TERM, 0),
        ("3 working days", "Friday 2026-04-24 00:00", Standing.OVERDUE, 0),
        ("3 working days", "Friday 2026-04-24 17:00", Standing.OVERDUE, -450),
        ("2 working hours", "Monday 2026-04-20 11:00", Standing.IN_TERM, 0),
        ("2 working hours", "Monday 2026-04-20 11:01", Standing.OVERDUE, -1),
        ("24 hours", "Tuesday 2026-04-21 08:00", Standing.IN_TERM, 60),
    ],
)
def test_standing_and_minutes_left_of_what_is_open(limit, at, standing, remaining):
    projection = projected(limit, "Monday 2026-04-20 09:00", at=at)
    assert (projection.standing, projection.remaining_minutes) == (standing, remaining)


def test_a_past_instant_is_seen_with_the_due_known_then():
    whole = Ledger(local("Monday 2026-04-20 09:00"), (stop("Thursday 2026-04-23 10:00", "Wednesday 2026-04-29 10:00"),))
    limit, before = TimeLimit.parse("3 working days"), local("Wednesday 2026-04-22 12:00")
    assert project(limit, whole.as_of(before), DESK, at=before).due_day == day("Thursday 2026-04-23")
    assert project(limit, whole, DESK, at=before).due_day == day("Wednesday 2026-04-29")


def test_minutes_left_before_a_stop_that_is_already_recorded_leave_it_out():
    recorded = stop("Tuesday 2026-04-21 07:30", "Wednesday 2026-04-22 07:30")
    projection = projected("3 working days", "Monday 2026-04-20 09:00", recorded, at="Monday 2026-04-20 17:00")
    assert projection.due_day == day("Friday 2026-04-24")
    assert projection.remaining_minutes == 3 * 450


# ── Declared and extended ────────────────────────────────────────────────────────────────────────


def test_an_imported_due_time_is_kept():
    kept = {"ledger": {"declared_due_at": local("Wednesday 2026-05-06 16:00")}}
    projection = projected("3 working days", "Monday 2026-04-20 09:00", **kept)
    assert projection.due_day == day("Wednesday 2026-05-06")
    assert projection.promised_at == local("Wednesday 2026-05-06 16:00")
    exact = projected("2 working hours", "Monday 2026-04-20 09:00", ledger=dict(kept["ledger"]))
    assert exact.due_at == local("Wednesday 2026-05-06 16:00")


def test_an_imported_due_date_is_used_up_to_its_end():
    midnight = {"declared_due_at": local("Thursday 2026-05-07 00:00")}
    projection = projected(None, "Monday 2026-04-20 09:00", at="Wednesday 2026-05-06 23:00", ledger=midnight)
    assert projection.due_day == day("Wednesday 2026-05-06")
    assert projection.promised_at == local("Wednesday 2026-05-06 17:00")
    assert projection.standing is Standing.IN_TERM


def test_without_limit_and_due_the_standing_is_unknown():
    ended = {"ended_at": local("Tuesday 2026-04-21 09:00")}
    projection = projected(None, "Monday 2026-04-20 09:00", at="Tuesday 2026-04-21 09:00", ledger=ended)
    assert (projection.standing, projection.remaining_minutes) == (Standing.UNKNOWN, None)
    assert projection.consumed_minutes == 450


@pytest.mark.parametrize(
    ("stops", "due", "original"),
    [
        ((), "Thursday 2026-05-07", "Friday 2026-04-24"),
        # Ended before the new appointment: already in the old due, not added again.
        ((("Tuesday 2026-04-21 10:00", "Wednesday 2026-04-22 10:00"),), "Thursday 2026-05-07", "Tuesday 2026-04-28"),
        # After it: the new due moves.
        ((("Friday 2026-04-24 10:00", "Tuesday 2026-04-28 10:00"),), "Friday 2026-05-08", "Friday 2026-04-24"),
        # Across it: only what lies after the new appointment moves it.
        ((("Wednesday 2026-04-22 10:00", "Tuesday 2026-04-28 10:00"),), "Monday 2026-05-11", "Friday 2026-04-24"),
    ],
)
def test_a_new_appointment_replaces_the_due_and_keeps_the_old_one(stops, due, original):
    granted = Extension(local("Thursday 2026-04-23 09:00"), local("Friday 2026-05-08 00:00"), "chờ ý kiến")
    projection = projected(
        "4 working days",
        "Monday 2026-04-20 09:00",
        *(stop(*one) for one in stops),
        at="Wednesday 2026-04-29 09:00",
        ledger={"extension": granted},
    )
    assert projection.due_day == day(due)
    assert projection.original.due_day == day(original)


# ── Refused and told ─────────────────────────────────────────────────────────────────────────────


def test_a_due_beyond_the_calendar_names_the_missing_year():
    for limit in ("200 days", "200 working days", "9 months", "2000 working hours", "9000 hours"):
        with pytest.raises(CalendarYearMissing, match="2028"):
            projected(limit, "Tuesday 2027-06-15 09:00")
    with pytest.raises(CalendarYearMissing, match="2021"):
        projected("3 working days", "Tuesday 2021-06-15 09:00")


def test_a_stop_that_reaches_beyond_the_calendar_names_the_missing_year():
    for limit in ("3 working days", "3 days", "3 working hours"):
        with pytest.raises(CalendarYearMissing, match="2028"):
            projected(limit, "Monday 2027-12-20 09:00", stop("Monday 2027-12-20 10:00", "Monday 2028-01-10 09:00"))


def test_a_limit_over_before_the_calendars_first_opening_promises_that_opening():
    projection = projected("2 hours", "Saturday 2022-01-01 00:30")
    assert projection.promised_at == local("Tuesday 2022-01-04 07:30")  # 3 January stands for New Year's Day


def test_a_year_missing_on_the_way_is_named():
    desk = WorkingCalendar("Thiếu 2025", OpeningHours.office(), days=[], years=[2024, 2026])
    ledger = Ledger(local("Monday 2024-12-30 09:00"))
    with pytest.raises(CalendarYearMissing, match="2025"):
        project(TimeLimit.parse("1 working day"), ledger, desk, at=local("Monday 2026-01-05 09:00"))


def test_a_naive_moment_of_looking_is_refused():
    with pytest.raises(NaiveTime):
        project(
            TimeLimit.parse("1 working day"),
            Ledger(local("Monday 2026-04-20 09:00")),
            DESK,
            at=local("Monday 2026-04-20 09:00").replace(tzinfo=None),
        )


def test_a_due_that_rests_on_an_unconfirmed_day_says_so():
    expected = DayEntry(day("Tuesday 2026-11-24"), DayKind.HOLIDAY, "Ngày Văn hóa", "dự thảo", confirmed=False)
    known = [row for row in DAYS if row.day != expected.day]
    desk = WorkingCalendar("Dự kiến", OpeningHours.office(), days=[*known, expected], years=YEARS)
    ledger = Ledger(local("Thursday 2026-11-19 09:00"))
    seen = {"at": ledger.started_at}
    assert project(TimeLimit.parse("5 working days"), ledger, desk, **seen).unconfirmed == (expected.day,)
    assert project(TimeLimit.parse("2 working days"), ledger, desk, **seen).unconfirmed == ()
