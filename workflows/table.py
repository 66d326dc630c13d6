"""The state table of a dossier (bảng chuyển trạng thái): a pair that is not here is refused.

Read it with Decree 118/2025 (as amended by 309/2026) open: articles 11, 17, 18 and 21, and the seven
statutory forms. One line is one rule; a source of None is a dossier that does not exist yet.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from workflows.states import (
    OPEN_STATES,
    STATES_BEFORE_RECEPTION,
    Action,
    ActorKind,
    ClockEffect,
    Requirement,
    State,
)

_A, _C, _R, _S, _W = Action, ClockEffect, Requirement, State, ActorKind


@dataclass(frozen=True, slots=True)
class Transition:
    """One allowed step: who may take it, what it needs, where it leads, what the clock does."""

    source: State | None
    action: Action
    actors: frozenset[ActorKind]
    needs: frozenset[Requirement]
    target: State
    clock: ClockEffect


def _row(
    sources: Iterable[State | None],
    action: Action,
    actors: Iterable[ActorKind],
    needs: Iterable[Requirement],
    target: State,
    clock: ClockEffect,
) -> tuple[Transition, ...]:
    """Return one Transition to `target` for each source, in the order of State."""
    in_order = sorted(sources, key=(None, *State).index)
    return tuple(
        Transition(source, action, frozenset(actors), frozenset(needs), target, clock) for source in in_order
    )


def _stay(
    sources: Iterable[State],
    action: Action,
    actors: Iterable[ActorKind],
    needs: Iterable[Requirement],
    clock: ClockEffect,
) -> tuple[Transition, ...]:
    """Return one Transition for each source that leaves the dossier in the state it was in."""
    in_order = sorted(sources, key=list(State).index)
    return tuple(row for state in in_order for row in _row([state], action, actors, needs, state, clock))


_OFFICE = {_W.OFFICER, _W.LEADER}
# On paper the clerk enters what the applicant brought or asked for; the event names both.
_APPLICANT = {_W.CITIZEN, _W.CLERK}
_IN_WORK = {_S.RECEIVED, _S.PROCESSING}

TRANSITIONS: tuple[Transition, ...] = (
    # Before reception (trước tiếp nhận): no clock, no dossier code.
    *_row([None], _A.FILE, _APPLICANT, [], _S.FILED, _C.NONE),
    *_row([None, _S.FILED], _A.RECEIVE, {_W.CLERK}, [_R.COMPONENTS_COMPLETE], _S.RECEIVED, _C.STARTS),
    *_row([_S.FILED], _A.ASK_SUPPLEMENT, {_W.CLERK}, [_R.ONE_COMPLETE_REQUEST], _S.AWAITING_INTAKE_SUPPLEMENT,
          _C.NONE),
    *_row([_S.AWAITING_INTAKE_SUPPLEMENT], _A.SUPPLEMENT, _APPLICANT, [], _S.FILED, _C.NONE),
    *_row(STATES_BEFORE_RECEPTION, _A.REFUSE, {_W.CLERK}, [_R.REASON], _S.NOT_ACCEPTED, _C.NONE),
    *_row([_S.AWAITING_INTAKE_SUPPLEMENT], _A.EXPIRE, {_W.SCHEDULER}, [_R.NOTICE], _S.NOT_ACCEPTED, _C.NONE),
    *_row(STATES_BEFORE_RECEPTION, _A.WITHDRAW, _APPLICANT, [], _S.WITHDRAWN, _C.NONE),
    # In work (đang giải quyết): the clock runs.
    *_row([_S.RECEIVED], _A.FORWARD, {_W.CLERK}, [_R.COMPONENTS_DIGITIZED], _S.PROCESSING, _C.RUNS),
    *_stay([_S.PROCESSING], _A.ASSIGN, _OFFICE, [_R.STEP_ROLE], _C.RUNS),
    *_stay([_S.PROCESSING], _A.FORWARD, _OFFICE, [_R.STEP_ROLE], _C.RUNS),
    *_stay([_S.PROCESSING], _A.SEND_BACK, _OFFICE, [_R.STEP_ROLE], _C.RUNS),
    *_stay([_S.PROCESSING], _A.CONSULT, _OFFICE, [_R.STEP_ROLE], _C.RUNS),
    *_stay([_S.PROCESSING], _A.PROPOSE, _OFFICE, [_R.STEP_ROLE], _C.RUNS),
    *_stay([_S.PROCESSING], _A.DECIDE, _OFFICE, [_R.STEP_ROLE], _C.RUNS),
    # Received regardless of boundary: the competent agency's receipt starts the clock (NĐ 309/2026 art. 8.3).
    *_stay(_IN_WORK, _A.COMPETENT_RECEIVE, {_W.CLERK, _W.OFFICER, _W.LEADER, _W.RECORDS}, [], _C.STARTS),
    # Waiting for the applicant (chờ người nộp): the clock stands still as the ground says.
    *_row(_IN_WORK, _A.ASK_SUPPLEMENT, {_W.OFFICER}, [_R.ONE_COMPLETE_REQUEST, _R.FIRST_REQUEST],
          _S.AWAITING_SUPPLEMENT, _C.SUSPENDS),
    *_row(_IN_WORK, _A.ASK_SUPPLEMENT, {_W.LEADER}, [_R.ONE_COMPLETE_REQUEST, _R.REASON],
          _S.AWAITING_SUPPLEMENT, _C.SUSPENDS),
    *_row([_S.AWAITING_SUPPLEMENT], _A.SUPPLEMENT, _APPLICANT, [], _S.PROCESSING, _C.RESUMES),
    *_row([_S.AWAITING_SUPPLEMENT], _A.EXPIRE, {_W.SCHEDULER}, [_R.NOTICE], _S.STOPPED, _C.ENDS),
    *_row([_S.PROCESSING], _A.ASK_PAYMENT, {_W.OFFICER}, [_R.NOTICE], _S.AWAITING_PAYMENT, _C.SUSPENDS),
    *_row([_S.AWAITING_PAYMENT], _A.CONFIRM_PAYMENT, {_W.CASHIER, _W.EXTERNAL}, [_R.RECEIPT], _S.PROCESSING,
          _C.RESUMES),
    # Other grounds of the list (căn cứ khác): the public state stays, the ledger tells what the clock did.
    *_stay([_S.PROCESSING], _A.PAUSE, _OFFICE, [_R.GROUND, _R.NOTICE], _C.SUSPENDS),
    *_stay([_S.PROCESSING], _A.RESUME, _OFFICE, [], _C.RESUMES),
    # Anywhere between reception and result.
    *_stay(OPEN_STATES, _A.EXTEND, {_W.LEADER}, [_R.A_DAY_BEFORE_DUE, _R.NOT_EXTENDED_BEFORE], _C.EXTENDS),
    *_row(OPEN_STATES, _A.WITHDRAW, {_W.CLERK}, [_R.NO_RESULT_YET], _S.WITHDRAWN, _C.ENDS),
    *_row(OPEN_STATES, _A.STOP, {_W.LEADER}, [_R.GROUND, _R.NOTICE], _S.STOPPED, _C.ENDS),
    # The result (kết quả): lateness stops when it is ready, not when it is fetched.
    *_row([_S.PROCESSING], _A.FINISH, {_W.RECORDS, _W.EXTERNAL}, [_R.RESULT_READY], _S.FINISHED, _C.ENDS),
    # Certification (chứng thực): numbered at reception, signed by hand the same day, written down by the desk.
    *_row(_IN_WORK, _A.CERTIFY, {_W.CLERK, _W.OFFICER, _W.LEADER}, [_R.RESULT_READY, _R.SIGNER_IN_FORCE],
          _S.FINISHED, _C.ENDS),
    *_row([_S.FINISHED], _A.RETURN_RESULT, {_W.CLERK, _W.EXTERNAL, _W.CITIZEN},
          [_R.FEE_SETTLED, _R.IDENTITY_CHECKED], _S.RETURNED, _C.NONE),
    *_stay([_S.FINISHED, _S.RETURNED], _A.REISSUE, {_W.RECORDS}, [_R.REASON, _R.LEADER_APPROVAL], _C.NONE),
)
