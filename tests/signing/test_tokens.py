"""A key on a token: SoftHSM2 is the token, its PKCS#11 library the real thing."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from pkcs11 import TokenFlag
from pkcs11.exceptions import PinLocked as TokenPinLocked

from signing import Intent, SigningError, Verdict, sign, tokens, verify
from signing.tokens import TokenSigner, certificate_on, tries_left
from tests.signing.conftest import AGENCY, AT, FOUNDED, LEADER, PIN
from tests.support.softhsm import KINDS, LIBRARY, TOKEN, TOKEN_PIN, plugged_in


@pytest.fixture(scope="module")
def token(world, tmp_path_factory) -> Iterator[str]:
    """A token with one key of each kind, labelled by its kind."""

    def certify(key) -> bytes:
        return world.root.person(LEADER, unit=AGENCY, title="Chủ tịch", pin=PIN, valid_from=FOUNDED, key=key)

    with plugged_in(tmp_path_factory.mktemp("softhsm"), certify, pin=PIN) as label:
        yield label


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


def test_a_token_shows_its_certificate_and_its_tries_without_a_pin(token):
    shown = certificate_on(LIBRARY, token_label=token, key_label="ec")
    with TokenSigner.open(LIBRARY, token_label=token, key_label="ec", pin=TOKEN_PIN) as signer:
        assert signer.certificate == shown
        with pytest.raises(SigningError) as busy:
            TokenSigner.open(LIBRARY, token_label=token, key_label="ec", pin="999999")
        assert busy.value.code == "token_busy"  # a PIN is not looked at while somebody is logged in
    with pytest.raises(SigningError):
        TokenSigner.open(LIBRARY, token_label=token, key_label="ec", pin="999999")
    assert "đã có lần nhập sai" in tries_left(LIBRARY, token)
    TokenSigner.open(LIBRARY, token_label=token, key_label="ec", pin=TOKEN_PIN).close()
    assert tries_left(LIBRARY, token) == ""


@pytest.mark.parametrize("flags", [TokenFlag.USER_PIN_LOCKED, TokenFlag(0)])
def test_a_locked_token_is_not_tried_again(flags, monkeypatch):
    """SoftHSM never locks: here the library is a double that does, by its flags or by its answer."""
    tried = []

    class Locked:
        def __init__(self):
            self.flags = flags

        def open(self, **_given):
            tried.append(1)
            raise TokenPinLocked

    monkeypatch.setattr(tokens.pkcs11, "lib", lambda _path: SimpleNamespace(get_token=lambda **_label: Locked()))
    with pytest.raises(SigningError) as refused:
        TokenSigner.open("any.so", token_label=TOKEN, key_label="ec", pin=TOKEN_PIN)
    assert (refused.value.code, "mở khóa" in str(refused.value)) == ("pin_locked", True)
    assert bool(tried) is not bool(flags)
