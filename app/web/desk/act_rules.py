"""When an act on a dossier is open (khi nào được làm): what the state table allows, and whose turn it is."""

from __future__ import annotations

from collections.abc import Callable

from app.domain.people import Role, Staff
from app.queries.dossier_values import DossierFile
from app.web.desk.act_runs import open_question
from workflows.states import Action, State

Rule = Callable[[DossierFile, Staff], bool]


def allowed(action: Action) -> Rule:
    """The state table allows it."""

    def may(file: DossierFile, _staff: Staff) -> bool:
        return action in file.allowed

    return may


def allowed_at_own_step(action: Action) -> Rule:
    """The state table allows it, and the present step is the person's."""

    def may(file: DossierFile, _staff: Staff) -> bool:
        return action in file.allowed and file.is_my_step

    return may


def may_forward(file: DossierFile, staff: Staff) -> bool:
    """The desk hands over what it received; in the process, whoever holds a step that a leader does not sign."""
    if Action.FORWARD not in file.allowed:
        return False
    if State(file.state) is State.RECEIVED:
        return staff.has(Role.CLERK)
    return file.is_my_step and not _leader_is_next(file) and not _is_leaders(file)


def may_propose(file: DossierFile, _staff: Staff) -> bool:
    """The person holds the step before the leader's."""
    return Action.PROPOSE in file.allowed and file.is_my_step and _leader_is_next(file)


def _owes(file: DossierFile) -> bool:
    """Money is taken while the dossier goes on or has its result; who withdrew or was stopped owes nothing more."""
    ended = State(file.state) in (State.WITHDRAWN, State.STOPPED, State.NOT_ACCEPTED)
    return bool(file.fee_left_vnd) and file.received_at is not None and not ended


def may_pay(file: DossierFile, staff: Staff) -> bool:
    """Something is due, and the person may take money."""
    return staff.has(Role.CASHIER, Role.CLERK) and _owes(file)


def may_answer(file: DossierFile, _staff: Staff) -> bool:
    """A question waits for the person's unit."""
    return open_question(file) is not None


def may_assign(file: DossierFile, staff: Staff) -> bool:
    """Whoever holds the step gives it on; a leader gives any."""
    return Action.ASSIGN in file.allowed and (file.is_my_step or staff.has(Role.LEADER))


def before_reception(action: Action) -> Rule:
    """A clerk may, as long as the dossier is not received."""

    def may(file: DossierFile, staff: Staff) -> bool:
        return action in file.allowed and State(file.state).is_before_reception and staff.has(Role.CLERK)

    return may


def may_ask(file: DossierFile, staff: Staff) -> bool:
    """Whoever holds the step asks once; a leader may ask again."""
    if State(file.state).is_before_reception or Action.ASK_SUPPLEMENT not in file.allowed:
        return False
    return staff.has(Role.LEADER) or (file.is_my_step and not file.supplement_requests)


def _leader_is_next(file: DossierFile) -> bool:
    later = [step for step in file.steps if step.ordinal > (file.step_ordinal or 0)]
    return bool(later) and later[0].role == Role.LEADER


def _is_leaders(file: DossierFile) -> bool:
    """A leader's own step ends by signing, on the signing page."""
    here = [step for step in file.steps if step.ordinal == file.step_ordinal]
    return bool(here) and here[0].role in (Role.LEADER, Role.RECORDS)


def may_take_over(file: DossierFile, _staff: Staff) -> bool:
    """The competent authority has not taken over yet."""
    return Action.COMPETENT_RECEIVE in file.allowed and file.waits_for_competent


def may_take(file: DossierFile, staff: Staff) -> bool:
    """A clerk takes what was asked for."""
    return Action.SUPPLEMENT in file.allowed and staff.has(Role.CLERK)


def may_withdraw(file: DossierFile, _staff: Staff) -> bool:
    """Nothing has ended yet."""
    return Action.WITHDRAW in file.allowed and State(file.state).is_open


def may_pause(file: DossierFile, staff: Staff) -> bool:
    """No pause is open; whoever holds the step, or a leader."""
    return Action.PAUSE in file.allowed and file.open_pause is None and (file.is_my_step or staff.has(Role.LEADER))


def may_resume(file: DossierFile, staff: Staff) -> bool:
    """A pause is open; whoever holds the step, or a leader."""
    return Action.RESUME in file.allowed and file.open_pause is not None and (file.is_my_step or staff.has(Role.LEADER))


def may_reissue(file: DossierFile, _staff: Staff) -> bool:
    """A result is out, and no corrected one is on its way."""
    states = {result.state for result in file.results}
    return Action.REISSUE in file.allowed and "released" in states and not states & {"proposed", "signed"}


def may_relate(file: DossierFile, staff: Staff) -> bool:
    """A clerk, while the received dossier is open."""
    return file.received_at is not None and staff.has(Role.CLERK) and State(file.state).is_open
