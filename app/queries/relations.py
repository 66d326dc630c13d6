"""A dossier's family and what other systems say (hồ sơ liên thông, theo dõi), as pages show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from app.db.models import Dossier, DossierClock, ExternalTracking, FamilyLink, ProcedureVersion, Unit
from app.db.scope import may_see, scope_filter
from app.domain.external_status import agrees
from app.domain.people import Staff
from workflows.states import State

MOST = 300


@dataclass(frozen=True, slots=True)
class Relative:
    """One dossier of a set. Its lateness is its own unit's; another authority's opens for nobody else."""

    number: str
    procedure: str
    unit: str
    state: str
    promised_at: datetime | None
    ended_at: datetime | None
    standing: str
    is_parent: bool
    is_this: bool
    may_open: bool


@dataclass(frozen=True, slots=True)
class TrackingShown:
    """What another system said last of a dossier; `agrees` compares it with our state."""

    number: str
    procedure: str
    system: str
    code: str
    status: int | None
    state: str
    checked_at: datetime
    checked_by: str
    agrees: bool


def family_of(session: Session, dossier_id: int, staff: Staff) -> tuple[Relative, ...]:
    """Return the set that a dossier belongs to, the parent first; empty for one that stands alone."""
    link = session.scalars(
        select(FamilyLink)
        .where(or_(FamilyLink.dossier_id == dossier_id, FamilyLink.parent_id == dossier_id))
        .limit(1)
    ).first()
    if link is None:
        return ()
    children = select(FamilyLink.dossier_id).where(FamilyLink.parent_id == link.parent_id)
    rows = session.execute(
        select(Dossier, ProcedureVersion, Unit.name, DossierClock)
        .join(ProcedureVersion, ProcedureVersion.id == Dossier.procedure_version_id)
        .join(Unit, Unit.id == Dossier.settling_unit_id)
        .outerjoin(DossierClock, DossierClock.dossier_id == Dossier.id)
        .where(or_(Dossier.id == link.parent_id, Dossier.id.in_(children)))
        .order_by(Dossier.id != link.parent_id, Dossier.id)
    )
    return tuple(
        Relative(
            number=dossier.code or dossier.filing_number,
            procedure=version.short_name or version.name,
            unit=unit,
            state=dossier.state,
            promised_at=clock.promised_at if clock else None,
            ended_at=dossier.ended_at,
            standing=clock.standing if clock else "unknown",
            is_parent=dossier.id == link.parent_id,
            is_this=dossier.id == dossier_id,
            may_open=may_see(session, dossier.id, staff),
        )
        for dossier, version, unit, clock in rows
    )


def tracking_of(session: Session, dossier_id: int) -> TrackingShown | None:
    """Return what another system said last of a dossier, or None."""
    rows = _trackings(session, ExternalTracking.dossier_id == dossier_id)
    return rows[0] if rows else None


def followed(session: Session, staff: Staff) -> tuple[TrackingShown, ...]:
    """Return what of the person's dossiers is settled on other systems, what differs first, then the longest unseen."""
    rows = _trackings(session, scope_filter(staff))
    return tuple(sorted(rows, key=lambda row: (row.agrees, row.checked_at)))


def _trackings(session: Session, *where: ColumnElement[bool]) -> list[TrackingShown]:
    rows = session.execute(
        select(ExternalTracking, Dossier, ProcedureVersion)
        .join(Dossier, Dossier.id == ExternalTracking.dossier_id)
        .join(ProcedureVersion, ProcedureVersion.id == Dossier.procedure_version_id)
        .where(*where)
        .order_by(ExternalTracking.checked_at)
        .limit(MOST)
    )
    return [
        TrackingShown(
            number=dossier.code or dossier.filing_number,
            procedure=version.short_name or version.name,
            system=row.system,
            code=row.code,
            status=row.status,
            state=dossier.state,
            checked_at=row.checked_at,
            checked_by=row.checked_by,
            agrees=row.status is None or agrees(State(dossier.state), row.status),
        )
        for row, dossier, version in rows
    ]
