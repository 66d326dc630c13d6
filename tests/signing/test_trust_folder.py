"""A folder of roots as a house fills it: two roots, a sub-authority, their lists; the demo authority stands apart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from app.adapters.trust import trust_in
from signing import CachedSigner, Intent, SigningError, TrustStore, Verdict, sign, verify
from signing.certificates import TEST_MARK
from tests.signing.conftest import AT, FOUNDED, LEADER

FIRST, SECOND, BELOW = "Gốc chuyên dùng Chính phủ", "Gốc chuyên dùng Chính phủ G2", "Chứng thực cơ quan nhà nước G2"
LONG = timedelta(days=3_650)


@dataclass
class Authority:
    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    def der(self) -> bytes:
        return self.certificate.public_bytes(Encoding.DER)

    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)

    def list_of_none(self) -> bytes:
        builder = x509.CertificateRevocationListBuilder(self.certificate.subject, FOUNDED, FOUNDED + LONG)
        above = x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key())
        builder = builder.add_extension(x509.CRLNumber(1), critical=False).add_extension(above, critical=False)
        return builder.sign(self.key, hashes.SHA256()).public_bytes(Encoding.DER)


def issued(name: str, by: Authority | None, *, authority: bool) -> Authority:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    issuer = by.certificate.subject if by else subject
    usage = x509.KeyUsage(not authority, False, False, False, False, authority, authority, False, False)
    above = x509.AuthorityKeyIdentifier.from_issuer_public_key((by.key if by else key).public_key())
    builder = (
        x509.CertificateBuilder(issuer, subject, key.public_key(), x509.random_serial_number(), FOUNDED, FOUNDED + LONG)
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(above, critical=False)
    )
    return Authority(key, builder.sign((by or Authority(key, None)).key, hashes.SHA256()))


@pytest.fixture(scope="module")
def state() -> dict[str, Authority]:
    first, second = issued(FIRST, None, authority=True), issued(SECOND, None, authority=True)
    return {FIRST: first, SECOND: second, BELOW: issued(BELOW, second, authority=True)}


@pytest.fixture
def folder(tmp_path: Path, state: dict[str, Authority]) -> Path:
    for name, content in (
        ("goc-1.cer", state[FIRST].der()),
        ("goc-2.crt", state[SECOND].pem()),
        ("cap-duoi-g2.cer", state[BELOW].der()),
        ("goc-2.crl", state[SECOND].list_of_none()),
        ("cap-duoi-g2.crl", state[BELOW].list_of_none()),
        ("hong.pem", b"not a certificate"),
        ("ghi-chu.txt", b"left alone"),
    ):
        (tmp_path / name).write_bytes(content)
    return tmp_path


def test_both_roots_and_the_authority_below_are_loaded_and_a_broken_file_is_named(folder, state):
    trust = trust_in(folder)
    assert set(trust.roots) == {state[FIRST].der(), state[SECOND].der()}
    assert trust.intermediates == (state[BELOW].der(),)
    assert (len(trust.crls), trust.unread) == (2, ("hong.pem",))


def test_a_signature_of_an_authority_below_leads_to_its_root_and_to_no_other(form, folder, state):
    leaf = issued(LEADER, state[BELOW], authority=False)
    signed = sign(form, CachedSigner(leaf.key, leaf.der()), Intent(AT, holder=LEADER))
    told = verify(signed, trust_in(folder), at=AT)
    only = told.signatures[0]
    assert (told.verdict, only.chain, only.test_certificate) == (Verdict.PASSED, (LEADER, BELOW, SECOND), False)
    for missing in ("goc-2.crt", "cap-duoi-g2.cer"):
        kept = (folder / missing).read_bytes()
        (folder / missing).unlink()
        assert verify(signed, trust_in(folder), at=AT).signatures[0].sub_indication == "NO_CERTIFICATE_CHAIN_FOUND"
        (folder / missing).write_bytes(kept)


def test_the_demo_authority_is_believed_only_where_its_root_lies_and_shouts(world, signed, folder):
    assert verify(signed, trust_in(folder), at=AT).verdict is Verdict.INDETERMINATE
    told = verify(signed, world.trust, at=AT).signatures[0]
    assert told.test_certificate
    assert all(TEST_MARK in name for name in (told.signer, *told.chain))


def test_nothing_of_an_empty_house_is_believed(tmp_path, signed):
    assert trust_in(tmp_path / "none") == TrustStore()
    assert verify(signed, TrustStore(), at=AT).verdict is Verdict.INDETERMINATE


def test_a_key_that_is_another_s_is_not_put_into_a_file(form, state):
    leaf, other = issued(LEADER, state[BELOW], authority=False), issued(LEADER, state[BELOW], authority=False)
    with pytest.raises(SigningError) as refused:
        sign(form, CachedSigner(other.key, leaf.der()), Intent(AT))
    assert refused.value.code == "key_does_not_match"
