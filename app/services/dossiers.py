"""Getting hold of a dossier (mở hồ sơ để thao tác): in scope, fresh, with the words of who was faster."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import bindparam, func, or_, select

from app.db.base import table_of
from app.db.facts import waits_for_competent
from app.db.models import Dossier, Event, ProcedureVersion, Unit
from app.db.scope import scope_filter, scope_of
from app.db.unit_of_work import UnitOfWork
from app.domain.event_kinds import title
from app.domain.identifiers import normal_number
from app.domain.parts import Part, Places, is_ours
from app.domain.people import Staff
from app.domain.vietnamese_format import short_moment
from app.services.errors import CompetentNotReceived, NoRight, NotFound, StaleScreen
from workflows.machine import advance, allowed_actions
from workflows.states import Action, ActorKind, Requirement, State
from workflows.table import Transition

_UNITS = table_of(Unit)
_BY_CODE = select(_UNITS.c.id, func.coalesce(_UNITS.c.root_id, _UNITS.c.id), _UNITS.c.is_own).where(
    _UNITS.c.code == bindparam("code")
)


@dataclass(frozen=True, slots=True)
class Place:
    """A unit and the authority it belongs to, by their ids; `is_own` where this house is theirs."""

    unit_id: int
    authority_id: int
    is_own: bool


def in_scope(uow: UnitOfWork, staff: Staff, number: str) -> Dossier:
    """Return the dossier called `number` if `staff` may see it. Raises NotFound."""
    wanted = normal_number(number)
    named = or_(Dossier.code == wanted, Dossier.filing_number == wanted, Dossier.external_code == wanted)
    found = uow.session.scalars(select(Dossier).where(named, scope_filter(staff)).limit(1)).first()
    if found is None:
        raise NotFound(number=number)
    return found


def to_change(uow: UnitOfWork, staff: Staff, number: str, version: int) -> Dossier:
    """Return the dossier for a change by `staff`. Raises NotFound, NoRight, StaleScreen.

    `version` is the event number that the page showed: a later event means a stale screen.
    """
    dossier = in_scope(uow, staff, number)
    if not scope_of(staff).may_write:
        raise NoRight(who="cán bộ có thẩm quyền")
    if dossier.event_seq != version:
        raise _stale(uow, dossier)
    return dossier


def move(
    dossier: Dossier, action: Action, staff: Staff, met: frozenset[Requirement] = frozenset()
) -> tuple[Transition, ActorKind]:
    """Advance `dossier` by the state table in the first capacity of `staff` that may do `action`.

    Returns the transition and the capacity. Raises TransitionNotAllowed, RequirementNotMet, and NoRight or
    CompetentNotReceived where the act is another authority's part, or not yet this one's.
    """
    kinds = sorted(staff.actor_kinds, key=list(ActorKind).index) or [ActorKind.CITIZEN]
    state = State(dossier.state)
    kind = next((kind for kind in kinds if _may(state, action, kind)), kinds[0])
    _refuse_foreign(dossier, action, kind, staff)
    taken = advance(state, action, kind, met)
    dossier.state = taken.target
    return taken, kind


def places_of(dossier: Dossier) -> Places:
    """Return the four authorities of a dossier."""
    return Places(
        dossier.filing_unit_id, dossier.receiving_unit_id, dossier.settling_unit_id, dossier.returning_unit_id
    )


def _refuse_foreign(dossier: Dossier, action: Action, kind: ActorKind, staff: Staff) -> None:
    """Each authority does its own part, who was only asked for an opinion none; the settling one has received it."""
    parts = places_of(dossier).parts_of(staff.root_unit_id, staff.unit_id)
    if not is_ours(action, kind, parts):
        raise NoRight(who="cơ quan có phần việc này trong hồ sơ")
    settles = Part.SETTLING in parts and action is not Action.COMPETENT_RECEIVE
    if settles and waits_for_competent(dossier):
        raise CompetentNotReceived(where="version")


def version_of(uow: UnitOfWork, dossier: Dossier) -> ProcedureVersion:
    """Return what the dossier's procedure said when it came in."""
    return uow.session.get_one(ProcedureVersion, dossier.procedure_version_id)


def place_by_code(uow: UnitOfWork, code: str) -> Place | None:
    """Return where the unit with this electronic identifier stands."""
    found = uow.connection.execute(_BY_CODE, {"code": code}).first()
    return Place(*found) if found else None


def _may(state: State, action: Action, kind: ActorKind) -> bool:
    return action in allowed_actions(state, kind)


def _stale(uow: UnitOfWork, dossier: Dossier) -> StaleScreen:
    last = uow.session.scalars(
        select(Event).where(Event.dossier_id == dossier.id).order_by(Event.seq.desc()).limit(1)
    ).one()
    return StaleScreen(who=last.actor_name, what=title(last.kind), when=short_moment(last.at))
