"""One test for each clause of law that the clock carries out, named after it."""

from __future__ import annotations

import pytest

from tests.core.days import DESK, day, local
from workflows.deadlines import Standing, project
from workflows.errors import ExtensionNotLater, ExtensionTooLate, ExtensionTwice, RequirementNotMet
from workflows.extension import extended, is_a_day_before
from workflows.ledger import PAYMENT, SUPPLEMENT, Effect, Extension, Ledger, Reading, Suspension, effect_of
from workflows.limits import TimeLimit
from workflows.machine import advance
from workflows.readings import national_standing, readings
from workflows.states import Action, ActorKind, Requirement, State

THREE_DAYS = TimeLimit.parse("3 working days")
RECEIVED = local("Monday 2026-04-20 09:00")  # due Thursday 23, without anything else


def due(limit, received):
    at = local(received)
    return project(TimeLimit.parse(limit), Ledger(at), DESK, at=at)


def stop(start, end, ground=SUPPLEMENT):
    return Suspension(local(start), local(end) if end else None, ground, effect_of(ground))


# ── Civil Code 2015 (BLDS) ───────────────────────────────────────────────────────────────────────


def test_blds_147_1_hours_begin_at_the_moment_fixed():
    assert due("24 hours", "Monday 2026-04-20 10:17").due_at == local("Tuesday 2026-04-21 10:17")


def test_blds_147_2_the_first_day_is_not_counted():
    assert due("1 day", "Monday 2026-04-20 00:00").due_day == day("Tuesday 2026-04-21")
    assert due("1 working day", "Monday 2026-04-20 23:59").due_day == day("Tuesday 2026-04-21")


def test_blds_148_3_a_month_without_the_day_ends_on_its_last_day():
    assert due("1 month", "Saturday 2025-05-31 09:00").due_day == day("Monday 2025-06-30")
    assert due("1 month", "Monday 2022-01-31 09:00").due_day == day("Monday 2022-02-28")


def test_blds_148_5_a_limit_does_not_end_on_a_day_off():
    assert due("4 days", "Tuesday 2026-04-21 09:00").due_day == day("Tuesday 2026-04-28")  # Saturday 25, Giỗ Tổ after
    assert due("10 days", "Monday 2026-04-20 09:00").due_day == day("Monday 2026-05-04")  # 30 April


def test_blds_148_6_the_last_day_runs_to_its_midnight():
    assert due("1 day", "Monday 2026-04-20 09:00").due_at == local("Wednesday 2026-04-22 00:00")


# ── Labour Code 2019 (BLLĐ) and Resolution 28/2026/QH16 ──────────────────────────────────────────


def test_blld_111_3_a_holiday_on_a_weekend_gives_a_substitute_day():
    assert not DESK.is_working_day(day("Monday 2026-04-27"))  # Giỗ Tổ fell on Sunday 26


def test_blld_112_public_holidays_do_not_count():
    assert due("1 working day", "Wednesday 2026-04-29 09:00").due_day == day("Monday 2026-05-04")


def test_nq_28_2026_the_day_of_culture_is_off_from_2026_on():
    assert DESK.is_working_day(day("Monday 2025-11-24"))
    assert not DESK.is_working_day(day("Tuesday 2026-11-24"))
    assert due("1 working day", "Monday 2026-11-23 09:00").due_day == day("Wednesday 2026-11-25")


# ── Decree 118/2025, as amended by 309/2026 ──────────────────────────────────────────────────────


def test_nd118_17_3_regardless_of_boundary_the_clock_starts_at_the_competent_agency():
    helped, competent = local("Monday 2026-04-20 16:30"), local("Tuesday 2026-04-21 08:00")
    at_the_desk = project(THREE_DAYS, Ledger(helped), DESK, at=competent)
    assert at_the_desk.due_day == day("Thursday 2026-04-23")
    assert project(THREE_DAYS, Ledger(competent), DESK, at=competent).due_day == day("Friday 2026-04-24")


def test_nd118_18_2_after_fifteen_hours_the_next_working_day():
    assert due("same day", "Friday 2026-04-24 15:00").due_day == day("Friday 2026-04-24")
    assert due("same day", "Friday 2026-04-24 15:01").due_day == day("Tuesday 2026-04-28")


def test_nd118_18_2_is_no_rule_on_the_start_of_other_limits():
    assert due("1 working day", "Monday 2026-04-20 16:30").due_day == day("Tuesday 2026-04-21")


def test_nd118_11_officers_ask_for_a_supplement_once():
    met = {Requirement.ONE_COMPLETE_REQUEST}
    with pytest.raises(RequirementNotMet):
        advance(State.PROCESSING, Action.ASK_SUPPLEMENT, ActorKind.OFFICER, met)
    assert advance(State.PROCESSING, Action.ASK_SUPPLEMENT, ActorKind.OFFICER, met | {Requirement.FIRST_REQUEST})


def test_nd118_financial_duty_is_given_back_under_every_reading():
    ledger = Ledger(RECEIVED, (stop("Tuesday 2026-04-21 10:00", "Thursday 2026-04-23 10:00", PAYMENT),))
    both = readings(THREE_DAYS, ledger, DESK, at=local("Thursday 2026-04-23 10:00"))
    assert both.subtract.due_day == both.restart.due_day == day("Tuesday 2026-04-28")


