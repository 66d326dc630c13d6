"""What a person may see of the dossiers (phạm vi dữ liệu): their own authority's part and nothing else.

Every query of dossiers for a person goes through `scope_filter`; what it hides is answered 404, as if it
did not exist. The four units of a dossier (filing, receiving, settling, returning) each see it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, case, exists, false, or_, select
from sqlalchemy.orm import Session

from app.db.models import Consultation, Dossier, FileLink, Hop, Result, StoredPaper
from app.domain.people import Role, Staff

# These see every dossier of their authority; an officer sees those that came to their division.
AUTHORITY_ROLES = frozenset({Role.CLERK, Role.LEADER, Role.RECORDS, Role.CASHIER, Role.AUDITOR})
WRITING_ROLES = frozenset({Role.CLERK, Role.OFFICER, Role.LEADER, Role.RECORDS, Role.CASHIER})


class Reach(StrEnum):
    """How far a person sees."""

    NOTHING = "nothing"  # administrators and the province's figures: no single dossier
    DIVISION = "division"
    AUTHORITY = "authority"


@dataclass(frozen=True, slots=True)
class Scope:
    """The dossiers of one person: how far, from which units, and whether they may also act on them."""

    reach: Reach
    unit_id: int
    root_unit_id: int
    may_write: bool


def scope_of(staff: Staff) -> Scope:
    """Return what `staff` may see; roles add up, the widest counts."""
    if staff.has(*AUTHORITY_ROLES):
        reach = Reach.AUTHORITY
    elif staff.has(Role.OFFICER):
        reach = Reach.DIVISION
    else:
        reach = Reach.NOTHING
    return Scope(reach, staff.unit_id, staff.root_unit_id, staff.has(*WRITING_ROLES))


def scope_filter(staff: Staff) -> ColumnElement[bool]:
    """Return the condition on `Dossier` that keeps what `staff` may see; give it to every query."""
    scope = scope_of(staff)
    if scope.reach is Reach.NOTHING:
        return false()
    # An import in progress is nobody's to see until it is published as a whole.
    part = _of_division(scope) if scope.reach is Reach.DIVISION else _of_authority(scope)
    return and_(Dossier.is_published, part)


def may_see(db: Session, dossier_id: int, staff: Staff) -> bool:
    """Tell whether `staff` may see this dossier; False for one that does not exist."""
    return db.scalar(select(Dossier.id).where(Dossier.id == dossier_id, scope_filter(staff))) is not None


def _of_division(scope: Scope) -> ColumnElement[bool]:
    return or_(_came_to(scope.unit_id), _asked((scope.unit_id,)))


def _of_authority(scope: Scope) -> ColumnElement[bool]:
    units = (scope.root_unit_id, scope.unit_id)
    return or_(
        Dossier.filing_unit_id.in_(units),
        Dossier.receiving_unit_id.in_(units),
        Dossier.settling_unit_id.in_(units),
        Dossier.returning_unit_id.in_(units),
        _asked(units),
    )


def _came_to(unit_id: int) -> ColumnElement[bool]:
    return exists().where(Hop.dossier_id == Dossier.id, Hop.unit_id == unit_id)


def _asked(units: tuple[int, ...]) -> ColumnElement[bool]:
    return exists().where(Consultation.dossier_id == Dossier.id, Consultation.unit_id.in_(units))


def kept_within(staff: Staff) -> ColumnElement[bool]:
    """Return the condition on stored papers: kept from a dossier of the person's part."""
    link = select(FileLink.dossier_id).where(FileLink.id == StoredPaper.source_id).correlate(StoredPaper)
    result = select(Result.dossier_id).where(Result.id == StoredPaper.source_id).correlate(StoredPaper)
    source = case((StoredPaper.source == "component", link.scalar_subquery()), else_=result.scalar_subquery())
    return exists(select(Dossier.id).where(Dossier.id == source, scope_filter(staff)).correlate(StoredPaper))
