"""The state table: closed, complete, and readable against the regulation."""

from __future__ import annotations

from itertools import product

import pytest

from workflows.errors import RequirementNotMet, TransitionNotAllowed
from workflows.machine import advance, allowed_actions, transition
from workflows.states import OPEN_STATES, Action, ActorKind, ClockEffect, Requirement, State
from workflows.table import TRANSITIONS

EVERYTHING = frozenset(Requirement)
CASES = {(row.source, row.action, actor) for row in TRANSITIONS for actor in row.actors}


def test_every_case_outside_the_table_is_refused():
    for case in set(product((None, *State), Action, ActorKind)) - CASES:
        with pytest.raises(TransitionNotAllowed):
            advance(*case, EVERYTHING)


def test_every_case_of_the_table_is_taken_when_its_requirements_are_met():
    for row in TRANSITIONS:
        for actor in row.actors:
            assert advance(row.source, row.action, actor, row.needs).target is row.target


def test_every_single_missing_requirement_is_named():
    for row in TRANSITIONS:
        for actor, needed in product(row.actors, row.needs):
            with pytest.raises(RequirementNotMet) as refused:
                advance(row.source, row.action, actor, EVERYTHING - {needed})
            assert needed.missing_vi in str(refused.value)
            assert refused.value.facts["requirements"] == (needed,)


def test_no_case_stands_twice_in_the_table():
    assert sum(len(row.actors) for row in TRANSITIONS) == len(CASES)


def test_actions_on_offer_are_exactly_those_of_the_table():
    for state, actor in product((None, *State), ActorKind):
        offered = allowed_actions(state, actor)
        assert set(offered) == {action for source, action, who in CASES if (source, who) == (state, actor)}


@pytest.mark.parametrize(
    ("state", "code"),
    [
        (State.FILED, 1),
        (State.RECEIVED, 2),
        (State.NOT_ACCEPTED, 3),
        (State.PROCESSING, 4),
        (State.AWAITING_INTAKE_SUPPLEMENT, 5),
        (State.AWAITING_SUPPLEMENT, 5),
        (State.AWAITING_PAYMENT, 6),
        (State.WITHDRAWN, 7),
        (State.STOPPED, 8),
        (State.FINISHED, 9),
        (State.RETURNED, 10),
    ],
)
def test_national_codes(state, code):
    assert state.national_code == code


def test_every_state_is_reached_and_none_but_the_last_is_a_dead_end():
    reached = {row.target for row in TRANSITIONS}
    left = {row.source for row in TRANSITIONS if row.target is not row.source}
    assert reached == set(State)
    assert set(State) - left == {State.NOT_ACCEPTED, State.WITHDRAWN, State.STOPPED, State.RETURNED}


def test_the_clock_starts_at_reception_or_at_the_competent_agency_and_ends_wherever_pending_ends():
    starts = {(row.source, row.action) for row in TRANSITIONS if row.clock is ClockEffect.STARTS}
    elsewhere = {(State.RECEIVED, Action.COMPETENT_RECEIVE), (State.PROCESSING, Action.COMPETENT_RECEIVE)}
    assert starts == {(None, Action.RECEIVE), (State.FILED, Action.RECEIVE)} | elsewhere
    for row in TRANSITIONS:
        leaves = row.source in OPEN_STATES and row.target not in OPEN_STATES
        assert (row.clock is ClockEffect.ENDS) == leaves


def test_the_clock_stands_exactly_while_the_applicant_is_waited_for():
    waiting = {State.AWAITING_SUPPLEMENT, State.AWAITING_PAYMENT}
    of_the_list = {Action.PAUSE, Action.RESUME}  # other grounds stop the clock, not the public state
    for row in TRANSITIONS:
        if row.action in of_the_list:
            assert row.source is row.target
            continue
        into = row.source not in waiting and row.target in waiting
        out = row.source in waiting and row.target is State.PROCESSING
        assert (row.clock is ClockEffect.SUSPENDS) == into
        assert (row.clock is ClockEffect.RESUMES) == out


def test_pending_in_form_06a_is_received_and_not_resolved():
    assert {state.national_code for state in State if state.is_open} == {2, 4, 5, 6}
    assert not State.AWAITING_INTAKE_SUPPLEMENT.is_open


def test_before_reception_no_row_touches_the_clock():
    for row in TRANSITIONS:
        if row.source is not None and row.source.is_before_reception and row.action is not Action.RECEIVE:
            assert row.clock is ClockEffect.NONE


def test_article_11_a_second_supplement_request_is_a_leaders_with_a_reason():
    asked_once = EVERYTHING - {Requirement.FIRST_REQUEST}
    with pytest.raises(RequirementNotMet, match="đã được yêu cầu bổ sung một lần"):
        advance(State.PROCESSING, Action.ASK_SUPPLEMENT, ActorKind.OFFICER, asked_once)
    row = advance(State.PROCESSING, Action.ASK_SUPPLEMENT, ActorKind.LEADER, asked_once)
    assert (row.target, Requirement.REASON in row.needs) == (State.AWAITING_SUPPLEMENT, True)


def test_article_21_a_dossier_is_withdrawn_only_before_its_result():
    for state in OPEN_STATES:
        with pytest.raises(RequirementNotMet, match="đã có kết quả"):
            advance(state, Action.WITHDRAW, ActorKind.CLERK, EVERYTHING - {Requirement.NO_RESULT_YET})
    with pytest.raises(TransitionNotAllowed):
        advance(State.FINISHED, Action.WITHDRAW, ActorKind.CLERK, EVERYTHING)


def test_a_refused_case_says_state_action_and_actor_in_vietnamese():
    with pytest.raises(TransitionNotAllowed) as refused:
        transition(State.RETURNED, Action.FORWARD, ActorKind.OFFICER)
    assert str(refused.value) == (
        "Hồ sơ đang ở trạng thái “Đã trả kết quả” nên chuyên viên không thực hiện được thao tác “Chuyển xử lý”. "
        "Vui lòng tải lại hồ sơ để xem các thao tác hiện có."
    )
    with pytest.raises(TransitionNotAllowed, match="Chưa có hồ sơ"):
        transition(None, Action.FORWARD, ActorKind.OFFICER)


@pytest.mark.parametrize("member", [*State, *Action, *ActorKind])
def test_every_word_of_the_table_has_its_vietnamese_term(member):
    assert member.term_vi.strip()
