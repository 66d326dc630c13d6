"""The seam between the two halves of a signature: plain data that waits, and a value that comes from elsewhere."""

from __future__ import annotations

import hashlib
from dataclasses import astuple

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.hashes import SHA256

from signing import Intent, Level, PreparedSignature, SigningError, Verdict, finish, prepare, verify
from tests.signing.conftest import AT


@pytest.fixture
def prepared(world, form) -> PreparedSignature:
    return prepare(form, world.leader.certificate, Intent(AT), chain=world.leader.chain)


def remote_service(world, digest: bytes) -> bytes:
    """A service that holds the key and sees nothing but a digest, as CSC services do."""
    return world.leader.key.sign(digest, ECDSA(Prehashed(SHA256())))


def test_a_digest_goes_out_and_a_signature_comes_in(world, prepared):
    assert prepared.digest == hashlib.sha256(prepared.to_sign).digest()
    waiting = PreparedSignature(*astuple(prepared))
    signed = finish(waiting, remote_service(world, waiting.digest))
    assert verify(signed, world.trust, at=AT).verdict is Verdict.PASSED


def test_what_waits_is_plain_and_is_not_yet_signed(world, prepared):
    kinds = (bytes, tuple, str, type(AT))
    assert all(isinstance(getattr(prepared, name), kinds) for name in PreparedSignature.__slots__)
    assert verify(prepared.document, world.trust, at=AT).verdict is not Verdict.PASSED


@pytest.mark.parametrize(
    "value",
    [b"", b"\x00" * 64, b"not a signature"],
    ids=["nothing", "zeros", "words"],
)
def test_a_value_that_does_not_fit_is_thrown_away(prepared, value):
    with pytest.raises(SigningError) as refused:
        finish(prepared, value)
    assert refused.value.code == "key_does_not_match"


def test_a_value_for_another_file_is_thrown_away(world, form, prepared):
    other = prepare(form, world.leader.certificate, Intent(AT, reason="Khác"))
    with pytest.raises(SigningError, match="không khớp với chứng thư"):
        finish(prepared, world.leader.sign(other.to_sign))


def test_a_failed_timestamp_leaves_the_prepared_half_good(world, form):
    prepared = prepare(form, world.leader.certificate, Intent(AT, level=Level.B_T))
    value = world.leader.sign(prepared.to_sign)
    with pytest.raises(SigningError):
        finish(prepared, value)
    signed = finish(prepared, value, timestampers=[world.time])
    assert verify(signed, world.trust, at=AT).signatures[0].timestamp == AT


def test_fields_get_names_of_their_own(world, form):
    once = finish(first := prepare(form, world.leader.certificate, Intent(AT)), world.leader.sign(first.to_sign))
    second = prepare(once, world.seal.certificate, Intent(AT))
    assert (first.field_name, second.field_name) == ("ChuKy1", "ChuKy2")


@pytest.mark.parametrize(
    ("file", "code"),
    [(b"", "pdf_unreadable"), (b"<html>%PDF-1.4", "pdf_unreadable"), (b"%PDF-1.7\n%%EOF", "pdf_unreadable")],
)
def test_what_is_no_pdf_is_not_prepared(world, file, code):
    with pytest.raises(SigningError) as refused:
        prepare(file, world.leader.certificate, Intent(AT))
    assert refused.value.code == code
