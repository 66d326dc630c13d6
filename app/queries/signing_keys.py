"""Which key signs (khóa ký): found by a person's login, a holder's name, or an agency's code for its seal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from app.db.models import SigningKey, Unit, UserAccount
from app.domain.people import Staff
from app.domain.signing_keys import KeyKind, KeyPlace
from app.vault import Vault

_MOST = 500


@dataclass(frozen=True, slots=True)
class KeptKey:
    """A key as it was registered; only its PIN opens it."""

    label: str
    place: KeyPlace
    is_demo: bool


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A line of the register of keys."""

    id: int
    holder: str
    purpose: str
    place: KeyPlace
    valid_from: datetime
    valid_to: datetime
    is_demo: bool
    retired_at: datetime | None


def by_name(session: Session, vault: Vault, name: str) -> KeptKey | None:
    """Return the key in use of that login, holder or agency code, or None."""
    rows = (
        select(SigningKey)
        .outerjoin(UserAccount, UserAccount.id == SigningKey.user_id)
        .outerjoin(Unit, Unit.id == SigningKey.unit_id)
        .where(
            SigningKey.retired_at.is_(None),
            or_(
                UserAccount.login == name,
                SigningKey.label == name,
                (Unit.code == name) & (SigningKey.purpose == "seal"),
            ),
        )
        .order_by(SigningKey.valid_to.desc())
    )
    row = session.scalars(rows).first()
    if row is None:
        return None
    p12 = vault.open(row.p12_sealed, f"signing_keys.p12:{row.uid}") if row.p12_sealed else b""
    return KeptKey(row.label, KeyPlace(KeyKind(row.kind), row.address, p12), row.is_demo)


def of_person(session: Session, staff: Staff) -> KeyPlace | None:
    """Return where the key lies with which a person signs (a file without its bytes), or None."""
    return _where(session, SigningKey.purpose == "person", SigningKey.user_id == staff.user_id)


def of_seal(session: Session, staff: Staff) -> KeyPlace | None:
    """Return where the seal of a person's agency lies (a file without its bytes), or None."""
    return _where(session, SigningKey.purpose == "seal", SigningKey.unit_id == staff.root_unit_id)


def register_of(session: Session, staff: Staff) -> tuple[KeyRow, ...]:
    """Return the keys of the person's agency, those in use first, then by name."""
    rows = session.scalars(
        select(SigningKey)
        .join(Unit, Unit.id == SigningKey.unit_id)
        .where(or_(Unit.id == staff.root_unit_id, Unit.root_id == staff.root_unit_id))
        .order_by(SigningKey.retired_at.is_not(None), SigningKey.label, SigningKey.id.desc())
        .limit(_MOST)
    )
    return tuple(
        KeyRow(
            row.id,
            row.label,
            row.purpose,
            KeyPlace(KeyKind(row.kind), row.address),
            row.valid_from,
            row.valid_to,
            row.is_demo,
            row.retired_at,
        )
        for row in rows
    )


def _where(session: Session, *whose: ColumnElement[bool]) -> KeyPlace | None:
    row = session.execute(
        select(SigningKey.kind, SigningKey.address).where(*whose, SigningKey.retired_at.is_(None))
    ).first()
    return KeyPlace(KeyKind(row.kind), row.address) if row else None
