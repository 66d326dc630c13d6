"""Trusted time: a list of authorities, answers that are no answers, and real services on this machine."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import timedelta
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from asn1crypto import tsp

from app.adapters.timestamps import HttpTimestampAuthority, authorities
from signing import Intent, Level, SigningError, Verdict, sign, verify
from tests.signing.conftest import AT


@dataclass(frozen=True)
class Answering:
    """An authority of this test: what it makes of a request."""

    name: str
    how: object

    def answer(self, request: bytes) -> bytes:
        return self.how(request)


def unplugged(_request: bytes) -> bytes:
    raise ConnectionRefusedError


def asleep(_request: bytes) -> bytes:
    raise TimeoutError


def refusing(_request: bytes) -> bytes:
    return tsp.TimeStampResp({"status": {"status": "rejection"}}).dump()


def changed(world, **fields):
    """An honest authority that was asked something else."""

    def answer(request: bytes) -> bytes:
        asked = tsp.TimeStampReq.load(request)
        for name, value in fields.items():
            asked[name] = value
        return world.time.answer(asked.dump())

    return answer


def cut_short(world):
    return lambda request: world.time.answer(request)[:-50]


BAD = {
    "unplugged": lambda _: unplugged,
    "asleep": lambda _: asleep,
    "refusing": lambda _: refusing,
    "garbage": lambda _: lambda _request: b"<html>502</html>",
    "nothing": lambda _: lambda _request: b"",
    "cut short": cut_short,
    "another nonce": lambda world: changed(world, nonce=42),
    "another digest": lambda world: changed(
        world, message_imprint={"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": bytes(32)}
    ),
}


@pytest.mark.parametrize("kind", BAD)
def test_the_next_authority_is_asked(world, form, kind):
    bad = Answering("Trung tâm hỏng", BAD[kind](world))
    signed = sign(form, world.leader, Intent(AT, level=Level.B_T), timestampers=[bad, world.time])
    assert verify(signed, world.trust, at=AT).signatures[0].timestamp == AT


def test_when_none_answers_each_is_named(world, form):
    list_ = [Answering(f"Trung tâm {kind}", make(world)) for kind, make in BAD.items()]
    with pytest.raises(SigningError) as refused:
        sign(form, world.leader, Intent(AT, level=Level.B_T), timestampers=list_)
    assert refused.value.code == "timestamp_unavailable"
    for kind in BAD:
        assert f"Trung tâm {kind}" in str(refused.value)
    assert "quá thời gian chờ" in str(refused.value)


@pytest.fixture
def served(world):
    """The demo authority behind HTTP on this machine, beside addresses that answer badly."""

    def application(environ, start_response):
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        answers = {
            "/tsa": ("200 OK", lambda: world.time.answer(body)),
            "/broken": ("500 Broken", lambda: b"broken"),
            "/endless": ("200 OK", lambda: b"x" * 100_000),
        }
        status, make = answers[environ["PATH_INFO"]]
        start_response(status, [("Content-Type", "application/timestamp-reply")])
        return [make()]

    class Quiet(WSGIRequestHandler):
        def log_message(self, *_arguments):
            pass

    with make_server("127.0.0.1", 0, application, handler_class=Quiet) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_authorities_over_http_in_the_order_of_the_settings(world, form, served):
    chosen = authorities(["http://127.0.0.1:1/tsa", served + "/broken", served + "/endless", served + "/tsa"])
    signed = sign(form, world.leader, Intent(AT, level=Level.B_T), timestampers=chosen)
    verdict = verify(signed, world.trust, at=AT + timedelta(days=1))
    assert (verdict.verdict, verdict.signatures[0].timestamp) == (Verdict.PASSED, AT)


@pytest.mark.parametrize("path", ["/broken", "/endless"])
def test_an_authority_that_answers_badly_over_http(served, path):
    with pytest.raises(OSError, match="HTTP"):
        HttpTimestampAuthority(served + path).answer(b"x")


def test_an_authority_is_called_by_its_host():
    assert HttpTimestampAuthority("https://tsa.example.vn:8443/x").name == "tsa.example.vn"
