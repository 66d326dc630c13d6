"""A repair of asn1crypto 1.5.1: definite lengths that end in 0x80 are not indefinite.

Its `dump` asks whether the last byte of a header is 0x80 to recognise an indefinite length, and so also takes
`30 82 05 80` for one. Such a value (one in 256) is encoded anew with all that is below it, twice at each level:
half a minute for a timestamped signature, and bytes that others signed are written by us. Here the header is
read as X.690, 8.1.3 says; everything else stays with the library.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from asn1crypto import core

_INDEFINITE = 0x80
_EXPECTED_METHODS = (core.Asn1Value, core.Sequence, core.SequenceOf)

Dump = Callable[..., bytes]


def repair() -> None:
    """Put the corrected `dump` in place; a second call changes nothing."""
    for owner in _EXPECTED_METHODS:
        original = owner.__dict__["dump"]
        if not hasattr(original, "repairs"):
            owner.dump = _repaired(original)


def ends_indefinite(header: bytes) -> bool:
    """Return whether the last length in a header (tags of explicit wrappers included) is the indefinite form."""
    at = 0
    while at + 1 < len(header):
        length = header[at + 1]
        if length == _INDEFINITE and at + 2 == len(header):
            return True
        at += 2 + (length - _INDEFINITE if length > _INDEFINITE else 0)
    return False


def _repaired(original: Dump) -> Dump:
    def dump(self: Any, force: bool = False) -> bytes:  # noqa: FBT001, FBT002, RUF100 - the library's signature
        header = self._header
        if force or header is None or header[-1:] != b"\x80" or ends_indefinite(header):
            return original(self, force=force)
        contents = self.contents
        if self._header is not header:  # its children were changed: the library writes a new header
            return original(self)
        return bytes(header + contents + self._trailer)

    dump.repairs = original  # type: ignore[attr-defined]  # the mark that repair() looks for
    return dump
