"""Signing and verifying, each beside what pyHanko takes by itself for the same file, key and stamp."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography.hazmat.primitives.asymmetric import ec, rsa

from app.adapters.signing_stamps import SigningStamps
from app.adapters.weasy import HTML
from app.bench import bare_signing
from app.bench.bare_signing import BareWork
from app.bench.rooms import WORKDAY
from app.bench.timing import Measure, each, percentile
from app.wiring import TEMPLATES
from signing import Appearance, CachedSigner, Intent, Level, TrustStore, load_pkcs12, sign, verify
from signing.appearance import signature_place
from signing.authority import DemoAuthority, PrivateKey
from signing.demo_time import DemoTimestampAuthority
from signing.places import box_kept_free

TIMES = 25
KEYS: dict[str, Callable[[], PrivateKey]] = {
    "RSA-2048": lambda: rsa.generate_private_key(65_537, 2048),
    "RSA-3072": lambda: rsa.generate_private_key(65_537, 3072),
    "P-256": lambda: ec.generate_private_key(ec.SECP256R1()),
}
_PIN = "246810"
_NAME = "Vũ Đình Mẫu"
# In the past: what is not proven older counts as existing from now on.
_AT = WORKDAY - timedelta(days=200)
_FORM = """<html lang="vi"><style>@page {{ size: A4; margin: 20mm 18mm 20mm 30mm }} html {{ font: 13pt Tinos }}
.room {{ position: relative; width: 60mm; height: 24mm; margin-left: 90mm }}
.room i {{ position: absolute; right: 0; bottom: 0; width: 0; height: 0 }}</style><title>Giấy xác nhận</title>
<h1>GIẤY XÁC NHẬN</h1>{body}<p>CHỦ TỊCH</p><div class="room" id="o-ky"><i id="o-ky-end"></i></div></html>"""


@dataclass(frozen=True, slots=True)
class Desk:
    """What is signed, and by whom it is believed."""

    root: DemoAuthority
    form: bytes
    stamps: SigningStamps
    trust: TrustStore
    time: DemoTimestampAuthority

    def key(self, make: Callable[[], PrivateKey]) -> CachedSigner:
        """Return a leader's key of that kind, parsed."""
        p12 = self.root.person(_NAME, unit="Xã Mẫu", title="Chủ tịch", pin=_PIN, valid_from=_founded(), key=make())
        return load_pkcs12(p12, _PIN)

    def sign(self, key: CachedSigner, level: Level = Level.B_B) -> bytes:
        """Sign as the house does: stamp drawn and placed in the box that the form keeps free."""
        place = signature_place(box_kept_free(self.form))
        look = Appearance(self.stamps.signature(_NAME), place, _NAME)
        intent = Intent(_AT, level=level, appearance=look)
        return sign(self.form, key, intent, timestampers=[self.time], trust=self.trust)


def measures() -> Iterator[Measure]:
    """Yield the times of signing by kind of key, of the highest level, and of verifying."""
    desk = _desk()
    for name, make in KEYS.items():
        yield _bare_level(desk, desk.key(make), name)
    key = desk.key(KEYS["P-256"])
    yield _archived(desk, key)
    for level, aim in ((Level.B_B, "≤ 60 ms"), (Level.B_LTA, "–")):
        yield _verified(desk, key, level, aim)


def _bare_level(desk: Desk, key: CachedSigner, name: str) -> Measure:
    work = _bare(desk, key)
    ours, floor = _in_turn(lambda: desk.sign(key), lambda: bare_signing.basic(work))
    return Measure(f"ký B-B, {name}, có hình chữ ký", ours, "ms", "pyHanko trần", floor, "≤ 1,3 lần")


def _archived(desk: Desk, key: CachedSigner) -> Measure:
    work = _bare(desk, key)
    ours, floor = _in_turn(lambda: desk.sign(key, Level.B_LTA), lambda: bare_signing.archived(work))
    return Measure("ký B-LTA, P-256, TSA tại chỗ", ours, "ms", "pyHanko trần", floor, "≤ 1,3 lần")


def _verified(desk: Desk, key: CachedSigner, level: Level, aim: str) -> Measure:
    signed = desk.sign(key, level)
    at = _AT + timedelta(days=1)
    verdict = verify(signed, desk.trust, at=at)
    if verdict.verdict.value != "TOTAL-PASSED":
        raise ArithmeticError(verdict.reason)
    ours, floor = _in_turn(
        lambda: verify(signed, desk.trust, at=at), lambda: bare_signing.validated(signed, desk.trust, at)
    )
    return Measure(f"kiểm tra {level.value}, không mạng", ours, "ms", "pyHanko trần", floor, aim)


def _in_turn(ours: Callable[[], object], floor: Callable[[], object]) -> tuple[float, float]:
    """Return both medians in ms; in turn, so that the machine's other work falls on both alike."""
    ours(), floor()
    pairs = [(each(ours, 1)[0], each(floor, 1)[0]) for _ in range(TIMES)]
    return percentile([pair[0] for pair in pairs], 0.5), percentile([pair[1] for pair in pairs], 0.5)


def _bare(desk: Desk, key: CachedSigner) -> BareWork:
    place = signature_place(box_kept_free(desk.form))
    return BareWork(desk.form, key, desk.stamps.signature(_NAME), place, desk.time, desk.trust, _AT)


def _desk() -> Desk:
    root = DemoAuthority.create(_founded())
    body = "<p>Xác nhận ông Trần Văn Thử cư trú tại xã An Mẫu.</p>" * 12
    form = HTML(string=_FORM.format(body=body)).write_pdf(pdf_variant="pdf/a-2u") or b""
    lists = [("root.pem", root.root_pem), ("list.crl", root.revocation_list(_founded()))]
    clock = load_pkcs12(root.timestamping(pin=_PIN, valid_from=_founded()), _PIN)
    time = DemoTimestampAuthority(clock, lambda: _AT)
    return Desk(root, form, SigningStamps(TEMPLATES), TrustStore.load(lists), time)


def _founded() -> datetime:
    return _AT - timedelta(days=300)
