"""Who is signed in, and who works here (tài khoản, phiên đăng nhập): frozen rows for doors and pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session, aliased

from app.db.models import Absence, Membership, Unit, UserAccount, WebSession
from app.domain.people import Replaced, Role, Staff
from workflows.calendar import VIETNAM

# Who signs or seals loses an unattended session sooner.
SIGNING_ROLES = frozenset({Role.LEADER, Role.RECORDS})
# Every page asks these: they are built once.
_ROOT = aliased(Unit)
_LIVING = (
    select(WebSession, UserAccount)
    .join(UserAccount, UserAccount.id == WebSession.user_id)
    .where(
        WebSession.id_hash == bindparam("id_hash"),
        WebSession.revoked_at.is_(None),
        WebSession.expires_at > bindparam("at"),
        WebSession.rights_version == UserAccount.rights_version,
        UserAccount.is_active,
    )
)
_ACCOUNT = (
    select(UserAccount, Unit, _ROOT)
    .join(Unit, Unit.id == UserAccount.unit_id)
    .join(_ROOT, _ROOT.id == Unit.root_id, isouter=True)
    .where(UserAccount.id == bindparam("user"), UserAccount.is_active)
)
_HELD = (
    select(Membership.role)
    .join(Unit, Unit.id == Membership.unit_id)
    .where(
        Membership.user_id == bindparam("user"),
        or_(Unit.root_id == bindparam("root"), Unit.id == bindparam("root")),
        or_(Membership.valid_from.is_(None), Membership.valid_from <= bindparam("day")),
        or_(Membership.valid_to.is_(None), Membership.valid_to >= bindparam("day")),
    )
)
_AWAY = (
    select(UserAccount.id, UserAccount.name)
    .join(Absence, Absence.user_id == UserAccount.id)
    .where(
        Absence.substitute_id == bindparam("user"),
        Absence.from_at <= bindparam("at"),
        Absence.until_at > bindparam("at"),
    )
    .order_by(UserAccount.id)
)


@dataclass(frozen=True, slots=True)
class IdleLimits:
    """After how long unused a session ends, for most and for those who sign."""

    usual: timedelta
    signer: timedelta

    def of(self, roles: Iterable[Role]) -> timedelta:
        """Return the limit for a holder of `roles`."""
        return self.signer if SIGNING_ROLES.intersection(roles) else self.usual


@dataclass(frozen=True, slots=True)
class LivingSession:
    """A session that still holds, and the person it belongs to with today's roles."""

    id_hash: str
    csrf_secret: str
    last_seen_at: datetime
    expires_at: datetime
    must_change_password: bool
    staff: Staff


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One line of "my sessions" (phiên của tôi)."""

    id_hash: str
    created_at: datetime
    last_seen_at: datetime
    address: str
    agent: str


def living_session(db: Session, id_hash: str, at: datetime, idle: IdleLimits) -> LivingSession | None:
    """Return the session when it holds at `at`: not ended, idle, too old, and its rights are still today's."""
    found = db.execute(_LIVING, {"id_hash": id_hash, "at": at}).first()
    if found is None:
        return None
    row, user = found
    staff = staff_of(db, user.id, at)
    if staff is None:
        return None
    if row.last_seen_at + idle.of(staff.roles) <= at:
        return None
    return LivingSession(id_hash, row.csrf_secret, row.last_seen_at, row.expires_at, user.must_change_password, staff)


def staff_of(db: Session, user_id: int, at: datetime) -> Staff | None:
    """Return an active account as `Staff` with the roles held on the Vietnam day of `at`, or None."""
    found = db.execute(_ACCOUNT, {"user": user_id}).first()
    if found is None:
        return None
    user, unit, authority = found
    authority = unit if authority is None else authority
    roles = _roles(db, user_id, authority.id, at.astimezone(VIETNAM).date())
    return Staff(
        user_id=user.id,
        login=user.login,
        name=user.name,
        title=user.title,
        unit_id=unit.id,
        unit_code=unit.code,
        unit_name=unit.name,
        root_unit_id=authority.id,
        root_unit_code=authority.code,
        root_unit_name=authority.name,
        roles=roles,
        replaces=_replaced_by(db, user.id, at),
    )


def staff_by_login(db: Session, login: str, at: datetime) -> Staff | None:
    """Return an active account by its login, or None."""
    user_id = db.scalar(select(UserAccount.id).where(UserAccount.login == login.strip().lower()))
    return None if user_id is None else staff_of(db, user_id, at)


def sessions_of(db: Session, user_id: int, at: datetime) -> tuple[SessionRow, ...]:
    """Return the user's sessions that were not ended and are not too old, the latest used first."""
    rows = db.scalars(
        select(WebSession)
        .where(WebSession.user_id == user_id, WebSession.revoked_at.is_(None), WebSession.expires_at > at)
        .order_by(WebSession.last_seen_at.desc())
    )
    return tuple(SessionRow(r.id_hash, r.created_at, r.last_seen_at, r.address, r.agent) for r in rows)


def has_second_factor(db: Session, user_id: int) -> bool:
    """Tell whether the account asks for a code beside the password."""
    return db.scalar(select(UserAccount.totp_sealed).where(UserAccount.id == user_id)) is not None


def has_any_account(db: Session) -> bool:
    """Tell whether anybody can sign in yet; an empty home asks for its first administrator."""
    return db.scalar(select(UserAccount.id).limit(1)) is not None


def _replaced_by(db: Session, user_id: int, at: datetime) -> tuple[Replaced, ...]:
    """Return whom this person stands in for at this minute."""
    away = db.execute(_AWAY, {"user": user_id, "at": at})
    return tuple(Replaced(absent_id, name) for absent_id, name in away)


def _roles(db: Session, user_id: int, root_id: int, day: date) -> frozenset[Role]:
    held = db.scalars(_HELD, {"user": user_id, "root": root_id, "day": day})
    return frozenset(Role(role) for role in held)
