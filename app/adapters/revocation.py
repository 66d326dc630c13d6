"""Revocation data over HTTP (OCSP, RFC 6960; CRL, RFC 5280), for evidence in long-term signatures.

A certificate names where to ask; whoever writes certificates could so make this house call anywhere. Only
addresses under one that the settings list are asked, with limits of size and time, and no redirect is followed.
What comes back is only carried: `signing` believes nothing that does not verify.
"""

from __future__ import annotations

import http.client
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID

from signing.trust import TrustStore

_LONGEST_ANSWER = 64 * 1024
_LONGEST_LIST = 8 * 1024 * 1024
_PATIENCE_SECONDS = 8.0
_CHUNK = 64 * 1024
_NOT_READ = (OSError, ValueError, http.client.HTTPException)


@dataclass(frozen=True, slots=True)
class RevocationSource:
    """The authorities that may be asked: addresses, each good for what lies under it."""

    addresses: tuple[str, ...] = ()
    patience: float = _PATIENCE_SECONDS

    def gather(self, certificates: Sequence[bytes], *, trust: TrustStore) -> TrustStore:
        """Return what the authorities say of `certificates` (DER); what cannot be fetched is left out."""
        if not self.addresses:
            return TrustStore()
        known = [x509.load_der_x509_certificate(one) for one in dict.fromkeys((*certificates, *_all(trust)))]
        asked = {one: x509.load_der_x509_certificate(one) for one in certificates}.values()
        answers, lists = [], {}
        for certificate, issuer in _with_issuer(asked, known):
            answer = self._answer(certificate, issuer)
            if answer is not None:
                answers.append(answer)
                continue
            lists.update((url, found) for url in _lists(certificate) if (found := self._list(url)) is not None)
        return TrustStore(intermediates=tuple(certificates), crls=tuple(lists.values()), ocsps=tuple(answers))

    def allows(self, url: str) -> bool:
        """Return whether `url` lies under an address of the settings: same scheme, host and port, path below."""
        return any(_under(url, address) for address in self.addresses)

    def _answer(self, certificate: x509.Certificate, issuer: x509.Certificate) -> bytes | None:
        # SHA-1 only names the issuer here; responders index by it (RFC 5019) and many know no other.
        request = ocsp.OCSPRequestBuilder().add_certificate(certificate, issuer, SHA1()).build()  # noqa: S303 - a name, not a proof
        for url in filter(self.allows, _responders(certificate)):
            try:
                said = self._fetched(url, request.public_bytes(Encoding.DER), longest=_LONGEST_ANSWER)
                if ocsp.load_der_ocsp_response(said).response_status is ocsp.OCSPResponseStatus.SUCCESSFUL:
                    return said
            except _NOT_READ:
                continue
        return None

    def _list(self, url: str) -> bytes | None:
        if not self.allows(url):
            return None
        try:
            said = self._fetched(url, None, longest=_LONGEST_LIST)
            pem = said.lstrip().startswith(b"-----")
            found = x509.load_pem_x509_crl(said) if pem else x509.load_der_x509_crl(said)
        except _NOT_READ:
            return None
        return found.public_bytes(Encoding.DER)

    def _fetched(self, url: str, body: bytes | None, *, longest: int) -> bytes:
        parts = urlsplit(url)
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        connection = kind(parts.hostname or "", parts.port, timeout=self.patience)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        headers = {"Content-Type": "application/ocsp-request"} if body else {}
        try:
            connection.request("POST" if body else "GET", path, body=body, headers=headers)
            response = connection.getresponse()
            if response.status != http.client.OK:
                raise OSError(f"HTTP {response.status}")
            return _read(response, longest=longest, until=time.monotonic() + self.patience)
        finally:
            connection.close()


def _read(response: http.client.HTTPResponse, *, longest: int, until: float) -> bytes:
    """Return the body; OSError when it is too long, or drips so slowly that every single read is in time."""
    said = bytearray()
    while chunk := response.read1(_CHUNK):
        said += chunk
        if len(said) > longest or time.monotonic() > until:
            raise OSError("too long or too slow")
    return bytes(said)


def _under(url: str, address: str) -> bool:
    try:
        asked, listed = urlsplit(url), urlsplit(address)
        same = (asked.scheme, asked.hostname, asked.port) == (listed.scheme, listed.hostname, listed.port)
    except ValueError:
        return False
    folder = listed.path.rstrip("/")
    return same and ".." not in asked.path and (asked.path == folder or asked.path.startswith(folder + "/"))


def _with_issuer(
    certificates: Iterable[x509.Certificate], known: Sequence[x509.Certificate]
) -> Iterator[tuple[x509.Certificate, x509.Certificate]]:
    for certificate in certificates:
        issuer = next((one for one in known if one != certificate and _issued(certificate, one)), None)
        if issuer is not None:
            yield certificate, issuer


def _issued(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(issuer)
    except (InvalidSignature, UnsupportedAlgorithm, ValueError, TypeError):
        return False
    return True


def _responders(certificate: x509.Certificate) -> list[str]:
    try:
        found = certificate.extensions.get_extension_for_class(x509.AuthorityInformationAccess).value
    except (x509.ExtensionNotFound, ValueError):
        return []
    names = (one.access_location for one in found if one.access_method == AuthorityInformationAccessOID.OCSP)
    return [name.value for name in names if isinstance(name, x509.UniformResourceIdentifier)]


def _lists(certificate: x509.Certificate) -> list[str]:
    try:
        found = certificate.extensions.get_extension_for_class(x509.CRLDistributionPoints).value
    except (x509.ExtensionNotFound, ValueError):
        return []
    names = (name for point in found for name in point.full_name or ())
    return [name.value for name in names if isinstance(name, x509.UniformResourceIdentifier)]


def _all(trust: TrustStore) -> tuple[bytes, ...]:
    return trust.intermediates + trust.roots
