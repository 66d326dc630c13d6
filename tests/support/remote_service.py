"""A remote signing service for tests: this machine's own, really signing (CSC API v2), failing as it is told."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from wsgiref.simple_server import WSGIRequestHandler, make_server

from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.hashes import SHA256

from signing import CachedSigner

BEARER, REMOTE_PIN = "house", "8642"


@dataclass
class Service:
    """The service's side: keys by credential, tries left, what it was asked, and how it is to fail."""

    keys: dict[str, CachedSigner]
    fails: str = ""
    fails_after: int | None = None
    tries: int = 3
    allowed: int = 0
    most: int = 200
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
        told = {"cert": {"certificates": chain}, "multisign": self.most}
        return "200 OK", json.dumps(told).encode()

    def authorize(self, _key: CachedSigner, asked: dict) -> tuple[str, bytes]:
        if asked["PIN"] != REMOTE_PIN:
            self.tries -= 1
            code = {"error": "invalid_pin", "remainingAttempts": self.tries} if self.tries else {"error": "locked_pin"}
            return "400 Bad", json.dumps(code).encode()
        self.allowed = asked["numSignatures"]
        return "200 OK", b'{"SAD": "permission"}'

    def signHash(self, key: CachedSigner, asked: dict) -> tuple[str, bytes]:  # noqa: N802 - the API's name
        if self.fails_after == 0:
            return "503 Gone", b"<html>"
        self.fails_after = self.fails_after - 1 if self.fails_after else self.fails_after
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


@contextmanager
def listening(behind: Service) -> Iterator[str]:
    """Yield the address of the service, listening on the loopback until the block ends."""

    def application(environ, start_response):
        body = json.loads(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
        assert environ["HTTP_AUTHORIZATION"] == f"Bearer {BEARER}"
        status, said = behind.answer(environ["PATH_INFO"], body)
        start_response(status, [("Content-Type", "application/json")])
        return [said]

    class Quiet(WSGIRequestHandler):
        def log_message(self, *_arguments):
            pass

    with make_server("127.0.0.1", 0, application, handler_class=Quiet) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()
