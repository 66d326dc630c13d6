"""Keys of linked systems (khóa kết nối): given once, kept as a hash, taken back; each use counted by the minute."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.db.models import ApiKey, ApiMinute, Unit
from app.db.once import insert_once
from app.db.unit_of_work import UnitOfWork
from app.domain import checks
from app.domain.api_scopes import PREFIX, KeyNameTaken, KeyNotFound, Scope
from app.domain.people import SCHEDULER, Actor

MINUTE = 60
KEPT_MINUTES = 60


@dataclass(frozen=True, slots=True)
class KnownKey:
    """A living key, as the door of the API knows it."""

    id: int
    unit_code: str
    unit_kind: str
    scopes: frozenset[str]
    per_minute: int

    def may(self, scope: str) -> bool:
        """Tell whether the key has this right."""
        return scope in self.scopes


def give(
    uow: UnitOfWork, unit_id: int, name: str, scopes: tuple[Scope, ...], *, per_minute: int, at: datetime, by: Actor
) -> str:
    """Return a new key in clear, this once. Raises KeyNameTaken, Missing."""
    neat = checks.text(name, what="tên khóa", where="name", longest=100)
    same = select(ApiKey.id).where(ApiKey.unit_id == unit_id, ApiKey.name == neat)
    if uow.session.scalar(same) is not None:
        raise KeyNameTaken(where="name", name=neat)
    key = PREFIX + secrets.token_urlsafe(32)
    rights = [scope.value for scope in scopes]
    row = ApiKey(
        unit_id=unit_id, name=neat, key_hash=hashed(key), scopes=rights, per_minute=per_minute, created_at=at
    )
    uow.session.add(row)
    uow.session.flush()
    uow.note("api_key:given", ("api_key", str(row.id)), by, at, name=neat, unit_id=unit_id, scopes=rights)
    return key


def take_back(uow: UnitOfWork, unit_id: int, name: str, *, at: datetime, by: Actor = SCHEDULER) -> None:
    """End a key at once. Raises KeyNotFound."""
    living = select(ApiKey).where(ApiKey.unit_id == unit_id, ApiKey.name == name, ApiKey.revoked_at.is_(None))
    row = uow.session.scalars(living).first()
    if row is None:
        raise KeyNotFound(where="name", name=name)
    row.revoked_at = at
    uow.note("api_key:taken_back", ("api_key", str(row.id)), by, at, name=name, unit_id=unit_id)


def known(session: Session, key: str) -> KnownKey | None:
    """Return the living key that hashes so, or None."""
    found = session.execute(
        select(ApiKey, Unit.code, Unit.kind)
        .join(Unit, Unit.id == ApiKey.unit_id)
        .where(ApiKey.key_hash == hashed(key), ApiKey.revoked_at.is_(None))
    ).first()
    if found is None:
        return None
    row, code, kind = found
    return KnownKey(row.id, code, kind, frozenset(row.scopes), row.per_minute)


def count(uow: UnitOfWork, key: KnownKey, at: datetime) -> int:
    """Count one question; return how many seconds to wait, 0 while the key asks within its number a minute."""
    minute = int(at.timestamp()) // MINUTE
    insert_once(uow.session, ApiMinute, {"key_id": key.id, "minute": minute, "asked": 0})
    here = (ApiMinute.key_id == key.id, ApiMinute.minute == minute)
    uow.session.execute(update(ApiMinute).where(*here).values(asked=ApiMinute.asked + 1))
    asked = uow.session.scalars(select(ApiMinute.asked).where(*here)).one()
    if asked == 1:
        uow.session.execute(update(ApiKey).where(ApiKey.id == key.id).values(last_used_at=at))
        uow.session.execute(delete(ApiMinute).where(ApiMinute.minute < minute - KEPT_MINUTES))
    return 0 if asked <= key.per_minute else MINUTE - int(at.timestamp()) % MINUTE


def hashed(key: str) -> str:
    """Return what is kept of a key: it is random and long, so a plain digest is enough."""
    return hashlib.sha256(key.encode()).hexdigest()
