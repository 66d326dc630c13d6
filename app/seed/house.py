"""The demo house (ngôi nhà mẫu): seed, units, accounts and test certificates. Idempotent."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from app.domain.people import Actor, Role
from app.domain.signing_keys import KeyKind, KeyPlace
from app.queries.accounts import staff_by_login
from app.queries.units import unit_id_by_code
from app.seed import loader
from app.seed.planting import seed, seed_demo_units
from app.services import accounts, signing_keys
from app.services.seeding_units import plant_signers
from app.services.signing_keys import NewKey
from app.wiring import House
from signing import load_pkcs12
from signing.authority import DemoAuthority
from workflows.states import ActorKind

PASSWORD = "mot-cua-demo-2026"  # noqa: S105 - printed at every start of a demo house
PIN = "246810"
DEMO = Actor(ActorKind.STAFF, "Dữ liệu mẫu")
_OLDER_THAN_ALL = timedelta(days=240)  # certificates are older than the first dossier


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account as `motcua demo accounts` prints it; `pin` only where the account signs."""

    role: str
    unit: str
    login: str
    password: str
    pin: str
    name: str


def prepare(house: House, at: datetime) -> None:
    """Plant seed, demo units, accounts and keys; what is there stands."""
    with house.unit_of_work() as uow:
        seed(uow, at)
        seed_demo_units(uow)
    with house.unit_of_work() as uow:
        new = [row for row in _declared() if staff_by_login(uow.session, row["login"], at) is None]
        for row in new:
            accounts.create_account(uow, DEMO, at, **_columns(uow, row))
    with house.unit_of_work() as uow:
        plant_signers(uow, loader.signers())
    _certify(house, at)


def demo_accounts() -> list[DemoAccount]:
    """Return the demo accounts in the order of the file."""
    return [
        DemoAccount(
            role=", ".join(row["roles"]),
            unit=row["unit"],
            login=row["login"],
            password=PASSWORD,
            pin=PIN if row.get("key") or row.get("seal") else "",
            name=row["name"],
        )
        for row in _declared()
    ]


def trust_folder(house: House) -> Path:
    """Return the folder of roots that this house trusts."""
    return house.settings.home / "trust"


def _certify(house: House, at: datetime) -> None:
    """Give signers and agencies their test certificates, under a demo root made at first start."""
    root = _authority(house, at)
    with house.unit_of_work() as uow:
        for row in _declared():
            staff = staff_by_login(uow.session, row["login"], at)
            if staff is None:
                continue
            since = at - _OLDER_THAN_ALL
            if row.get("key") and not signing_keys.has_key(uow, "person", unit_id=staff.unit_id, user_id=staff.user_id):
                p12 = root.person(staff.name, unit=staff.root_unit_name, title=staff.title, pin=PIN, valid_from=since)
                signing_keys.install(uow, _key("person", staff.unit_id, staff.name, p12, staff.user_id), DEMO, at)
            if row.get("seal") and not signing_keys.has_key(uow, "seal", unit_id=staff.root_unit_id):
                name = staff.root_unit_name.replace("(demo)", "").strip()
                p12 = root.seal(name, code=staff.root_unit_code, pin=PIN, valid_from=since)
                signing_keys.install(uow, _key("seal", staff.root_unit_id, name, p12, None), DEMO, at)


def _authority(house: House, at: datetime) -> DemoAuthority:
    folder = trust_folder(house)
    kept = folder / "demo-authority.p12"
    if kept.exists():
        return DemoAuthority.load(kept.read_bytes(), PIN)
    root = DemoAuthority.create(at - _OLDER_THAN_ALL)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    kept.write_bytes(root.to_pkcs12(PIN))
    (folder / "demo-root.pem").write_bytes(root.root_pem)
    (folder / "demo-root.crl").write_bytes(root.revocation_list(at))
    return root


def _key(purpose: str, unit_id: int, label: str, p12: bytes, user_id: int | None) -> NewKey:
    certificate = load_pkcs12(p12, PIN).certificate
    return NewKey(purpose, unit_id, label, KeyPlace(KeyKind.FILE, p12=p12), certificate, user_id, is_demo=True)


def _columns(uow: Any, row: dict[str, Any]) -> dict[str, Any]:
    return {
        "login": row["login"],
        "name": row["name"],
        "title": row["title"],
        "unit_id": unit_id_by_code(uow.session, row["unit"]),
        "roles": [Role(role) for role in row["roles"]],
        "password": PASSWORD,
        "is_demo": True,
    }


def _declared() -> list[dict[str, Any]]:
    text = (Path(__file__).parent / "accounts.toml").read_text(encoding="utf-8")
    return list(tomllib.loads(text)["accounts"])
