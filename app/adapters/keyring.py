"""Keys wherever they lie (chùm khóa): a file of the house, a token at this machine, a remote service.

A token has to be plugged into the machine that runs the house; its library and the address of the service come
from the settings. A PIN goes straight to what it opens and is kept by nobody.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.adapters.remote_signing import RemoteService, RemoteSigner, credential_of
from app.domain.signing_keys import KeyKind, KeyPlace
from signing import Signer, load_pkcs12
from signing.errors import RemoteRefused, TokenAbsent
from signing.tokens import TokenSigner, certificate_on, tries_left


@dataclass(frozen=True, slots=True)
class Keyring:
    """All places where a key of this house may lie. Every method raises a `SigningError` that says what to do."""

    token_library: str
    service: RemoteService

    def open(self, place: KeyPlace, pin: str, *, signatures: int = 1) -> Signer:
        """Return the key, opened for so many signatures; who opened it closes it."""
        if place.kind is KeyKind.TOKEN:
            token, key = place.labels
            return TokenSigner.open(self._library(), token_label=token, key_label=key, pin=pin)
        if place.kind is KeyKind.REMOTE:
            return RemoteSigner(self._service(), place.address, pin=pin, signatures=signatures)
        return load_pkcs12(place.p12, pin)

    def certificate(self, place: KeyPlace, pin: str = "") -> bytes:
        """Return the certificate (DER) beside a key. Only a file needs its PIN for it."""
        if place.kind is KeyKind.TOKEN:
            token, key = place.labels
            return certificate_on(self._library(), token_label=token, key_label=key)
        if place.kind is KeyKind.REMOTE:
            return credential_of(self._service(), place.address).certificates[0]
        return load_pkcs12(place.p12, pin).certificate

    def warning(self, place: KeyPlace) -> str:
        """Return what is to be known before the PIN is typed (tries left), as far as the key's place tells."""
        return tries_left(self._library(), place.labels[0]) if place.kind is KeyKind.TOKEN else ""

    def _library(self) -> str:
        if not self.token_library:
            raise TokenAbsent(where="token", detail="máy chủ chưa khai báo MOTCUA_PKCS11_LIBRARY")
        return self.token_library

    def _service(self) -> RemoteService:
        if not self.service.url:
            raise RemoteRefused(where="signer", detail="máy chủ chưa khai báo MOTCUA_REMOTE_SIGNING_URL")
        return self.service
