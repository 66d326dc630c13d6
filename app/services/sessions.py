"""Sessions of staff (phiên đăng nhập): rows on the server that can be ended at once, everywhere.

The browser holds 128 random bits; the database holds only their hash, so a copy of it opens nothing.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from app.db.models import UserAccount, WebSession
from app.db.unit_of_work import UnitOfWork
from app.domain.people import Actor, Staff
from workflows.states import ActorKind

TOKEN_BYTES = 16
LONGEST_AGENT = 200


@dataclass(frozen=True, slots=True)
class Visitor:
    """From where somebody signs in, as the session list shows it."""

    address: str
    agent: str


@dataclass(frozen=True, slots=True)
class Opened:
    """A new session: the identifier for the browser and the secret of its forms; neither is logged."""

    token: str
    csrf_secret: str


def digest(token: str) -> str:
    """Return what the database keeps of a session's token."""
    return hashlib.sha256(token.encode()).hexdigest()


def self_acting(user: UserAccount) -> Actor:
    """Return the account's owner as the actor of an event about the account itself."""
    return Actor(ActorKind.STAFF, user.name, user.id, user.unit_id)


def open_session(uow: UnitOfWork, user: UserAccount, at: datetime, *, lifetime: timedelta, visitor: Visitor) -> Opened:
    """Open a session with a new identifier and return what the browser needs of it."""
    opened = Opened(secrets.token_urlsafe(TOKEN_BYTES), secrets.token_hex(20))
    uow.session.add(
        WebSession(
            id_hash=digest(opened.token),
            user_id=user.id,
            csrf_secret=opened.csrf_secret,
            rights_version=user.rights_version,
            created_at=at,
            last_seen_at=at,
            expires_at=at + lifetime,
            address=visitor.address,
            agent=visitor.agent[:LONGEST_AGENT],
        )
    )
    uow.note("session:opened", ("user", str(user.id)), self_acting(user), at, address=visitor.address)
    return opened


def touch(uow: UnitOfWork, id_hash: str, at: datetime) -> None:
    """Note that a session is in use."""
    row = uow.session.get(WebSession, id_hash)
    if row is not None and row.revoked_at is None:
        row.last_seen_at = max(row.last_seen_at, at)


def close_session(uow: UnitOfWork, user_id: int, id_hash: str, at: datetime) -> bool:
    """End one session of one user; False when it is not theirs or already ended."""
    user = uow.session.get(UserAccount, user_id, with_for_update=True)
    row = uow.session.get(WebSession, id_hash)
    if user is None or row is None or row.user_id != user_id or row.revoked_at is not None:
        return False
    row.revoked_at = at
    uow.note("session:closed", ("user", str(user_id)), self_acting(user), at)
    return True


def reopen(uow: UnitOfWork, user_id: int, at: datetime, *, lifetime: timedelta, visitor: Visitor) -> Opened:
    """Open a new session for somebody who just proved who they are: a new identifier after each step-up."""
    user = uow.session.get_one(UserAccount, user_id, with_for_update=True)
    return open_session(uow, user, at, lifetime=lifetime, visitor=visitor)


def close_others(uow: UnitOfWork, staff: Staff, kept: str, at: datetime) -> int:
    """End every session of the person but `kept`, and return how many there were."""
    user = uow.session.get_one(UserAccount, staff.user_id, with_for_update=True)
    others = [row for row in _living(uow, user.id) if row.id_hash != kept]
    for row in others:
        row.revoked_at = at
    if others:
        uow.note("session:others_closed", ("user", str(user.id)), self_acting(user), at, count=len(others))
    return len(others)


def close_all(uow: UnitOfWork, user_id: int, at: datetime) -> int:
    """End every session of a user and return how many there were; the caller's event says why."""
    living = _living(uow, user_id)
    for row in living:
        row.revoked_at = at
    return len(living)


def _living(uow: UnitOfWork, user_id: int) -> list[WebSession]:
    return list(
        uow.session.scalars(select(WebSession).where(WebSession.user_id == user_id, WebSession.revoked_at.is_(None)))
    )
