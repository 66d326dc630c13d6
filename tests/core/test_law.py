"""One test for each clause of law that the clock carries out, named after it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.core.days import DESK, SATURDAY_DESK, day, local
from workflows.deadlines import Standing, project
from workflows.errors import (
    ExtensionNotLater,
    LimitLongerThanLaw,
    RequirementNotMet,
    StepsTooLong,
)
from workflows.extension import appointment, due_to_extend, met
from workflows.first_day import FIRST_DAYS, FirstDay
from workflows.ledger import PAYMENT, SUPPLEMENT, Effect, Extension, Ledger, Reading, Suspension, effect_of
from workflows.limits import TimeLimit, check_committed, written_minutes
from workflows.machine import advance
from workflows.readings import national_standing, readings
from workflows.states import Action, ActorKind, ClockEffect, Requirement, State
from workflows.steps import Step, check_steps, opening_minutes
from workflows.table import TRANSITIONS

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


def test_blds_147_2_what_stands_still_on_the_first_day_takes_nothing():
    held = Ledger(RECEIVED, (stop("Monday 2026-04-20 10:00", "Tuesday 2026-04-21 10:00", PAYMENT),))
    assert project(THREE_DAYS, held, DESK, at=local("Tuesday 2026-04-21 10:00")).due_day == day("Thursday 2026-04-23")
    longer = Ledger(RECEIVED, (stop("Monday 2026-04-20 10:00", "Wednesday 2026-04-22 10:00", PAYMENT),))
    assert project(THREE_DAYS, longer, DESK, at=local("Wednesday 2026-04-22 10:00")).due_day == day("Friday 2026-04-24")


def test_blds_147_2_read_otherwise_the_first_day_is_given_back_too():
    """A dated row decides; the other reading stands beside. Only stops over the first closing tell them apart."""
    still = (  # what stood still, whether it touched the first closing, and the due under both readings
        ("Monday 2026-04-20 10:00", "Tuesday 2026-04-21 10:00", "Thursday 2026-04-23", "Friday 2026-04-24"),
        ("Monday 2026-04-20 10:00", "Wednesday 2026-04-22 10:00", "Friday 2026-04-24", "Tuesday 2026-04-28"),
        ("Monday 2026-04-20 10:00", "Monday 2026-04-20 16:00", "Thursday 2026-04-23", "Thursday 2026-04-23"),
        ("Tuesday 2026-04-21 10:00", "Wednesday 2026-04-22 10:00", "Friday 2026-04-24", "Friday 2026-04-24"),
    )
    for start, end, chosen, other in still:
        ledger = Ledger(RECEIVED, (stop(start, end, PAYMENT),))
        seen = readings(THREE_DAYS, ledger, DESK, at=local(end))
        assert (seen.subtract.due_day, seen.first_day.due_day) == (day(chosen), day(other)), start
    ledger, at = Ledger(RECEIVED, (stop(still[0][0], still[0][1], PAYMENT),)), local(still[0][1])
    later = (*FIRST_DAYS, FirstDay(gives_back=True, effective_from=day("Monday 2026-04-20"), source="văn bản mới"))
    assert project(THREE_DAYS, ledger, DESK, at=at, first_days=later).due_day == day("Friday 2026-04-24")
    tomorrow = (*FIRST_DAYS, replace(later[-1], effective_from=day("Tuesday 2026-04-21")))
    assert project(THREE_DAYS, ledger, DESK, at=at, first_days=tomorrow).due_day == day("Thursday 2026-04-23")
    hours = TimeLimit.parse("16 working hours")
    both = readings(hours, ledger, DESK, at=at)
    assert both.first_day.due_at == both.subtract.due_at


def test_blds_148_1_days_are_counted_through_days_off():
    assert due("9 days", "Monday 2026-04-20 09:00").due_day == day("Wednesday 2026-04-29")  # over Giỗ Tổ


def test_blds_148_3_a_month_without_the_day_ends_on_its_last_day():
    assert due("1 month", "Saturday 2025-05-31 09:00").due_day == day("Monday 2025-06-30")
    assert due("1 month", "Monday 2022-01-31 09:00").due_day == day("Monday 2022-02-28")


def test_blds_148_4_a_year_ends_on_its_day_and_month():
    assert due("12 months", "Friday 2025-11-21 09:00").due_day == day("Monday 2026-11-23")  # Saturday 21 rolls
    assert due("12 months", "Thursday 2024-02-29 09:00").due_day == day("Friday 2025-02-28")


def test_blds_148_5_a_limit_does_not_end_on_a_day_off():
    assert due("4 days", "Tuesday 2026-04-21 09:00").due_day == day("Tuesday 2026-04-28")  # Saturday 25, Giỗ Tổ after
    assert due("10 days", "Monday 2026-04-20 09:00").due_day == day("Monday 2026-05-04")  # 30 April


def test_blds_148_6_the_last_day_runs_to_its_midnight():
    assert due("1 day", "Monday 2026-04-20 09:00").due_at == local("Wednesday 2026-04-22 00:00")


# ── Labour Code 2019 (BLLĐ), Resolution 28/2026/QH16, official notices ───────────────────────────


def test_blld_105_a_written_day_is_eight_hours_whatever_the_desk_opens():
    assert written_minutes(THREE_DAYS) == 3 * 8 * 60
    assert DESK.minutes_a_day == 450
    assert opening_minutes(480, DESK) == 450


def test_blld_111_1_saturday_is_no_working_day_though_the_desk_be_open():
    at = local("Friday 2026-12-04 09:00")
    assert SATURDAY_DESK.is_open(day("Saturday 2026-12-05"))
    seen = project(TimeLimit.parse("1 working day"), Ledger(at), SATURDAY_DESK, at=at)
    assert seen.due_day == day("Monday 2026-12-07")


def test_blld_111_3_a_holiday_on_a_weekend_gives_a_substitute_day():
    assert not DESK.is_working_day(day("Monday 2026-04-27"))  # Giỗ Tổ fell on Sunday 26


@pytest.mark.parametrize(
    ("notice", "worked", "off"),
    [
        ("1570 (2024)", "Saturday 2024-05-04", "Monday 2024-04-29"),
        ("6150 (2025)", "Saturday 2025-04-26", "Friday 2025-05-02"),
        ("12729 (2026)", "Saturday 2026-01-10", "Friday 2026-01-02"),
        ("9441 (2026)", "Saturday 2026-08-22", "Monday 2026-08-31"),
    ],
)
def test_blld_112_3_a_swapped_day_is_off_and_its_saturday_counts(notice, worked, off):
    assert (DESK.is_working_day(day(worked)), DESK.is_working_day(day(off))) == (True, False), notice


def test_cv10065_one_day_off_in_november_2026_and_the_plan_of_2027():
    assert DESK.is_working_day(day("Monday 2026-11-23"))  # the proposed bridge day was not adopted
    assert not DESK.is_working_day(day("Thursday 2027-02-04"))
    assert DESK.is_working_day(day("Thursday 2027-02-11"))
    assert due("1 working day", "Wednesday 2027-09-01 09:00").due_day == day("Monday 2027-09-06")


def test_blld_112_public_holidays_do_not_count():
    assert due("1 working day", "Wednesday 2026-04-29 09:00").due_day == day("Monday 2026-05-04")


def test_nq28_2_the_day_of_culture_is_off_from_2026_on():
    assert DESK.is_working_day(day("Monday 2025-11-24"))
    assert not DESK.is_working_day(day("Tuesday 2026-11-24"))
    assert due("1 working day", "Monday 2026-11-23 09:00").due_day == day("Wednesday 2026-11-25")


# ── Decree 118/2025, as amended by 309/2026 ──────────────────────────────────────────────────────


def test_nd118_17_3_the_clock_starts_with_the_reception_of_a_complete_dossier_not_with_its_filing():
    with pytest.raises(RequirementNotMet):
        advance(State.FILED, Action.RECEIVE, ActorKind.CLERK)
    row = advance(State.FILED, Action.RECEIVE, ActorKind.CLERK, {Requirement.COMPONENTS_COMPLETE})
    assert row.clock is ClockEffect.STARTS
    assert all(
        row.clock is ClockEffect.NONE for row in TRANSITIONS if row.source is None and row.action is Action.FILE
    )


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


def test_nd118_21_a_dossier_is_stopped_at_the_applicants_wish_only_before_its_result():
    with pytest.raises(RequirementNotMet, match="đã có kết quả"):
        advance(State.PROCESSING, Action.WITHDRAW, ActorKind.CLERK)
    row = advance(State.PROCESSING, Action.WITHDRAW, ActorKind.CLERK, {Requirement.NO_RESULT_YET})
    assert (row.target, row.clock) == (State.WITHDRAWN, ClockEffect.ENDS)


def test_nd297_6_3_the_limit_begins_anew_once_the_dossier_is_complete():
    restarted = project(THREE_DAYS, SUPPLEMENTED, DESK, at=local("Wednesday 2026-04-29 11:00"), reading=Reading.RESTART)
    complete = Ledger(local("Wednesday 2026-04-29 10:00"))
    fresh = project(THREE_DAYS, complete, DESK, at=local("Wednesday 2026-04-29 11:00"))
    assert (restarted.due_at, restarted.consumed_minutes) == (fresh.due_at, fresh.consumed_minutes)


def test_national_formula_gives_a_financial_duty_back_under_every_reading():
    ledger = Ledger(RECEIVED, (stop("Tuesday 2026-04-21 10:00", "Thursday 2026-04-23 10:00", PAYMENT),))
    both = readings(THREE_DAYS, ledger, DESK, at=local("Thursday 2026-04-23 10:00"))
    assert both.subtract.due_day == both.restart.due_day == day("Tuesday 2026-04-28")


@pytest.mark.parametrize("ground", ["verification", "consultation", "system_failure"])
def test_nd61_19_stops_no_clock_for_work_inside_the_administration(ground):
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


def test_national_formula_takes_an_unanswered_request_as_the_end_also_after_it_was_closed():
    """Closed for it in the night to Saturday: by the clock a day early, by the formula on the day it was asked."""
    asked, closed = "Thursday 2026-04-23 16:00", "Saturday 2026-05-16 00:00"
    ledger = Ledger(RECEIVED, (stop(asked, closed),), ended_at=local(closed))
    seen = readings(THREE_DAYS, ledger, DESK, at=local("Monday 2026-05-25 09:00"))
    assert (seen.subtract.standing, seen.national) == (Standing.EARLY, Standing.ON_TIME)


@pytest.mark.parametrize(
    ("ended", "standing"),
    [
        ("Wednesday 2026-04-22 17:00", "early"),
        ("Thursday 2026-04-23 17:00", "on_time"),
        ("Friday 2026-04-24 07:30", "late"),
    ],
)
def test_tt01_chi_so_1_early_on_time_late(ended, standing):
    ledger = Ledger(RECEIVED, ended_at=local(ended))
    assert project(THREE_DAYS, ledger, DESK, at=local(ended)).standing == standing


def test_tt01_8_the_steps_of_a_process_fit_its_committed_limit():
    steps = [Step(1, "Thẩm định", "officer", "division", 960), Step(2, "Ký duyệt", "leader", "authority", 480)]
    assert check_steps(steps, THREE_DAYS)
    with pytest.raises(StepsTooLong, match="Ký duyệt"):
        check_steps(steps, TimeLimit.parse("2 working days"))


def test_nd118_committed_limit_is_never_longer_than_the_law():
    check_committed(TimeLimit.parse("2 working days"), THREE_DAYS)
    with pytest.raises(LimitLongerThanLaw):
        check_committed(TimeLimit.parse("4 working days"), THREE_DAYS)


def test_nd61_19_9_a_new_appointment_is_made_a_day_before_expiry():
    projection = project(THREE_DAYS, Ledger(RECEIVED), DESK, at=RECEIVED)
    assert Requirement.A_DAY_BEFORE_DUE in met(Ledger(RECEIVED), projection, local("Wednesday 2026-04-22 23:59"))
    assert Requirement.A_DAY_BEFORE_DUE not in met(Ledger(RECEIVED), projection, local("Thursday 2026-04-23 00:00"))


def test_nd61_19_9_a_new_appointment_is_later_and_made_once():
    projection, asked = project(THREE_DAYS, Ledger(RECEIVED), DESK, at=RECEIVED), local("Tuesday 2026-04-21 09:00")
    for refused in ("Thursday 2026-04-23", "Saturday 2026-04-25", "Monday 2026-04-27"):  # the old day, two days off
        with pytest.raises(ExtensionNotLater, match="sau ngày hẹn cũ thứ Năm, 23/04/2026"):
            appointment(due_to_extend(projection), DESK, new_day=day(refused), reason="chờ ý kiến", at=asked)
    made = appointment(
        due_to_extend(projection), DESK, new_day=day("Wednesday 2026-04-29"), reason="chờ ý kiến", at=asked
    )
    assert made == Extension(asked, local("Thursday 2026-04-30 00:00"), "chờ ý kiến")
    once = Ledger(RECEIVED, extension=made)
    seen = project(THREE_DAYS, once, DESK, at=asked)
    assert (seen.due_day, seen.original.due_day) == (day("Wednesday 2026-04-29"), day("Thursday 2026-04-23"))
    assert Requirement.NOT_EXTENDED_BEFORE in met(Ledger(RECEIVED), projection, asked)
    assert Requirement.NOT_EXTENDED_BEFORE not in met(once, seen, asked)


def test_nd61_19_9_a_clock_that_stands_still_is_extended_by_what_it_would_be():
    held = Ledger(RECEIVED, (stop("Tuesday 2026-04-21 10:00", None),))
    at = local("Wednesday 2026-04-22 09:00")
    foretold = due_to_extend(project(THREE_DAYS, held, DESK, at=at))
    later = appointment(foretold, DESK, new_day=day("Wednesday 2026-05-06"), reason="chờ ý kiến", at=at)
    extended = project(THREE_DAYS, replace(held, extension=later), DESK, at=at)
    assert extended.if_resumed.due_day == day("Wednesday 2026-05-06")
    unknown = project(None, Ledger(RECEIVED), DESK, at=at)
    assert met(Ledger(RECEIVED), unknown, at) == {Requirement.NOT_EXTENDED_BEFORE}
    with pytest.raises(ExtensionNotLater, match="chưa xác định"):
        appointment(
            due_to_extend(unknown), DESK, new_day=day("Wednesday 2026-05-06"), reason="chờ ý kiến", at=at
        )
