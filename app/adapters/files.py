"""The file store (kho tệp): encrypted files under random ids on disk, written so that a crash loses nothing.

Write to a temporary name, fsync, rename, fsync the folder — and only then is the row committed.
A row never points to a missing file; a file without a row is an orphan that a sweep collects.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.vault import Vault, VaultError

_NONCE = 12


class FileDamaged(Exception):
    """A stored file is missing, cut short or changed."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What the row of a stored file remembers."""

    storage_id: str
    size: int
    key_sealed: bytes
    digest_sealed: bytes
    digest_mac: str


class FileStore:
    """Files on disk, two folders deep by the first letters of their random id."""

    def __init__(self, folder: Path, vault: Vault) -> None:
        self._folder = folder
        self._vault = vault

    def put(self, content: bytes) -> Kept:
        """Keep `content` encrypted under its own key; it is safe on disk when this returns."""
        storage_id, key = secrets.token_hex(16), AESGCM.generate_key(256)
        nonce = secrets.token_bytes(_NONCE)
        digest = hashlib.sha256(content).digest()
        self._write(self._path(storage_id), nonce + AESGCM(key).encrypt(nonce, content, storage_id.encode()))
        return Kept(
            storage_id,
            len(content),
            self._vault.seal(key, f"stored_files.key:{storage_id}"),
            self._vault.seal(digest, f"stored_files.digest:{storage_id}"),
            self._vault.mac(digest, "file"),
        )

    def get(self, storage_id: str, key_sealed: bytes) -> bytes:
        """Return the plain content. Raises FileDamaged when it is missing or not what was kept."""
        key = self._vault.open(key_sealed, f"stored_files.key:{storage_id}")
        try:
            held = self._path(storage_id).read_bytes()
            return AESGCM(key).decrypt(held[:_NONCE], held[_NONCE:], storage_id.encode())
        except (OSError, InvalidTag) as wrong:
            raise FileDamaged(storage_id) from wrong

    def digest(self, storage_id: str, digest_sealed: bytes) -> str:
        """Return the SHA-256 of the plain content, hex, as it was when it was kept."""
        return self._vault.open(digest_sealed, f"stored_files.digest:{storage_id}").hex()

    def remove(self, storage_id: str) -> None:
        """Forget a file that no row points to any more."""
        self._path(storage_id).unlink(missing_ok=True)

    def ids(self, *, before: datetime | None = None) -> frozenset[str]:
        """Return every id on disk, or those written before a time, for the sweep of orphans."""
        kept = (path for path in self._folder.glob("??/*") if not path.name.endswith(".part"))
        return frozenset(path.name for path in kept if before is None or _written(path) < before.timestamp())

    def _path(self, storage_id: str) -> Path:
        if not storage_id.isalnum():
            raise VaultError("not a storage id")
        return self._folder / storage_id[:2] / storage_id

    @staticmethod
    def _write(path: Path, content: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        part = path.with_suffix(".part")
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        part.replace(path)
        folder = os.open(path.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)


def _written(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:  # somebody else collected it: of no age
        return float("inf")
