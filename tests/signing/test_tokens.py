"""A key on a token: SoftHSM2 is the token, its PKCS#11 library the real thing."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.x509 import load_der_x509_certificate
from pkcs11 import Attribute, ObjectClass, lib
from pkcs11.util.x509 import decode_x509_certificate

from app.services import signing_batches
from signing import Intent, SigningError, Verdict, load_pkcs12, sign, verify
from signing.tokens import TokenSigner
from tests.services.test_signing_batches import opened, seen, waiting
from tests.signing.conftest import AGENCY, AT, FOUNDED, LEADER, PIN
from tests.support.seeded import *  # noqa: F403 - the planted house, by name in its __all__

LIBRARY = "/usr/lib/softhsm/libsofthsm2.so"
TOKEN_PIN = "135790"
TOKEN = "ban-co-yeu"
KINDS = {"ec": lambda: ec.generate_private_key(ec.SECP256R1()), "rsa": lambda: rsa.generate_private_key(65_537, 2048)}


@pytest.fixture(scope="module")
def token(world, tmp_path_factory) -> str:
    """A token with one key of each kind, labelled by its kind; its store is gone after the tests."""
    folder = tmp_path_factory.mktemp("softhsm")
    (folder / "tokens").mkdir()
    (folder / "softhsm2.conf").write_text(f"directories.tokendir = {folder / 'tokens'}\nobjectstore.backend = file\n")
    os.environ["SOFTHSM2_CONF"] = str(folder / "softhsm2.conf")
    _softhsm("--init-token", "--free", "--label", TOKEN, "--so-pin", "0000", "--pin", TOKEN_PIN)
    for number, (kind, make) in enumerate(KINDS.items(), start=1):
        _install(world, folder, kind, make(), number)
    yield TOKEN
    del os.environ["SOFTHSM2_CONF"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_token_signs_a_batch_in_one_session(world, form, token, kind):
    with TokenSigner.open(LIBRARY, token_label=token, key_label=kind, pin=TOKEN_PIN) as signer:
        batch = [sign(form, signer, Intent(AT, holder=LEADER)) for _ in range(3)]
    assert all(verify(pdf, world.trust, at=AT).verdict is Verdict.PASSED for pdf in batch)


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ({"pin": "999999"}, "pin_wrong"),
        ({"pin": "1"}, "pin_wrong"),
        ({"token_label": "vang-mat"}, "token_absent"),
        ({"key_label": "khong-co"}, "token_absent"),
        ({"library": "/nonexistent/libtoken.so"}, "token_absent"),
    ],
)
def test_a_token_that_does_not_open_says_why(token, wanted, code):
    given = {"library": LIBRARY, "token_label": token, "key_label": "ec", "pin": TOKEN_PIN} | wanted
    with pytest.raises(SigningError) as refused:
        TokenSigner.open(given.pop("library"), **given)
    assert refused.value.code == code
    assert "Vui lòng" in str(refused.value)


def test_a_token_pulled_out_in_the_middle_is_named(world, form, token):
    signer = TokenSigner.open(LIBRARY, token_label=token, key_label="ec", pin=TOKEN_PIN)
    first = sign(form, signer, Intent(AT))
    signer.close()
    with pytest.raises(SigningError) as refused:
        sign(form, signer, Intent(AT))
    assert refused.value.code == "token_absent"
    assert verify(first, world.trust, at=AT).verdict is Verdict.PASSED


@dataclass
class Loose:
    """A token that is pulled out after so many signatures."""

    signer: TokenSigner
    left: int

    def __post_init__(self) -> None:
        self.certificate, self.chain = self.signer.certificate, self.signer.chain

    def sign(self, data: bytes) -> bytes:
        if self.left == 0:
            self.signer.close()
        self.left -= 1
        return self.signer.sign(data)


def test_a_desk_batch_whose_token_is_pulled_out_names_the_rest_and_goes_on_later(token, desk):
    chosen, leader = [waiting(desk) for _ in range(3)], desk.staff("leader")

    def batch(wanted, signer):
        batch_id = opened(desk, wanted)
        signing_batches.carry_out(desk.house, leader, batch_id, signer, now=desk.clock.now)
        return seen(desk, batch_id)

    torn = batch(chosen, Loose(TokenSigner.open(LIBRARY, token_label=token, key_label="ec", pin=TOKEN_PIN), left=1))
    assert (torn.signed, torn.waiting) == (1, 0)
    assert [one.number for one in torn.failures] == [one.number for one in chosen[1:]]
    assert all("rút giữa chừng" in one.reason for one in torn.failures)
    with TokenSigner.open(LIBRARY, token_label=token, key_label="ec", pin=TOKEN_PIN) as again:
        rest = batch(chosen[1:], again)
    assert (rest.signed, rest.failures) == (2, ())


def _install(world, folder: Path, label: str, key, number: int) -> None:
    plain = folder / f"{label}.pem"
    plain.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    _softhsm("--import", str(plain), "--token", TOKEN, "--label", label, "--id", f"0{number}", "--pin", TOKEN_PIN)
    p12 = world.root.person(LEADER, unit=AGENCY, title="Chủ tịch", pin=PIN, valid_from=FOUNDED, key=key)
    certificate = load_der_x509_certificate(load_pkcs12(p12, PIN).certificate).public_bytes(Encoding.DER)
    described = decode_x509_certificate(certificate) | {
        Attribute.LABEL: label,
        Attribute.ID: bytes([number]),
        Attribute.TOKEN: True,
        Attribute.CLASS: ObjectClass.CERTIFICATE,
    }
    with lib(LIBRARY).get_token(token_label=TOKEN).open(user_pin=TOKEN_PIN, rw=True) as session:
        session.create_object(described)


def _softhsm(*arguments: str) -> None:
    subprocess.run(["softhsm2-util", *arguments], check=True, capture_output=True, timeout=20)
