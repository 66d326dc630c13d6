"""Who signs with which key (mở khóa ký): the person's own or the agency's, wherever it lies."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Protocol

from app.db.models import Unit
from app.db.unit_of_work import UnitOfWork
from app.domain.people import Staff
from app.domain.signing_keys import KeyPlace
from app.services.errors import NoSigningKey
from app.services.signing_keys import in_use, place_of
from signing import Signer, SigningError
from signing.certificates import require_registered


class Keyring(Protocol):
    """Opens keys."""

    def open(self, place: KeyPlace, pin: str, *, signatures: int = 1) -> Signer: ...  # noqa: D102 - a port, said in the adapter


class Keys(Protocol):
    """Where keys lie: all that opening one needs."""

    @property
    def keyring(self) -> Keyring: ...  # noqa: D102 - a port
    def unit_of_work(self) -> AbstractContextManager[UnitOfWork]: ...  # noqa: D102 - a port
    def require_standing(self, certificate: bytes, chain: tuple[bytes, ...]) -> None: ...  # noqa: D102 - a port


def personal_signer(ports: Keys, staff: Staff, pin: str, *, signatures: int = 1) -> Signer:
    """Return the key of this person, opened for so many signatures; the caller closes it.

    Raises NoSigningKey or a SigningError: wrong PIN, locked or absent token, an expired, revoked or other certificate.
    """
    with ports.unit_of_work() as uow:
        row = in_use(uow, "person", unit_id=staff.unit_id, user_id=staff.user_id)
        if row is None:
            raise NoSigningKey(where="pin", who=staff.name)
        place, registered = place_of(uow, row), row.certificate_pem
    return _opened(ports, place, registered, pin, signatures=signatures)


def seal_signer(ports: Keys, staff: Staff, pin: str) -> tuple[Signer, str]:
    """Return the agency's key, opened for one signature, and the agency's name; raises as `personal_signer` does."""
    with ports.unit_of_work() as uow:
        row = in_use(uow, "seal", unit_id=staff.root_unit_id)
        if row is None:
            raise NoSigningKey(where="pin", who=staff.root_unit_name)
        place, registered = place_of(uow, row), row.certificate_pem
        agency = uow.session.get_one(Unit, row.unit_id).name
    return _opened(ports, place, registered, pin, signatures=1), agency


def _opened(ports: Keys, place: KeyPlace, registered: str, pin: str, *, signatures: int) -> Signer:
    # Out of the transaction: a token, a service or the authority may be asked for seconds.
    signer = ports.keyring.open(place, pin, signatures=signatures)
    try:
        require_registered(signer.certificate, registered)
        ports.require_standing(signer.certificate, signer.chain)
    except SigningError:
        signer.close()
        raise
    return signer
