"""A remote signing service of this machine that really signs (CSC API v2), and one that fails in every way."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from app.adapters.remote_signing import RemoteService, RemoteSigner
from signing import CachedSigner, Intent, SigningError, Verdict, load_pkcs12, sign, verify
from signing.errors import KeyDoesNotMatch
from tests.signing.conftest import AGENCY, AT, FOUNDED, LEADER, PIN
from tests.support.remote_service import BEARER, REMOTE_PIN, Service, listening
from tests.support.softhsm import KINDS


@pytest.fixture(scope="module")
def keys(world) -> dict[str, CachedSigner]:
    def made(kind: str) -> CachedSigner:
        key = KINDS[kind]()
        return load_pkcs12(
            world.root.person(LEADER, unit=AGENCY, title="Chủ tịch", pin=PIN, valid_from=FOUNDED, key=key), PIN
        )

    return {kind: made(kind) for kind in KINDS}


@pytest.fixture
def service(keys) -> Iterator[tuple[Service, RemoteService]]:
    behind = Service(keys)
    with listening(behind) as address:
        yield behind, RemoteService(address, BEARER)


@pytest.mark.parametrize("kind", KINDS)
def test_a_remote_key_signs_a_batch_under_one_authorization(world, form, service, kind):
    behind, remote = service
    signer = RemoteSigner(remote, kind, pin=REMOTE_PIN, signatures=2)
    batch = [sign(form, signer, Intent(AT, holder=LEADER)) for _ in range(2)]
    assert all(verify(pdf, world.trust, at=AT).verdict is Verdict.PASSED for pdf in batch)
    assert not any(form[:50].hex() in json.dumps(asked) for asked in behind.seen)
    with pytest.raises(SigningError, match="SAD expired"):
        sign(form, signer, Intent(AT))


def test_a_wrong_pin_tells_the_tries_left_until_it_is_locked(service):
    _, remote = service
    told = []
    for _ in range(3):
        with pytest.raises(SigningError) as refused:
            RemoteSigner(remote, "ec", pin="0000")
        told.append((refused.value.code, str(refused.value)))
    assert [code for code, _ in told] == ["pin_wrong", "pin_wrong", "pin_locked"]
    assert "Còn 2 lần thử." in told[0][1]


def test_more_than_one_pin_may_sign_is_refused_before_the_pin_is_sent(service):
    behind, remote = service
    behind.most = 50
    with pytest.raises(SigningError, match="chỉ ký được 50 văn bản"):
        RemoteSigner(remote, "ec", pin=REMOTE_PIN, signatures=51)
    assert not any("PIN" in asked for asked in behind.seen)


@pytest.mark.parametrize("fails", ["garbage", "nothing"])
def test_an_answer_that_is_none_is_named(service, fails):
    behind, remote = service
    behind.fails = fails
    with pytest.raises(SigningError) as refused:
        RemoteSigner(remote, "ec", pin=REMOTE_PIN)
    assert refused.value.code == "remote_signing_refused"


def test_a_service_out_of_reach_is_named():
    with pytest.raises(SigningError) as refused:
        RemoteSigner(RemoteService("http://127.0.0.1:1"), "ec", pin=REMOTE_PIN)
    assert refused.value.code == "remote_signing_refused"


def test_a_value_over_another_digest_never_gets_into_a_file(form, service):
    behind, remote = service
    signer = RemoteSigner(remote, "rsa", pin=REMOTE_PIN)
    behind.fails = "another digest"
    with pytest.raises(KeyDoesNotMatch):
        sign(form, signer, Intent(AT))
