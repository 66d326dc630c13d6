"""Keys at a remote service (ký số từ xa), by the CSC API v2: the digest goes out, the signature value comes back.

The document never leaves the house. One authorization, by the holder's PIN, is good for the number of
signatures that it was asked for. Only the configured address is ever asked.
"""

from __future__ import annotations

import base64
import hashlib
import http.client
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from signing.errors import PinLocked, RemoteRefused, WrongPin

_SHA256 = "2.16.840.1.101.3.4.2.1"
_RSA_SHA256, _ECDSA_SHA256 = "1.2.840.113549.1.1.11", "1.2.840.10045.4.3.2"
_LONGEST_ANSWER = 256 * 1024
_PATIENCE_SECONDS = 15.0
_NO_ANSWER = "không kết nối được hoặc trả lời sai"


@dataclass(frozen=True, slots=True)
class RemoteService:
    """One service: where it is, and the bearer token by which this house is known there."""

    url: str
    token: str = field(default="", repr=False)
    patience: float = _PATIENCE_SECONDS

    def ask(self, path: str, question: Mapping[str, Any]) -> dict[str, Any]:
        """Return the JSON answer. Raises WrongPin, PinLocked or RemoteRefused, never anything else."""
        try:
            status, answer = self._exchange(path, json.dumps(question).encode())
        except (OSError, ValueError, http.client.HTTPException) as error:
            raise RemoteRefused(where="signer", detail=_NO_ANSWER) from error
        if status != http.client.OK:
            raise _refusal(answer)
        return answer

    def _exchange(self, path: str, body: bytes) -> tuple[int, dict[str, Any]]:
        parts = urlsplit(self.url)
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        connection = kind(parts.hostname or "", parts.port, timeout=self.patience)
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self.token}"}
        try:
            connection.request("POST", parts.path.rstrip("/") + "/csc/v2/" + path, body=body, headers=headers)
            response = connection.getresponse()
            said = response.read(_LONGEST_ANSWER + 1)
        finally:
            connection.close()
        answer = json.loads(said)
        if not isinstance(answer, dict) or len(said) > _LONGEST_ANSWER:
            raise ValueError("not an answer")
        return response.status, answer


@dataclass(frozen=True, slots=True)
class Credential:
    """What a service tells of a key before any PIN: the holder's chain (DER), and how many one PIN may sign."""

    certificates: tuple[bytes, ...]
    most: int | None


def credential_of(service: RemoteService, credential: str) -> Credential:
    """Return what the service tells of a credential. Raises RemoteRefused, also for a certificate that is none."""
    known = service.ask("credentials/info", {"credentialID": credential, "certificates": "chain"})
    try:
        chain = tuple(base64.b64decode(one, validate=True) for one in known["cert"]["certificates"])
        x509.load_der_x509_certificate(chain[0])
    except (KeyError, IndexError, TypeError, ValueError) as error:
        raise RemoteRefused(where="signer", detail=_NO_ANSWER) from error
    most = known.get("multisign")
    return Credential(chain, most if isinstance(most, int) else None)


class RemoteSigner:
    """One credential, authorized for a number of signatures; a `Signer` of the signing room."""

    def __init__(self, service: RemoteService, credential: str, *, pin: str, signatures: int = 1) -> None:
        self._service, self._credential = service, credential
        known = credential_of(service, credential)
        if known.most is not None and signatures > known.most:
            detail = f"một lần nhập PIN chỉ ký được {known.most} văn bản, đang chọn {signatures}"
            raise RemoteRefused(where="pin", detail=detail)
        self.certificate, self.chain = known.certificates[0], known.certificates[1:]
        rsa = isinstance(x509.load_der_x509_certificate(self.certificate).public_key(), RSAPublicKey)
        self._algorithm = _RSA_SHA256 if rsa else _ECDSA_SHA256
        asked = {"credentialID": credential, "numSignatures": signatures, "PIN": pin}
        self._permission = str(service.ask("credentials/authorize", asked).get("SAD", ""))

    def sign(self, data: bytes) -> bytes:
        """Return the signature over SHA-256 of `data`. Whoever puts it into a file checks it first."""
        digest = base64.b64encode(hashlib.sha256(data).digest()).decode()
        asked = {
            "credentialID": self._credential,
            "SAD": self._permission,
            "hashes": [digest],
            "hashAlgorithmOID": _SHA256,
            "signAlgo": self._algorithm,
        }
        try:
            return base64.b64decode(self._service.ask("signatures/signHash", asked)["signatures"][0], validate=True)
        except (KeyError, IndexError, TypeError, ValueError) as error:
            raise RemoteRefused(where="signer", detail=_NO_ANSWER) from error

    def close(self) -> None:
        """Forget the permission; what was not signed under it needs the PIN again."""
        self._permission = ""


def _refusal(answer: Mapping[str, Any]) -> WrongPin | PinLocked | RemoteRefused:
    code, left = str(answer.get("error", "")), answer.get("remainingAttempts")
    if code == "invalid_pin":
        tries = f"Còn {left} lần thử." if isinstance(left, int) else "Vui lòng nhập lại."
        return WrongPin(where="pin", tries=tries)
    if code == "locked_pin":
        return PinLocked(where="pin")
    said = " ".join(str(answer.get("error_description", code)).split())[:200]
    return RemoteRefused(where="signer", detail=said or _NO_ANSWER)
