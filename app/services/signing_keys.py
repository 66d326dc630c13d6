"""Keys of the house (khóa ký): whose they are and where they lie. No PIN and no secret of a token is ever stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.db.base import new_uid
from app.db.models import SigningKey, Unit, UserAccount
from app.db.unit_of_work import UnitOfWork
from app.domain.people import Actor, Staff
from app.domain.signing_keys import KeyKind, KeyPlace
from app.services.accounts import NoSuchAccount, administering
from app.services.errors import NotFound
from signing import require_usable
from signing.certificates import described


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key to install with its certificate (DER). `purpose` is person (with its account) or seal (of the unit)."""

    purpose: str
    unit_id: int
    label: str
    place: KeyPlace
    certificate: bytes
    user_id: int | None = None
    is_demo: bool = False


def register(
    uow: UnitOfWork, staff: Staff, place: KeyPlace, certificate: bytes, at: datetime, *, user_id: int | None
) -> int:
    """Register a key for a member of the administrator's agency, or without one for its seal.

    Raises NoSuchAccount, or a SigningError where the certificate (DER) is not in force or names somebody else.
    """
    if user_id is None:
        holder, unit_id = uow.session.get_one(Unit, staff.root_unit_id).name, staff.root_unit_id
    else:
        user = uow.session.get(UserAccount, user_id)
        unit = uow.session.get(Unit, user.unit_id) if user else None
        if user is None or unit is None or staff.root_unit_id not in {unit.id, unit.root_id}:
            raise NoSuchAccount(where="holder")
        holder, unit_id = user.name, user.unit_id
    require_usable(certificate, at, holder=holder)
    purpose = "seal" if user_id is None else "person"
    return install(
        uow, NewKey(purpose, unit_id, holder, place, certificate, user_id), by=administering(staff), at=at
    )


def install(uow: UnitOfWork, key: NewKey, by: Actor, at: datetime) -> int:
    """Keep a key and note who brought it; the one before it is retired. Returns its id."""
    before = in_use(uow, key.purpose, unit_id=key.unit_id, user_id=key.user_id)
    if before is not None:
        _retire(uow, before, by, at)
    uid, certificate = new_uid(), described(key.certificate)
    is_file = key.place.kind is KeyKind.FILE
    row = SigningKey(
        uid=uid,
        purpose=key.purpose,
        user_id=key.user_id,
        unit_id=key.unit_id,
        label=key.label,
        kind=key.place.kind.value,
        address=key.place.address,
        p12_sealed=uow.vault.seal(key.place.p12, _where(uid)) if is_file else None,
        certificate_pem=certificate.pem,
        is_demo=key.is_demo,
        valid_from=certificate.valid_from,
        valid_to=certificate.valid_to,
    )
    uow.session.add(row)
    uow.session.flush()
    told = {"label": key.label, "purpose": key.purpose, "kind": key.place.kind.value}
    uow.note("key:installed", ("signing_key", str(row.id)), by, at, **told)
    return row.id


def retire(uow: UnitOfWork, staff: Staff, key_id: int, at: datetime) -> None:
    """Take a key of the administrator's agency out of use; what it signed stands. Raises NotFound."""
    row = uow.session.get(SigningKey, key_id)
    unit = uow.session.get_one(Unit, row.unit_id) if row else None
    if row is None or unit is None or staff.root_unit_id not in {unit.id, unit.root_id} or row.retired_at:
        raise NotFound(number=str(key_id))
    _retire(uow, row, administering(staff), at)


def in_use(uow: UnitOfWork, purpose: str, *, unit_id: int, user_id: int | None = None) -> SigningKey | None:
    """Return the key with which a person (wherever they sit) or the seal of a unit signs now, or None."""
    whose = SigningKey.unit_id == unit_id if user_id is None else SigningKey.user_id == user_id
    return uow.session.scalars(
        select(SigningKey).where(SigningKey.purpose == purpose, whose, SigningKey.retired_at.is_(None))
    ).first()


def has_key(uow: UnitOfWork, purpose: str, *, unit_id: int, user_id: int | None = None) -> bool:
    """Tell whether a person or unit was ever given a key, in use or not."""
    found = select(SigningKey.id).where(
        SigningKey.purpose == purpose, SigningKey.unit_id == unit_id, SigningKey.user_id == user_id
    )
    return uow.session.scalars(found).first() is not None


def place_of(uow: UnitOfWork, row: SigningKey) -> KeyPlace:
    """Return where a key lies, its file opened from the vault."""
    p12 = uow.vault.open(row.p12_sealed, _where(row.uid)) if row.p12_sealed else b""
    return KeyPlace(KeyKind(row.kind), row.address, p12)


def _retire(uow: UnitOfWork, row: SigningKey, by: Actor, at: datetime) -> None:
    row.retired_at = at
    uow.session.flush()
    uow.note("key:retired", ("signing_key", str(row.id)), by, at, label=row.label, purpose=row.purpose)


def _where(uid: str) -> str:
    return f"signing_keys.p12:{uid}"
