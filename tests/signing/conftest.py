"""A demo authority, its people and a real result form: made once, they are values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import weasyprint

from app.adapters.stamps import Stamps
from signing import CachedSigner, Intent, Level, TrustStore, load_pkcs12, sign
from signing.authority import DemoAuthority
from signing.demo_time import DemoTimestampAuthority
from tests.support.house import *  # noqa: F403 - the fixtures of the house, for the commands
from workflows.calendar import VIETNAM

# In the past, and so for good: pyHanko counts what is not proven older as existing from now on.
AT = datetime(2026, 3, 9, 8, 30, tzinfo=VIETNAM)
FOUNDED = AT - timedelta(days=300)
PIN = "246810"
LEADER = "Vũ Đình Mẫu"
AGENCY = "Ủy ban nhân dân xã An Mẫu"
_FORM = """<html lang="vi"><style>
  @page { size: A4; margin: 20mm 18mm 20mm 30mm }
  html { font: 13pt Tinos }
  .room { position: relative; width: 60mm; height: 24mm; margin-left: 90mm }
  .room i { position: absolute; right: 0; bottom: 0; width: 0; height: 0 }
</style><title>Giấy xác nhận</title><h1>GIẤY XÁC NHẬN</h1><p>Xác nhận ông Trần Văn Thử cư trú tại xã An Mẫu.</p>
<p>CHỦ TỊCH</p><div class="room" id="o-ky"><i id="o-ky-end"></i></div><p>Vũ Đình Mẫu</p></html>"""


@dataclass(frozen=True)
class World:
    """An authority with a leader, a seal and a clock that proves time, and what a verifier trusts."""

    root: DemoAuthority
    leader: CachedSigner
    seal: CachedSigner
    time: DemoTimestampAuthority
    trust: TrustStore


def trust_of(root: DemoAuthority, **revoked: dict[int, datetime]) -> TrustStore:
    return TrustStore.load([("root.pem", root.root_pem), ("list.crl", root.revocation_list(FOUNDED, **revoked))])


@pytest.fixture(scope="session")
def world() -> World:
    root = DemoAuthority.create(FOUNDED)
    leader = root.person(
        LEADER, unit=AGENCY, title="Chủ tịch", pin=PIN, valid_from=FOUNDED, identity="CCCD:001099000123"
    )
    seal = root.seal(AGENCY, code="MST:H44.105", pin=PIN, valid_from=FOUNDED)
    clock = load_pkcs12(root.timestamping(pin=PIN, valid_from=FOUNDED), PIN)
    return World(
        root,
        load_pkcs12(leader, PIN),
        load_pkcs12(seal, PIN),
        DemoTimestampAuthority(clock, lambda: AT),
        trust_of(root),
    )


@pytest.fixture(scope="session")
def form() -> bytes:
    """A result form as the house prints it: PDF/A-2u, tagged by name, with room to sign."""
    return bytes(weasyprint.HTML(string=_FORM).write_pdf(pdf_variant="pdf/a-2u"))


@pytest.fixture(scope="session")
def signed(world: World, form: bytes) -> bytes:
    """The form with the leader's signature, level B-B, without a picture."""
    return sign(form, world.leader, Intent(AT))


@pytest.fixture(scope="session")
def by_level(world: World, form: bytes) -> dict[Level, bytes]:
    """The form with the leader's signature at each level."""
    return {
        level: sign(form, world.leader, Intent(AT, level=level), timestampers=[world.time], trust=world.trust)
        for level in Level
    }


@pytest.fixture(scope="session")
def stamps() -> Stamps:
    return Stamps(Path(__file__).parents[2] / "templates" / "documents")
