"""The leader of the planted house with a key that is no file: on a token, or at a remote service.

A test opens them with `from tests.support.keys_elsewhere import *`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.signing_keys import KeyKind, KeyPlace
from app.seed.house import PIN
from app.services import signing_keys
from signing import load_pkcs12
from signing.authority import DemoAuthority
from tests.support.remote_service import BEARER, Service, listening
from tests.support.seeded import Desk
from tests.support.softhsm import KINDS, LIBRARY, TOKEN, plugged_in

__all__ = ["remote", "token"]

SEAT = "leader"


def certified(desk: Desk, key, *, name: str = "") -> bytes:
    root = DemoAuthority.load((desk.house.settings.home / "trust" / "demo-authority.p12").read_bytes(), PIN)
    leader, since = desk.staff(SEAT), root.certificate.not_valid_before_utc
    return root.person(
        name or leader.name, unit=leader.root_unit_name, title=leader.title, pin=PIN, valid_from=since, key=key
    )


def with_settings(desk: Desk, **changed: str) -> None:
    desk.house.settings = replace(desk.house.settings, **changed)
    desk.house.__dict__.pop("keyring", None)


@pytest.fixture
def token(desk: Desk, tmp_path: Path) -> Iterator[KeyPlace]:
    """The leader's key is on a token from now on."""
    with_settings(desk, pkcs11_library=LIBRARY)
    with plugged_in(tmp_path / "softhsm", lambda key: certified(desk, key), pin=PIN, kinds=("ec",)):
        yield registered(desk, KeyPlace(KeyKind.TOKEN, f"{TOKEN}/ec"))


@pytest.fixture
def remote(desk: Desk) -> Iterator[Service]:
    """The leader's key is at a remote service from now on."""
    service = Service({"cred-1": load_pkcs12(certified(desk, KINDS["ec"]()), PIN)})
    with listening(service) as address:
        with_settings(desk, remote_signing_url=address, remote_signing_token=BEARER)
        registered(desk, KeyPlace(KeyKind.REMOTE, "cred-1"))
        yield service


def registered(desk: Desk, place: KeyPlace) -> KeyPlace:
    with desk.house.unit_of_work() as uow:
        admin, certificate = desk.staff("admin"), desk.house.keyring.certificate(place)
        at, leader = desk.clock.now(), desk.staff(SEAT)
        signing_keys.register(uow, admin, place, certificate, at, user_id=leader.user_id)
    return place
