"""A remote signing service of this machine that really signs (CSC API v2), and one that fails in every way."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.hashes import SHA256

from app.adapters.remote_signing import RemoteService, RemoteSigner
from signing import CachedSigner, Intent, SigningError, Verdict, load_pkcs12, sign, verify
from signing.errors import KeyDoesNotMatch
from tests.signing.conftest import AGENCY, AT, FOUNDED, LEADER, PIN

KINDS = {"ec": lambda: ec.generate_private_key(ec.SECP256R1()), "rsa": lambda: rsa.generate_private_key(65_537, 2048)}
REMOTE_PIN = "8642"


@dataclass
class Service:
    """The service's side: keys by credential, tries left, what it was asked, and how it is to fail."""

    keys: dict[str, CachedSigner]
    fails: str = ""
    tries: int = 3
    allowed: int = 0
    seen: list[dict] = field(default_factory=list)

    def answer(self, path: str, asked: dict) -> tuple[str, bytes]:
        self.seen.append(asked)
        if self.fails == "garbage":
            return "200 OK", b"<html>"
        if self.fails == "nothing":
            return "200 OK", b"{}"
        key = self.keys[asked["credentialID"]]
        return getattr(self, path.rpartition("/")[2])(key, asked)

    def info(self, key: CachedSigner, _asked: dict) -> tuple[str, bytes]:
        chain = [base64.b64encode(one).decode() for one in (key.certificate, *key.chain)]
        return "200 OK", json.dumps({"cert": {"certificates": chain}}).encode()

    def authorize(self, _key: CachedSigner, asked: dict) -> tuple[str, bytes]:
        if asked["PIN"] != REMOTE_PIN:
            self.tries -= 1
            code = {"error": "invalid_pin", "remainingAttempts": self.tries} if self.tries else {"error": "locked_pin"}
            return "400 Bad", json.dumps(code).encode()
        self.allowed = asked["numSignatures"]
        return "200 OK", b'{"SAD": "permission"}'

    def signHash(self, key: CachedSigner, asked: dict) -> tuple[str, bytes]:  # noqa: N802 - the API's name
        self.allowed -= 1
        if asked["SAD"] != "permission" or self.allowed < 0:
            return "400 Bad", b'{"error": "invalid_request", "error_description": "SAD expired"}'
        digest = base64.b64decode(asked["hashes"][0])
        if self.fails == "another digest":
            digest = bytes(32)
        if isinstance(key.key, rsa.RSAPrivateKey):
            value = key.key.sign(digest, padding.PKCS1v15(), Prehashed(SHA256()))
        else:
            value = key.key.sign(digest, ec.ECDSA(Prehashed(SHA256())))
        return "200 OK", json.dumps({"signatures": [base64.b64encode(value).decode()]}).encode()


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

    def application(environ, start_response):
        body = json.loads(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
        assert environ["HTTP_AUTHORIZATION"] == "Bearer house"
        status, said = behind.answer(environ["PATH_INFO"], body)
        start_response(status, [("Content-Type", "application/json")])
        return [said]

    class Quiet(WSGIRequestHandler):
        def log_message(self, *_arguments):
            pass

    with make_server("127.0.0.1", 0, application, handler_class=Quiet) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield behind, RemoteService(f"http://127.0.0.1:{server.server_port}", "house")
        server.shutdown()
        thread.join()


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
