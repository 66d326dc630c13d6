"""The key bundle (bản giữ khóa): all keys of a home in one file, sealed with a passphrase.

Kept apart from the backups: who holds only one of the two reads nothing.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
from pathlib import Path
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from workflows.errors import N_, RuleBroken

FORMAT: Final = "motcua-keys-1"
SALT_BYTES: Final = 16
NONCE_BYTES: Final = 12
# About 0.3 s and 128 MB for each guess (OWASP's strongest scrypt setting).
SCRYPT_COST: Final = 2**17
LEAST_PASSPHRASE: Final = 12
OWNER_ONLY: Final = 0o600


class KeysRefused(RuleBroken):
    """The bundle cannot be written or opened; the keys are as they were."""

    code = "keys_refused"
    sentence = N_("Không thực hiện được: {reason}.")


def seal(folder: Path, passphrase: str) -> bytes:
    """Return every file below `folder` in one sealed bundle. Raises KeysRefused for a short passphrase."""
    if len(passphrase) < LEAST_PASSPHRASE:
        raise KeysRefused(
            where="passphrase", reason=f"mật khẩu giữ khóa cần ít nhất {LEAST_PASSPHRASE} ký tự"
        )
    salt, nonce = secrets.token_bytes(SALT_BYTES), secrets.token_bytes(NONCE_BYTES)
    files = {str(path.relative_to(folder)): _text(path.read_bytes()) for path in _key_files(folder)}
    sealed = AESGCM(_key(passphrase, salt)).encrypt(nonce, json.dumps(files).encode(), FORMAT.encode())
    bundle = {"format": FORMAT, "salt": _text(salt), "nonce": _text(nonce), "sealed": _text(sealed)}
    return json.dumps(bundle, indent=2).encode()


def open_into(folder: Path, bundle: bytes, passphrase: str) -> list[str]:
    """Write the keys of a bundle below `folder` and return their names.

    Raises KeysRefused for a wrong passphrase, a file that is no bundle, or a folder that holds keys.
    """
    files = _opened(bundle, passphrase)
    if any(_key_files(folder)):
        raise KeysRefused(where=str(folder), reason=f"{folder} đã có khóa; hãy chọn thư mục trống")
    for name, content in files.items():
        target = folder / name
        if not target.resolve().is_relative_to(folder.resolve()):
            raise KeysRefused(where=name, reason="bản giữ khóa có tên tệp không hợp lệ")
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY), "wb") as out:
            out.write(base64.b64decode(content))
    return sorted(files)


def _opened(bundle: bytes, passphrase: str) -> dict[str, str]:
    try:
        held: dict[str, Any] = json.loads(bundle)
        salt, nonce, sealed = (base64.b64decode(held[part]) for part in ("salt", "nonce", "sealed"))
        plain = AESGCM(_key(passphrase, salt)).decrypt(nonce, sealed, FORMAT.encode())
    except InvalidTag as wrong:
        raise KeysRefused(
            where="passphrase", reason="mật khẩu giữ khóa không đúng, hoặc tệp đã bị sửa"
        ) from wrong
    except (ValueError, KeyError, TypeError) as wrong:
        raise KeysRefused(where="file", reason="tệp này không phải bản giữ khóa") from wrong
    return dict(json.loads(plain))


def _key_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".new")


def _key(passphrase: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=32, n=SCRYPT_COST, r=8, p=1).derive(passphrase.encode())


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()
