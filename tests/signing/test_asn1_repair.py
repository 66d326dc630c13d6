"""The repaired slip of asn1crypto: it is still there, what it costs, and that it no longer happens."""

from __future__ import annotations

import pytest
from asn1crypto import core
from hypothesis import given
from hypothesis import strategies as st

from signing.asn1_repair import ends_indefinite, repair

# A SEQUENCE whose definite length is 0x0180, and inside it an element that is valid BER and not DER.
NOT_DER = bytes.fromhex("0482017c") + bytes(0x17C)
VALUE = bytes.fromhex("30820180") + NOT_DER


class Listed(core.SequenceOf):
    _child_spec = core.OctetString


def test_a_length_that_ends_in_80_is_kept_as_it_came():
    assert Listed.load(VALUE).dump() == VALUE


def test_the_library_still_takes_it_for_indefinite():
    """When this fails, asn1crypto was mended: signing/asn1_repair.py may go."""
    original = core.SequenceOf.dump.repairs
    value = Listed.load(VALUE)
    called = []
    value._set_contents = lambda force=False: called.append(force)
    original(value)
    assert called == [True]


@pytest.mark.parametrize(
    ("header", "indefinite"),
    [
        ("3080", True),
        ("a08030 80".replace(" ", ""), True),
        ("a082018430 80".replace(" ", ""), True),
        ("308180", False),
        ("30820180", False),
        ("3083018080", False),
        ("a0820184 30820180".replace(" ", ""), False),
        ("30820181", False),
    ],
)
def test_headers_are_read_as_x690_says(header, indefinite):
    assert ends_indefinite(bytes.fromhex(header)) is indefinite


@given(length=st.integers(0, 2**24))
def test_no_definite_length_is_taken_for_indefinite(length):
    if length < 0x80:
        encoded = bytes([length])
    else:
        octets = length.to_bytes((length.bit_length() + 7) // 8, "big")
        encoded = bytes([0x80 + len(octets)]) + octets
    assert not ends_indefinite(b"\x30" + encoded)


def test_a_second_repair_changes_nothing():
    before = core.Sequence.dump
    repair()
    assert core.Sequence.dump is before
