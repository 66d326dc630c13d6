"""What administrators look at (quản trị): accounts, units, and how many of everything. Frozen rows only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from app.db.models import Membership, Offering, ProcedureVersion, Unit, UserAccount, WebSession
from app.domain.people import Role, Staff
from app.queries.calendar_admin import year_of
from app.queries.running import heartbeats
from workflows.calendar import VIETNAM


@dataclass(frozen=True, slots=True)
class UserRow:
    """One account of the list."""

    user_id: int
    login: str
    name: str
    title: str
    unit_id: int
    unit_name: str
    roles: tuple[Role, ...]
    is_active: bool
    has_totp: bool
    must_change_password: bool
    last_seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One authority or division, with its depth in the tree."""

    unit_id: int
    code: str
    name: str
    short_name: str
    kind: str
    depth: int
    users: int
    address: str
    phone: str


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to set up, and whether it is done."""

    what: str
    is_done: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """How many of everything an administrator looks after."""

    users: int
    units: int
    open_procedures: int
    catalogue: int
    incomplete: int


def users_of(db: Session, staff: Staff) -> tuple[UserRow, ...]:
    """Return the accounts of the administrator's authority, by unit and name."""
    found = db.execute(
        select(UserAccount, Unit.name)
        .join(Unit, Unit.id == UserAccount.unit_id)
        .where(or_(Unit.root_id == staff.root_unit_id, Unit.id == staff.root_unit_id))
        .order_by(Unit.id, UserAccount.name)
    ).all()
    ids = [user.id for user, _name in found]
    roles, seen = _roles_of(db, ids), _last_seen(db, ids)
    return tuple(_user_row(user, unit_name, roles, seen) for user, unit_name in found)


def user_of(db: Session, staff: Staff, user_id: int) -> UserRow | None:
    """Return one account of the administrator's authority, or None."""
    return next((row for row in users_of(db, staff) if row.user_id == user_id), None)


def units_of(db: Session, staff: Staff) -> tuple[UnitRow, ...]:
    """Return the administrator's authority and its divisions, as a tree in reading order."""
    rows = db.scalars(
        select(Unit).where(or_(Unit.root_id == staff.root_unit_id, Unit.id == staff.root_unit_id)).order_by(Unit.id)
    ).all()
    per_unit = db.execute(select(UserAccount.unit_id, func.count()).group_by(UserAccount.unit_id))
    users = dict(row for row in per_unit)
    children: dict[int | None, list[Unit]] = {}
    for unit in rows:
        children.setdefault(None if unit.id == staff.root_unit_id else unit.parent_id, []).append(unit)
    return tuple(_tree(children, None, 0, users))


def counts(db: Session, staff: Staff) -> Counts:
    """Return the figures of the overview page."""
    return Counts(
        users=len(users_of(db, staff)),
        units=len(units_of(db, staff)),
        open_procedures=_count(
            db, select(func.count()).where(Offering.unit_id == staff.root_unit_id, Offering.is_open)
        ),
        catalogue=_count(db, select(func.count()).where(ProcedureVersion.effective_to.is_(None))),
        incomplete=_count(
            db,
            select(func.count()).where(ProcedureVersion.effective_to.is_(None), ProcedureVersion.status == "draft"),
        ),
    )


def to_do(db: Session, staff: Staff, at: datetime) -> tuple[Step, ...]:
    """Return what a house needs before its desk can open, in the order to do it, each with whether it is done."""
    held = {role for row in users_of(db, staff) if row.is_active for role in row.roles}
    calendar = year_of(db, staff, at.astimezone(VIETNAM).year)
    return (
        Step("calendar", calendar is not None and calendar.is_known),
        Step("units", any(row.kind == "division" for row in units_of(db, staff))),
        Step("users", {Role.CLERK, Role.OFFICER, Role.LEADER, Role.RECORDS} <= held),
        Step("procedures", counts(db, staff).open_procedures > 0),
        Step("scheduler", any(not beat.is_silent for beat in heartbeats(db, at))),
    )


def _count(db: Session, question: object) -> int:
    return db.scalar(question) or 0  # type: ignore[call-overload]  # a select of one count


def _tree(
    children: dict[int | None, list[Unit]], parent: int | None, depth: int, users: dict[int, int]
) -> list[UnitRow]:
    rows: list[UnitRow] = []
    for unit in children.get(parent, []):
        rows.append(
            UnitRow(
                unit.id,
                unit.code,
                unit.name,
                unit.short_name,
                unit.kind,
                depth,
                users.get(unit.id, 0),
                unit.address,
                unit.phone,
            )
        )
        rows += _tree(children, unit.id, depth + 1, users)
    return rows


def _user_row(user: UserAccount, unit_name: str, roles: dict[int, list[Role]], seen: dict[int, datetime]) -> UserRow:
    return UserRow(
        user_id=user.id,
        login=user.login,
        name=user.name,
        title=user.title,
        unit_id=user.unit_id,
        unit_name=unit_name,
        roles=tuple(roles.get(user.id, [])),
        is_active=user.is_active,
        has_totp=user.totp_sealed is not None,
        must_change_password=user.must_change_password,
        last_seen_at=seen.get(user.id),
    )


def _roles_of(db: Session, ids: list[int]) -> dict[int, list[Role]]:
    held: dict[int, list[Role]] = {}
    for user_id, role in db.execute(
        select(Membership.user_id, Membership.role).where(Membership.user_id.in_(ids)).order_by(Membership.role)
    ):
        held.setdefault(user_id, []).append(Role(role))
    return held


def _last_seen(db: Session, ids: list[int]) -> dict[int, datetime]:
    latest = (
        select(WebSession.user_id, func.max(WebSession.last_seen_at))
        .where(WebSession.user_id.in_(ids))
        .group_by(WebSession.user_id)
    )
    return {user_id: at for user_id, at in db.execute(latest) if user_id is not None}
