"""Questions and verdicts as bytes, to cross the wall of a process: JSON, because a caged process is not believed."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from signing import FileVerdict, Revocation, SignatureVerdict, TrustStore, Verdict
from signing.verdicts import Change, RevocationState

_TIMES = frozenset({"signed_at", "timestamp"})
_STORES = ("roots", "intermediates", "crls", "ocsps")


def question_to_bytes(trust: TrustStore, at: datetime, revocation: Revocation) -> bytes:
    """Return whom to believe, as of when, and how strictly."""
    store = {name: [b64encode(one).decode() for one in getattr(trust, name)] for name in _STORES}
    return json.dumps({"trust": store, "at": at.isoformat(), "revocation": revocation.value}).encode()


def question_from_bytes(document: bytes) -> tuple[TrustStore, datetime, Revocation]:
    """Return what `question_to_bytes` wrote."""
    read = json.loads(document)
    store = {name: tuple(b64decode(one) for one in read["trust"][name]) for name in _STORES}
    return TrustStore(**store), datetime.fromisoformat(read["at"]), Revocation(read["revocation"])


def verdict_to_bytes(verdict: FileVerdict) -> bytes:
    """Return the verdict; instants as ISO 8601."""
    return json.dumps(asdict(verdict), default=lambda value: value.isoformat()).encode()


def verdict_from_bytes(document: bytes) -> FileVerdict:
    """Return what `verdict_to_bytes` wrote. Raises ValueError, KeyError or TypeError for anything else."""
    read = json.loads(document)
    return FileVerdict(Verdict(read["verdict"]), str(read["reason"]), tuple(map(_signature, read["signatures"])))


def _signature(read: dict[str, Any]) -> SignatureVerdict:
    known = {field.name: read[field.name] for field in fields(SignatureVerdict)}
    for name in _TIMES:
        known[name] = datetime.fromisoformat(known[name]) if known[name] else None
    known["verdict"], known["revocation"] = Verdict(known["verdict"]), RevocationState(known["revocation"])
    known["chain"], known["changes"] = tuple(map(str, known["chain"])), tuple(map(Change, known["changes"]))
    return SignatureVerdict(**known)
