"""Moving a dossier along the state table (chuyển trạng thái): the only way to a new state."""

from __future__ import annotations

from collections.abc import Set

from workflows.errors import RequirementNotMet, TransitionNotAllowed
from workflows.states import Action, ActorKind, Requirement, State
from workflows.table import TRANSITIONS, Transition

_NOBODY_FILED_YET = "Chưa có hồ sơ"
_BY_CASE = {(row.source, row.action, actor): row for row in TRANSITIONS for actor in row.actors}


def transition(state: State | None, action: Action, actor: ActorKind) -> Transition:
    """Return the row of the table for this case, before its requirements are looked at.

    A `state` of None is a dossier that does not exist yet. Raises TransitionNotAllowed.
    """
    row = _BY_CASE.get((state, action, actor))
    if row is None:
        name = _NOBODY_FILED_YET if state is None else state.term_vi
        raise TransitionNotAllowed(state=name, action=action.term_vi, actor=actor.term_vi)
    return row


def advance(
    state: State | None, action: Action, actor: ActorKind, met: Set[Requirement] = frozenset()
) -> Transition:
    """Return the transition taken: its `target` is the new state, its `clock` what the clock does.

    `met` holds the requirements that the caller has established; more than needed does no harm.
    Raises TransitionNotAllowed for a case outside the table, RequirementNotMet when something is missing.
    """
    row = transition(state, action, actor)
    missing = sorted(row.needs - met, key=list(Requirement).index)
    if missing:
        words = "; ".join(requirement.missing_vi for requirement in missing)
        raise RequirementNotMet(action=action.term_vi, missing=words, requirements=tuple(missing))
    return row


def allowed_actions(state: State | None, actor: ActorKind) -> tuple[Action, ...]:
    """Return the actions open to this kind of actor in this state, in the order of Action."""
    return tuple(action for action in Action if (state, action, actor) in _BY_CASE)
