"""Keys of the house (khóa ký): a person's or a seal's PKCS#12, kept sealed; its PIN is never stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.db.base import new_uid
from app.db.models import SigningKey
from app.db.unit_of_work import UnitOfWork
from app.domain.people import Actor


@dataclass(frozen=True, slots=True)
class KeyFile:
    """A key to install. `purpose` is person (with its account) or seal (of the unit)."""

    purpose: str
    unit_id: int
    label: str
    p12: bytes
    certificate_pem: str
    valid_from: datetime
    valid_to: datetime
    user_id: int | None = None
    is_demo: bool = False


def install(uow: UnitOfWork, key: KeyFile, by: Actor, at: datetime) -> int:
    """Keep a key under the vault and note who brought it. Returns its id."""
    uid = new_uid()
    row = SigningKey(
        uid=uid,
        purpose=key.purpose,
        user_id=key.user_id,
        unit_id=key.unit_id,
        label=key.label,
        p12_sealed=uow.vault.seal(key.p12, f"signing_keys.p12:{uid}"),
        certificate_pem=key.certificate_pem,
        is_demo=key.is_demo,
        valid_from=key.valid_from,
        valid_to=key.valid_to,
    )
    uow.session.add(row)
    uow.session.flush()
    uow.note("key:installed", ("signing_key", str(row.id)), by, at, label=key.label, purpose=key.purpose)
    return row.id


def has_key(uow: UnitOfWork, purpose: str, *, unit_id: int, user_id: int | None = None) -> bool:
    """Tell whether a person or unit can sign already."""
    found = select(SigningKey.id).where(
        SigningKey.purpose == purpose, SigningKey.unit_id == unit_id, SigningKey.user_id == user_id
    )
    return uow.session.scalars(found).first() is not None
