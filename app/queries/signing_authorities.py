"""Authorities to sign and absences as people see them; whose block a result about to be drawn carries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, aliased

from app.db.models import Absence, Membership, SigningAuthority, Unit, UserAccount
from app.domain.documents import Signer
from app.domain.people import Role, Staff

# Who signs first where several may: the head, then those in the head's place.
_ORDER = ("head", "TM", "KT", "TUQ", "TL")
_MOST = 200


@dataclass(frozen=True, slots=True)
class AuthorityRow:
    """One decision and what it is for. `state`: now, later, over."""

    id: int
    name: str
    capacity: str
    titles: tuple[str, ...]
    decision: str
    decided_on: date | None
    since: datetime
    until: datetime | None
    state: str
    signs_results: bool
    certifies: bool


@dataclass(frozen=True, slots=True)
class AbsenceRow:
    """One absence. `state`: now, later, over."""

    id: int
    name: str
    substitute: str
    since: datetime
    until: datetime
    reason: str
    state: str


def authorities(session: Session, staff: Staff, at: datetime) -> tuple[AuthorityRow, ...]:
    """Return the decisions of the person's agency, the newest first."""
    found = session.scalars(
        select(SigningAuthority)
        .where(SigningAuthority.unit_id == staff.root_unit_id)
        .order_by(SigningAuthority.effective_from.desc(), SigningAuthority.id.desc())
        .limit(_MOST)
    )
    return tuple(
        AuthorityRow(
            id=row.id,
            name=row.name,
            capacity=row.capacity,
            titles=tuple(row.titles.splitlines()),
            decision=row.decision,
            decided_on=row.decided_on,
            since=row.effective_from,
            until=row.effective_to,
            state=_state(row.effective_from, row.effective_to, at),
            signs_results=row.signs_results,
            certifies=row.certifies,
        )
        for row in found
    )


def absences(session: Session, staff: Staff, at: datetime) -> tuple[AbsenceRow, ...]:
    """Return the absences of the person's authority, the newest first."""
    away, other = aliased(UserAccount), aliased(UserAccount)
    found = session.execute(
        select(Absence, away.name, other.name)
        .join(away, away.id == Absence.user_id)
        .join(other, other.id == Absence.substitute_id)
        .where(Absence.unit_id == staff.root_unit_id)
        .order_by(Absence.from_at.desc(), Absence.id.desc())
        .limit(_MOST)
    )
    return tuple(
        AbsenceRow(
            id=row.id,
            name=name,
            substitute=substitute,
            since=row.from_at,
            until=row.until_at,
            reason=row.reason,
            state=_state(row.from_at, row.until_at, at),
        )
        for row, name, substitute in found
    )


def people(session: Session, staff: Staff, *, role: Role | None = None) -> tuple[tuple[int, str], ...]:
    """Return the active accounts of the authority, all or those with a role, by name."""
    query = (
        select(UserAccount.id, UserAccount.name, UserAccount.title)
        .join(Unit, Unit.id == UserAccount.unit_id)
        .where(UserAccount.is_active, or_(Unit.root_id == staff.root_unit_id, Unit.id == staff.root_unit_id))
        .order_by(UserAccount.name)
    )
    if role is not None:
        query = query.where(UserAccount.id.in_(select(Membership.user_id).where(Membership.role == role)))
    return tuple((row.id, f"{row.name}, {row.title}" if row.title else row.name) for row in session.execute(query))


def holds_at(at: datetime) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions that an authority is in force at an instant; the end is exclusive."""
    open_end = or_(SigningAuthority.effective_to.is_(None), SigningAuthority.effective_to > at)
    return SigningAuthority.effective_from <= at, open_end


def away_at(at: datetime) -> ColumnElement[bool]:
    """Return the condition that whoever holds an authority is away at an instant."""
    away = select(Absence.user_id).where(Absence.from_at <= at, Absence.until_at > at)
    return and_(SigningAuthority.user_id.is_not(None), SigningAuthority.user_id.in_(away))


def expected_signer(session: Session, unit_id: int, at: datetime) -> Signer | None:
    """Return the block of who signs for an agency at a minute: the first in rank who is not away, or None."""
    found = session.execute(
        select(SigningAuthority, away_at(at))
        .join(UserAccount, UserAccount.id == SigningAuthority.user_id)
        .where(SigningAuthority.unit_id == unit_id, SigningAuthority.signs_results, *holds_at(at))
        .where(UserAccount.is_active)
    ).all()
    ranked = sorted(found, key=lambda line: (bool(line[1]), _ORDER.index(line[0].capacity), line[0].id))
    return Signer(tuple(ranked[0][0].titles.upper().splitlines()), ranked[0][0].name) if ranked else None


def _state(since: datetime, until: datetime | None, at: datetime) -> str:
    if since > at:
        return "later"
    return "over" if until is not None and until <= at else "now"
