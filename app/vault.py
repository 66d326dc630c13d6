"""The vault (két khóa): seals fields and files with AES-256-GCM, makes keyed digests for exact search.

Key ids stand in front of every ciphertext, so keys can be rotated; the place (row and column) is the
associated data, so a ciphertext moved to another row does not open. Keys live outside the data folder's
backup (`motcua keys`). A plain hash of a twelve-digit number would be guessed in minutes: hence HMAC.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

_NONCE = 12


class VaultError(Exception):
    """The keys do not open the data: wrong key file, or a ciphertext out of its place."""


@dataclass(frozen=True, slots=True, repr=False)
class Vault:
    """Keys by id, the one that seals today, and the key of the digests; shown in no log or error."""

    keys: Mapping[int, bytes]
    current: int
    mac_key: bytes

    def seal(self, plain: bytes, place: str) -> bytes:
        """Return key id, nonce and ciphertext of `plain`, bound to `place` ("table.column:uid")."""
        nonce = secrets.token_bytes(_NONCE)
        return (
            bytes([self.current])
            + nonce
            + _cipher(self.keys[self.current]).encrypt(nonce, plain, place.encode())
        )

    def open(self, sealed: bytes, place: str) -> bytes:
        """Return what `seal` was given. Raises VaultError for another place, key or a changed byte."""
        try:
            cipher = _cipher(self.keys[sealed[0]])
            return cipher.decrypt(sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :], place.encode())
        except (InvalidTag, KeyError, IndexError) as wrong:
            raise VaultError(f"khóa không mở được dữ liệu ({place.split(':')[0]})") from wrong

    def seal_text(self, text: str, place: str) -> bytes | None:
        """Return the sealed text, or None for an empty one."""
        return self.seal(text.encode(), place) if text else None

    def open_text(self, sealed: bytes | None, place: str) -> str:
        """Return the text of `seal_text`."""
        return self.open(sealed, place).decode() if sealed else ""

    def seal_json(self, value: Any, place: str) -> bytes:
        """Return `value` sealed as JSON."""
        return self.seal(json.dumps(value, ensure_ascii=False).encode(), place)

    def open_json(self, sealed: bytes | None, place: str) -> Any:
        """Return the value of `seal_json`, or None for nothing."""
        return json.loads(self.open(sealed, place)) if sealed else None

    def mac(self, value: str | bytes, purpose: str) -> str:
        """Return the keyed digest of `value` for one purpose, hex: equal values meet, nobody can guess them."""
        data = value.encode() if isinstance(value, str) else value
        return hmac.digest(self.mac_key, purpose.encode() + b"\0" + data, "sha256").hex()

    def sign(self, message: bytes) -> bytes:
        """Return the house's Ed25519 signature of `message` (roots of the event log)."""
        return self._signing_key().sign(message)

    def verifies(self, message: bytes, signature: bytes) -> bool:
        """Tell whether `signature` is the house's own over `message`."""
        try:
            self._signing_key().public_key().verify(signature, message)
        except InvalidSignature:
            return False
        return True

    @property
    def verifying_key(self) -> str:
        """The public half, hex: whoever checks an export gets it another way than the export itself."""
        raw = self._signing_key().public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        return raw.hex()

    def _signing_key(self) -> Ed25519PrivateKey:
        # Derived, so that a key file of any age has it and a backup of the keys brings it back.
        seed = hmac.new(self.mac_key, b"event log roots", hashlib.sha256).digest()
        return Ed25519PrivateKey.from_private_bytes(seed)


def new_keys() -> dict[str, Any]:
    """Return fresh key material as it stands in the key file."""
    return {
        "current": 1,
        "keys": {"1": _text(secrets.token_bytes(32))},
        "mac": _text(secrets.token_bytes(32)),
    }


def rotated(material: Mapping[str, Any]) -> dict[str, Any]:
    """Return the key file with a new sealing key; the old ones stay, to open what they sealed."""
    number = max(int(key) for key in material["keys"]) + 1
    return {
        **material,
        "current": number,
        "keys": {**material["keys"], str(number): _text(secrets.token_bytes(32))},
    }


def vault_of(material: Mapping[str, Any]) -> Vault:
    """Return the vault of a key file's content."""
    keys = {int(number): base64.b64decode(key) for number, key in material["keys"].items()}
    return Vault(keys, int(material["current"]), base64.b64decode(material["mac"]))


def load_vault(path: Path) -> Vault:
    """Return the vault of the key file at `path`, made on first use with rights for its owner only.

    Raises VaultError when others may read the file.
    """
    if not path.exists():
        write_keys(path, new_keys())
    if path.stat().st_mode & 0o077:
        raise VaultError(f"Tệp khóa {path} đang cho người khác đọc. Vui lòng chạy: chmod 600 {path}")
    return vault_of(json.loads(path.read_text("utf-8")))


def write_keys(path: Path, material: Mapping[str, Any]) -> None:
    """Write the key file: temporary file, fsync, rename, so that a crash leaves the old or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = path.with_suffix(".new")
    with os.fdopen(
        os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8"
    ) as out:
        json.dump(material, out)
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(path)


@lru_cache(maxsize=16)
def _cipher(key: bytes) -> AESGCM:
    return AESGCM(key)  # setting a key up takes as long as sealing a number with it


def _text(key: bytes) -> str:
    return base64.b64encode(key).decode()