@pytest.mark.parametrize("ground", ["verification", "consultation", "system_failure"])
def test_no_text_stops_the_clock_for_work_inside_the_administration(ground):
    assert effect_of(ground) is Effect.NONE
    ledger = Ledger(RECEIVED, (stop("Tuesday 2026-04-21 10:00", None, ground),))
    projection = project(THREE_DAYS, ledger, DESK, at=local("Friday 2026-04-24 09:00"))
    assert (projection.due_day, projection.standing) == (day("Thursday 2026-04-23"), Standing.OVERDUE)


# ── Decree 61/2018 against the national formula ──────────────────────────────────────────────────

SUPPLEMENTED = Ledger(RECEIVED, (stop("Wednesday 2026-04-22 10:00", "Wednesday 2026-04-29 10:00"),))


def test_nd61_19_4_the_limit_restarts_when_the_dossier_is_complete():
    restarted = project(THREE_DAYS, SUPPLEMENTED, DESK, at=local("Wednesday 2026-04-29 11:00"), reading=Reading.RESTART)
    assert restarted.due_day == day("Wednesday 2026-05-06")  # three full working days after 29 April
    assert restarted.consumed_minutes == 60


def test_national_formula_subtracts_the_time_of_the_supplement():
    both = readings(THREE_DAYS, SUPPLEMENTED, DESK, at=local("Wednesday 2026-04-29 11:00"))
    assert both.subtract.due_day == day("Monday 2026-05-04")  # closings of 22, 23, 24 and 28 April given back
    assert both.restart.due_day == day("Wednesday 2026-05-06")
    assert both.national is Standing.IN_TERM


def test_national_formula_counts_a_second_request_as_late():
    twice = Ledger(
        RECEIVED,
        (
            stop("Tuesday 2026-04-21 10:00", "Tuesday 2026-04-21 11:00"),
            stop("Wednesday 2026-04-22 10:00", "Wednesday 2026-04-22 11:00"),
        ),
        ended_at=local("Wednesday 2026-04-22 16:00"),
    )
    seen = {"at": local("Thursday 2026-04-23 09:00")}
    assert project(THREE_DAYS, twice, DESK, **seen).standing is Standing.EARLY
    assert national_standing(THREE_DAYS, twice, DESK, **seen) is Standing.LATE
    assert national_standing(THREE_DAYS, twice, DESK, at=local("Tuesday 2026-04-21 12:00")) is Standing.IN_TERM


@pytest.mark.parametrize(
    ("asked", "standing"),
    [
        ("Wednesday 2026-04-22 10:00", Standing.EARLY),
        ("Thursday 2026-04-23 16:00", Standing.ON_TIME),
        ("Friday 2026-04-24 09:00", Standing.LATE),
    ],
)
def test_national_formula_takes_an_unanswered_request_as_the_end(asked, standing):
    ledger = Ledger(RECEIVED, (stop(asked, None),))
    assert national_standing(THREE_DAYS, ledger, DESK, at=local("Monday 2026-05-25 09:00")) is standing


def test_nd61_19_9_a_new_appointment_is_made_a_day_before_expiry():
    projection = project(THREE_DAYS, Ledger(RECEIVED), DESK, at=RECEIVED)
    new_due = local("Wednesday 2026-04-29 00:00")
    assert is_a_day_before(projection, local("Wednesday 2026-04-22 23:59"))
    assert not is_a_day_before(projection, local("Thursday 2026-04-23 00:00"))
    with pytest.raises(ExtensionTooLate, match="chậm nhất 01 ngày trước khi hết hạn"):
        extended(Ledger(RECEIVED), projection, Extension(local("Thursday 2026-04-23 08:00"), new_due, "chờ ý kiến"))


def test_nd61_19_9_a_new_appointment_is_later_and_made_once():
    projection = project(THREE_DAYS, Ledger(RECEIVED), DESK, at=RECEIVED)
    asked = local("Tuesday 2026-04-21 09:00")
    with pytest.raises(ExtensionNotLater, match="phải sau ngày hẹn cũ thứ Năm, 23/04/2026"):
        extended(Ledger(RECEIVED), projection, Extension(asked, local("Thursday 2026-04-23 17:00"), "chờ ý kiến"))
    once = extended(
        Ledger(RECEIVED), projection, Extension(asked, local("Thursday 2026-04-30 00:00"), "chờ ý kiến")
    )
    seen = project(THREE_DAYS, once, DESK, at=asked)
    assert (seen.due_day, seen.original.due_day) == (day("Wednesday 2026-04-29"), day("Thursday 2026-04-23"))
    with pytest.raises(ExtensionTwice, match="chỉ cho hẹn lại một lần"):
        extended(once, seen, Extension(asked, local("Friday 2026-05-08 00:00"), "lần nữa"))


def test_nd61_19_9_a_clock_that_stands_still_is_extended_by_what_it_would_be():
    held = Ledger(RECEIVED, (stop("Tuesday 2026-04-21 10:00", None),))
    at = local("Wednesday 2026-04-22 09:00")
    projection = project(THREE_DAYS, held, DESK, at=at)
    later = extended(held, projection, Extension(at, local("Thursday 2026-05-07 00:00"), "chờ ý kiến"))
    assert project(THREE_DAYS, later, DESK, at=at).if_resumed.due_day == day("Wednesday 2026-05-06")
    unknown = project(None, Ledger(RECEIVED), DESK, at=at)
    with pytest.raises(ExtensionTooLate, match="chưa xác định"):
        extended(Ledger(RECEIVED), unknown, Extension(at, local("Thursday 2026-05-07 00:00"), "chờ ý kiến"))
