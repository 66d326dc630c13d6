"""Algorithms are rows with dates: what they accept, what a verification says of the rest, when proofs are renewed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from asn1crypto.algos import DigestAlgorithm, SignedDigestAlgorithm
from cryptography.hazmat.primitives.asymmetric import rsa

from signing import Intent, Level, TrustStore, Verdict, load_pkcs12, sign, verify
from signing.algorithms import ALGORITHMS, renew_by, row_of
from signing.authority import DemoAuthority
from signing.demo_time import DemoTimestampAuthority
from signing.longterm import proven_until
from signing.policy import DatedAlgorithms
from tests.signing.conftest import AGENCY, AT, FOUNDED, LEADER, PIN


def day(year: int) -> datetime:
    return datetime(year, 6, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "bits", "year", "accepted"),
    [
        ("md5", 0, 2000, None),
        ("sha1", 0, 2013, True),
        ("sha1", 0, 2014, False),
        ("sha224", 0, 2030, True),
        ("sha224", 0, 2031, False),
        ("sha256", 0, 2050, True),
        ("sha3_256", 0, 2014, False),
        ("sha3_256", 0, 2026, True),
        ("rsa", 512, 2000, None),
        ("rsa", 1024, 2013, True),
        ("rsa", 1024, 2026, False),
        ("rsa", 2047, 2026, False),
        ("rsa", 2048, 2026, True),
        ("rsa", 4096, 2026, True),
        ("ecdsa", 224, 2026, False),
        ("ecdsa", 256, 2026, True),
        ("ed25519", 0, 2026, True),
        ("dsa", 3072, 2026, None),
    ],
)
def test_what_a_row_accepts(name, bits, year, accepted):
    row = row_of(name, bits)
    assert (row.accepts(day(year)) if row else None) is accepted


def test_every_row_names_its_source_and_its_dates_are_in_order():
    for row in ALGORITHMS:
        dates = [one for one in (row.since, row.renew_by, row.until) if one]
        assert row.source
        assert dates == sorted(dates)


def test_the_weakest_of_what_is_used_says_when_to_renew():
    assert renew_by(("rsa", 2048), ("sha256", 0)) == datetime(2029, 1, 1, tzinfo=UTC)
    assert renew_by(("ecdsa", 256), ("sha224", 0)) == datetime(2031, 1, 1, tzinfo=UTC)
    assert renew_by(("sha256", 0)) is None


@pytest.mark.parametrize(
    ("mechanism", "year", "allowed"),
    [
        ("sha1_rsa", 2013, True),
        ("sha1_rsa", 2020, False),
        ("md5_rsa", 2000, False),
        ("sha256_rsa", 2020, True),
        ("sha256_ecdsa", 2020, True),
        ("ed25519", 2020, True),
        ("ed448", 2020, True),
        ("sha256_dsa", 2020, False),
    ],
)
def test_a_mechanism_is_as_good_as_its_weaker_half(mechanism, year, allowed):
    found = DatedAlgorithms().signature_algorithm_allowed(
        SignedDigestAlgorithm({"algorithm": mechanism}), day(year), None
    )
    assert found.allowed is allowed


def test_a_digest_that_ended_says_when():
    found = DatedAlgorithms().digest_algorithm_allowed(DigestAlgorithm({"algorithm": "sha1"}), day(2020))
    assert (found.allowed, found.not_allowed_after) == (False, datetime(2014, 1, 1, tzinfo=UTC))


OLD = datetime(2012, 6, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def old():
    """An authority of 2011 and a signer with the RSA key of its time."""
    root = DemoAuthority.create(OLD - timedelta(days=300), years=30)
    weak = rsa.generate_private_key(65_537, 1024)  # noqa: S505 - the weak key is what this is about
    p12 = root.person(LEADER, unit=AGENCY, title="", pin=PIN, valid_from=OLD - timedelta(days=1), years=20, key=weak)
    crl = root.revocation_list(OLD - timedelta(days=1), days=365 * 20)
    return root, load_pkcs12(p12, PIN), TrustStore.load([("root.pem", root.root_pem), ("list.crl", crl)])


@pytest.mark.parametrize(
    ("level", "timed", "verdict", "sub_indication"),
    [
        (Level.B_LTA, 2012, Verdict.PASSED, None),
        (Level.B_T, 2020, Verdict.INDETERMINATE, "CRYPTO_CONSTRAINTS_FAILURE"),
        (Level.B_LTA, 2020, Verdict.INDETERMINATE, "CRYPTO_CONSTRAINTS_FAILURE"),
        (Level.B_B, 2012, Verdict.INDETERMINATE, "CRYPTO_CONSTRAINTS_FAILURE_NO_POE"),
    ],
)
def test_an_old_key_proves_what_was_timed_while_it_was_good(old, form, level, timed, verdict, sub_indication):
    root, signer, trust = old
    clock = load_pkcs12(root.timestamping(pin=PIN, valid_from=OLD - timedelta(days=1), years=20), PIN)
    then = OLD.replace(year=timed)
    made = sign(
        form,
        signer,
        Intent(OLD, level=level),
        timestampers=[DemoTimestampAuthority(clock, lambda: then)],
        trust=trust,
    )
    found = verify(made, trust, at=AT).signatures[0]
    assert (found.verdict, found.sub_indication) == (verdict, sub_indication)
    assert ("thuật toán" in found.reason) is (verdict is not Verdict.PASSED)


@pytest.mark.parametrize(
    ("bits", "until"),
    [(2048, datetime(2029, 1, 1, tzinfo=UTC)), (3072, None)],
    ids=["the algorithm ends first", "the certificate ends first"],
)
def test_a_proof_is_renewed_before_its_algorithm_fades(world, form, bits, until):
    key = rsa.generate_private_key(65_537, bits)
    clock = load_pkcs12(world.root.timestamping(pin=PIN, valid_from=FOUNDED, years=9, key=key), PIN)
    made = sign(
        form,
        world.leader,
        Intent(AT, level=Level.B_LTA),
        timestampers=[DemoTimestampAuthority(clock, lambda: AT)],
        trust=world.trust,
    )
    assert proven_until(made) == (until or FOUNDED + timedelta(days=365 * 9))
