"""Keys: what opens them, what they may sign, and who holds them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_der_x509_certificate

from signing import Intent, SigningError, Verdict, load_pkcs12, prepare, sign, verify
from signing.authority import DemoAuthority
from signing.certificates import TEST_MARK, holder_of, require_usable
from tests.signing.conftest import AGENCY, AT, FOUNDED, LEADER, PIN, trust_of

KEYS = {
    "P-256": lambda: ec.generate_private_key(ec.SECP256R1()),
    "RSA-2048": lambda: rsa.generate_private_key(65_537, 2048),
    "RSA-3072": lambda: rsa.generate_private_key(65_537, 3072),
}


def person(root: DemoAuthority, **wanted) -> bytes:
    given = {"unit": AGENCY, "title": "Chủ tịch", "pin": PIN, "valid_from": FOUNDED} | wanted
    return root.person(LEADER, **given)


@pytest.mark.parametrize("kind", KEYS)
def test_each_kind_of_key_signs(world, form, kind):
    key = load_pkcs12(person(world.root, key=KEYS[kind]()), PIN)
    assert verify(sign(form, key, Intent(AT)), world.trust, at=AT).verdict is Verdict.PASSED


@pytest.mark.parametrize(
    ("spoil", "pin", "code"),
    [
        (bytes, "000000", "pin_wrong"),
        (bytes, "", "pin_wrong"),
        (lambda _: b"", PIN, "key_file_unreadable"),
        (lambda _: b"%PDF-1.7", PIN, "key_file_unreadable"),
        (lambda p12: p12[: len(p12) // 2], PIN, "key_file_unreadable"),
        (lambda _: b"\x30\x03\x02\x01\x03", PIN, "key_file_unreadable"),
    ],
)
def test_a_key_file_that_does_not_open_says_why(world, spoil, pin, code):
    with pytest.raises(SigningError) as refused:
        load_pkcs12(spoil(person(world.root)), pin)
    assert refused.value.code == code
    assert "Vui lòng" in str(refused.value)


@pytest.mark.parametrize(
    ("at", "holder", "code"),
    [
        (FOUNDED - timedelta(seconds=1), None, "certificate_not_yet_valid"),
        (FOUNDED + timedelta(days=3 * 365 + 1), None, "certificate_expired"),
        (AT, "Trần Văn Thử", "certificate_of_another"),
        (AT, "001099000124", "certificate_of_another"),
    ],
)
def test_nobody_signs_out_of_time_or_for_another(world, form, at, holder, code):
    with pytest.raises(SigningError) as refused:
        prepare(form, world.leader.certificate, Intent(at, holder=holder))
    assert refused.value.code == code


@pytest.mark.parametrize("holder", [LEADER, LEADER.upper(), "001099000123", "CCCD:001099000123"])
def test_a_holder_is_known_by_name_or_number(world, holder):
    require_usable(world.leader.certificate, AT, holder=holder)


def test_a_certificate_for_other_ends_does_not_sign(world, form):
    with pytest.raises(SigningError, match="không được cấp để ký"):
        prepare(form, world.root.certificate.public_bytes(Encoding.DER), Intent(AT))


def test_the_demo_authority_shouts(world):
    for certificate in (world.leader.certificate, world.seal.certificate, *world.leader.chain):
        subject = load_der_x509_certificate(certificate).subject.rfc4514_string()
        assert subject.count(TEST_MARK) >= 2


def test_a_long_name_is_cut_and_its_mark_is_not(world):
    name = "Trung tâm Phục vụ hành chính công tỉnh có tên thật là dài " * 3
    p12 = world.root.seal(name, code="MST:1", pin=PIN, valid_from=FOUNDED)
    holder = holder_of(load_der_x509_certificate(load_pkcs12(p12, PIN).certificate))
    assert holder.endswith(f"({TEST_MARK})")


def test_the_authority_is_kept_and_opened_again(world):
    again = DemoAuthority.load(world.root.to_pkcs12(PIN), PIN)
    assert again.root_pem == world.root.root_pem
    assert trust_of(again).roots == world.trust.roots


def test_a_key_never_shows_itself(world):
    assert "PrivateKey" not in repr(world.leader)
