"""The roots and revocation lists that this house believes (danh sách tin cậy): the folder `trust` of its home."""

from __future__ import annotations

from pathlib import Path

from signing.trust import TrustStore

FOLDER = "trust"
ENDINGS = frozenset({".pem", ".crt", ".cer", ".der", ".crl"})


def trust_of(home: Path) -> TrustStore:
    """Return what stands in the folder now; an empty store where there is none: nothing is believed by default."""
    return trust_in(home / FOLDER)


def trust_in(folder: Path) -> TrustStore:
    """Return what stands in any folder of roots, intermediates and revocation lists."""
    files = sorted(path for path in folder.glob("*") if path.suffix.lower() in ENDINGS) if folder.is_dir() else []
    return TrustStore.load((path.name, path.read_bytes()) for path in files)
