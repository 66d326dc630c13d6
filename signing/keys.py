"""Keys that sign (khóa ký): one small protocol, and the software key held parsed in memory.

pyHanko's own `SimpleSigner` decodes the RSA key again at each signature, 3-7 times slower than signing;
`CachedSigner` decodes it once, when the file is opened with its PIN.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from asn1crypto import core as asn1_core
from asn1crypto import pkcs12 as asn1_pkcs12
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
)
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12

from signing.certificates import holder_of
from signing.errors import CertificateCannotSign, KeyDoesNotMatch, UnreadableKeyFile, WrongPin

DIGEST = "sha256"
"""One digest for every key this house accepts: allowed with RSA-2048/3072 and P-256 alike."""


class Signer(Protocol):
    """A key and its certificate, wherever the key lives (file, token, remote service)."""

    @property
    def certificate(self) -> bytes:
        """Return the DER of the signer's certificate."""
        ...

    @property
    def chain(self) -> tuple[bytes, ...]:
        """Return the DER of the certificates above it, as far as known."""
        ...

    def sign(self, data: bytes) -> bytes:
        """Return the raw signature over SHA-256 of `data` (PKCS#1 v1.5, or ECDSA as DER)."""
        ...

    def close(self) -> None:
        """Give the key back: a token is logged out, and its PIN is needed again."""
        ...


@dataclass(frozen=True, slots=True)
class CachedSigner:
    """A software key, parsed once; its `repr` never shows the key."""

    key: RSAPrivateKey | EllipticCurvePrivateKey
    certificate: bytes
    chain: tuple[bytes, ...] = ()

    def sign(self, data: bytes) -> bytes:
        """Return the raw signature, as `Signer` says."""
        if isinstance(self.key, RSAPrivateKey):
            return self.key.sign(data, PKCS1v15(), hashes.SHA256())
        return self.key.sign(data, ECDSA(hashes.SHA256()))

    def close(self) -> None:
        """Do nothing: the key goes with the last who holds it."""

    def __repr__(self) -> str:
        return f"CachedSigner({holder_of(x509.load_der_x509_certificate(self.certificate))!r})"


def load_pkcs12(data: bytes, pin: str) -> CachedSigner:
    """Return the signer in a PKCS#12 file (.p12, .pfx), opened with its PIN.

    Raises `UnreadableKeyFile` when it is no such file, `WrongPin` when it is one that this PIN does not open,
    `CertificateCannotSign` when it holds a key that this house does not take.
    """
    _require_pkcs12(data)
    try:
        key, certificate, others = pkcs12.load_key_and_certificates(data, pin.encode())
    except ValueError as error:
        raise WrongPin(where="pin", tries="Vui lòng nhập lại.") from error
    if certificate is None or key is None:
        raise UnreadableKeyFile(where="key_file")
    if not isinstance(key, RSAPrivateKey | EllipticCurvePrivateKey):
        raise CertificateCannotSign(holder=holder_of(certificate))
    chain = tuple(other.public_bytes(Encoding.DER) for other in others)
    return CachedSigner(key, certificate.public_bytes(Encoding.DER), chain)


def require_match(certificate: bytes, data: bytes, *, signature: bytes) -> None:
    """Check a signature value against the certificate it claims before it goes into a file."""
    parsed = x509.load_der_x509_certificate(certificate)
    public = parsed.public_key()
    try:
        if isinstance(public, RSAPublicKey):
            public.verify(signature, data, PKCS1v15(), hashes.SHA256())
        elif isinstance(public, EllipticCurvePublicKey):
            public.verify(signature, data, ECDSA(hashes.SHA256()))
        else:
            raise CertificateCannotSign(holder=holder_of(parsed))
    except InvalidSignature as error:
        raise KeyDoesNotMatch(holder=holder_of(parsed)) from error


def _require_pkcs12(data: bytes) -> None:
    # cryptography answers a wrong PIN and a wrong file with one ValueError; the outer ASN.1 needs no PIN.
    try:
        outer = asn1_pkcs12.Pfx.load(data, strict=True)
        if outer["version"].native != "v3" or not isinstance(outer["auth_safe"]["content"], asn1_core.Asn1Value):
            raise UnreadableKeyFile(where="key_file")
    except (ValueError, TypeError) as error:
        raise UnreadableKeyFile(where="key_file") from error
