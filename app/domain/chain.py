"""The event chain (chuỗi sự kiện): canonical JSON, salted payload digests, links, Merkle roots.

Canonical JSON follows RFC 8785 for the values used here (text, whole numbers, booleans, null, lists,
objects); fractions are refused, so that no rounding can ever change a digest. Trees follow RFC 6962.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from json.encoder import encode_basestring
from typing import Any

GENESIS = "0" * 64
_PLAIN = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False, sort_keys=True)
_SCALARS = frozenset({str, int, bool, type(None)})


def canonical(value: Any) -> bytes:
    """Return the RFC 8785 form of `value`. Raises TypeError for fractions and other types."""
    # Sorting by code point is sorting by UTF-16 where all keys are ASCII, as those of the house are.
    if _is_plain(value):
        return _PLAIN.encode(value).encode()
    _refuse_fractions(value)
    ordered = _by_utf16(value)
    return json.dumps(ordered, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def payload_digest(payload: Mapping[str, Any], salt: bytes) -> str:
    """Return the hex digest chained for a payload: erasing payload and salt later leaves the chain whole."""
    return written_digest(canonical(dict(payload)), salt)


def written_digest(written: bytes, salt: bytes) -> str:
    """Return the same of a payload in its canonical form already, for whoever stores that form too."""
    return hashlib.sha256(salt + written).hexdigest()


def link(previous: str, header: Mapping[str, Any], payload_hash: str) -> str:
    """Return the hex digest of one event: previous link, header (who, what, when) and payload digest."""
    return written_link(previous, canonical(dict(header)), payload_hash)


def written_link(previous: str, header: bytes, payload_hash: str) -> str:
    """Return the same of a header in its canonical form already."""
    return hashlib.sha256(bytes.fromhex(previous) + header + bytes.fromhex(payload_hash)).hexdigest()


class Outline:
    """The canonical form of objects with the same keys, for thousands of them: the keys are put in order once.

    What all of them say alike, `same`, is written once too.
    """

    def __init__(self, names: Iterable[str], same: Mapping[str, str | int | None] | None = None) -> None:
        ordered, said = sorted(names), same or {}
        if not all(name.isascii() for name in ordered):
            raise ValueError("only keys of ASCII stand in the same order for every sorting")
        self._names = tuple(name for name in ordered if name not in said)
        self._form = "{" + ",".join(_member(name, said) for name in ordered) + "}"

    def of(self, values: Mapping[str, str | int | None], **written: str) -> str:
        """Return what `canonical` says of text, whole numbers and nulls; `written` are members in that form already."""
        texts = [written[name] if name in written else _scalar(values[name]) for name in self._names]
        return self._form % tuple(texts)


def _member(name: str, said: Mapping[str, str | int | None]) -> str:
    key = encode_basestring(name).replace("%", "%%")
    return f"{key}:" + (_scalar(said[name]).replace("%", "%%") if name in said else "%s")


def merkle_root(leaves: Iterable[str]) -> str:
    """Return the RFC 6962 tree head over hex digests; of nothing, the digest of the empty string."""
    level = [hashlib.sha256(b"\x00" + bytes.fromhex(leaf)).digest() for leaf in leaves]
    return _tree(level).hex() if level else hashlib.sha256(b"").hexdigest()


def root_words(period: str, stretch: tuple[int, int], events: int, root: str) -> bytes:
    """Return what of a root is signed: its period, first and last event id, number of events, tree head."""
    return f"{period}\n{stretch[0]}\n{stretch[1]}\n{events}\n{root}\n".encode()


def _tree(level: Sequence[bytes]) -> bytes:
    if len(level) == 1:
        return level[0]
    split = 1 << (len(level) - 1).bit_length() - 1
    return hashlib.sha256(b"\x01" + _tree(level[:split]) + _tree(level[split:])).digest()


def _scalar(value: str | int | None) -> str:
    if type(value) is str:
        return encode_basestring(value)
    return "null" if value is None else str(value) if type(value) is int else _PLAIN.encode(value)


def _is_plain(value: Any) -> bool:
    """Tell whether a value is made of plain dictionaries with ASCII keys, lists, text and whole numbers alone."""
    kind = type(value)
    if kind in _SCALARS:
        return True
    if kind is dict:
        for key, item in value.items():  # a plain loop: each event of the house passes here twice
            if type(key) is not str or not key.isascii() or not (type(item) in _SCALARS or _is_plain(item)):
                return False
        return True
    return kind is list and all(map(_is_plain, value))


def _by_utf16(value: Any) -> Any:
    if isinstance(value, Mapping):
        keys = sorted(value, key=lambda key: str(key).encode("utf-16-be"))
        return {str(key): _by_utf16(value[key]) for key in keys}
    if isinstance(value, (list, tuple)):
        return [_by_utf16(item) for item in value]
    return value


def _refuse_fractions(value: Any) -> None:
    if isinstance(value, Mapping):
        for item in value.values():
            _refuse_fractions(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            _refuse_fractions(item)
    elif not (value is None or isinstance(value, (str, int))):
        raise TypeError(f"not chained: {type(value).__name__}")
