"""A token for tests: SoftHSM2 with its real PKCS#11 library, one store of its own, gone after the tests."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pkcs11 import Attribute, ObjectClass, lib
from pkcs11.util.x509 import decode_x509_certificate

from signing import load_pkcs12

LIBRARY = "/usr/lib/softhsm/libsofthsm2.so"
TOKEN, TOKEN_PIN = "ban-co-yeu", "135790"
PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
KINDS: Mapping[str, Callable[[], PrivateKey]] = {
    "ec": lambda: ec.generate_private_key(ec.SECP256R1()),
    "rsa": lambda: rsa.generate_private_key(65_537, 2048),
}


@contextmanager
def plugged_in(folder: Path, certify: Callable[[PrivateKey], bytes], *, pin: str, kinds=tuple(KINDS)) -> Iterator[str]:
    """Yield the label of a token with a key of each kind, labelled so; `certify` answers a PKCS#12 under `pin`."""
    (folder / "tokens").mkdir(parents=True)
    (folder / "softhsm2.conf").write_text(f"directories.tokendir = {folder / 'tokens'}\nobjectstore.backend = file\n")
    os.environ["SOFTHSM2_CONF"] = str(folder / "softhsm2.conf")
    try:
        _softhsm("--init-token", "--free", "--label", TOKEN, "--so-pin", "0000", "--pin", TOKEN_PIN)
        for number, kind in enumerate(kinds, start=1):
            _install(folder, kind, KINDS[kind](), number, certify=certify, pin=pin)
        yield TOKEN
    finally:
        lib(LIBRARY).finalize()  # the next store is read anew
        del os.environ["SOFTHSM2_CONF"]


def _install(folder: Path, label: str, key: PrivateKey, number: int, *, certify, pin: str) -> None:
    plain = folder / f"{label}.pem"
    plain.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    _softhsm("--import", str(plain), "--token", TOKEN, "--label", label, "--id", f"0{number}", "--pin", TOKEN_PIN)
    described = decode_x509_certificate(load_pkcs12(certify(key), pin).certificate) | {
        Attribute.LABEL: label,
        Attribute.ID: bytes([number]),
        Attribute.TOKEN: True,
        Attribute.PRIVATE: False,
        Attribute.CLASS: ObjectClass.CERTIFICATE,
    }
    with lib(LIBRARY).get_token(token_label=TOKEN).open(user_pin=TOKEN_PIN, rw=True) as session:
        session.create_object(described)


def _softhsm(*arguments: str) -> None:
    subprocess.run(["softhsm2-util", *arguments], check=True, capture_output=True, timeout=20)
