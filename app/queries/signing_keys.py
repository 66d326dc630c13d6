"""Which key signs (khóa ký): found by a person's login, a holder's name, or an agency's code for its seal."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.db.models import SigningKey, Unit, UserAccount
from app.vault import Vault


@dataclass(frozen=True, slots=True)
class KeptKey:
    """A PKCS#12 file as it was installed; only its PIN opens it."""

    label: str
    p12: bytes
    is_demo: bool


def by_name(session: Session, vault: Vault, name: str) -> KeptKey | None:
    """Return the newest key of that login, holder or agency code, or None."""
    rows = (
        select(SigningKey)
        .outerjoin(UserAccount, UserAccount.id == SigningKey.user_id)
        .outerjoin(Unit, Unit.id == SigningKey.unit_id)
        .where(
            or_(
                UserAccount.login == name,
                SigningKey.label == name,
                (Unit.code == name) & (SigningKey.purpose == "seal"),
            )
        )
        .order_by(SigningKey.valid_to.desc())
    )
    row = session.scalars(rows).first()
    if row is None:
        return None
    return KeptKey(row.label, vault.open(row.p12_sealed, f"signing_keys.p12:{row.uid}"), row.is_demo)
