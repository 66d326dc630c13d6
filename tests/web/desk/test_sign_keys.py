"""The sign queue with keys that are no files: what the page says of them, and what a PIN does."""

from __future__ import annotations

from collections.abc import Callable

from pkcs11 import lib

from app.domain.signing_keys import KeyPlace
from app.services import signatures
from tests.support.keys_elsewhere import *  # noqa: F403 - a token and a remote service, by name in its __all__
from tests.support.remote_service import REMOTE_PIN, Service
from tests.support.seeded import Desk
from tests.support.softhsm import LIBRARY, TOKEN_PIN
from tests.web.desk.test_signing import choice, propose
from tests.web.desk.worker import Worker

QUEUE = "/mot-cua/trinh-ky"


def ready(desk: Desk, clerk: Worker, sit_down: Callable[[str], Worker]) -> tuple[Worker, str]:
    code = propose(desk, clerk, sit_down("officer"))
    leader = sit_down("leader")
    return leader, choice(leader.open(f"{QUEUE}?ho_so={code}").text)


def test_a_token_signs_from_the_queue_and_tells_of_its_tries(
    desk: Desk, clerk: Worker, sit_down: Callable[[str], Worker], token: KeyPlace
):
    leader, chosen = ready(desk, clerk, sit_down)
    assert "Thiết bị ký “ban-co-yeu”, khóa “ec”" in leader.page.text
    wrong = leader.send(QUEUE, result=chosen, pin="000000")
    assert (wrong.status_code, "thiết bị sẽ khóa nếu còn sai" in wrong.text) == (422, True)
    warned = leader.open(QUEUE).text
    assert 'data-testid="key-warning"' in warned
    assert choice(warned) == chosen  # nothing changed
    assert "Đã ký 1 văn bản" in leader.send(QUEUE, result=chosen, pin=TOKEN_PIN).text


def test_a_token_that_is_gone_is_said_before_and_after_the_pin(
    desk: Desk, clerk: Worker, sit_down: Callable[[str], Worker], token: KeyPlace, monkeypatch
):
    leader, chosen = ready(desk, clerk, sit_down)
    whole = signatures.sign

    def pulled_out(*arguments, **named):
        lib(LIBRARY).finalize()
        return whole(*arguments, **named)

    with monkeypatch.context() as patched:
        patched.setattr(signatures, "sign", pulled_out)
        stopped = leader.send(QUEUE, result=chosen, pin=TOKEN_PIN)
    assert "Không thấy thiết bị ký" in stopped.text
    assert "Ký tiếp 1 văn bản" in stopped.text
    desk.house.__dict__["keyring"] = type(desk.house.keyring)("/nonexistent/lib.so", desk.house.keyring.service)
    assert "Không thấy thiết bị ký" in leader.open(QUEUE).text


def test_a_remote_key_signs_from_the_queue(
    desk: Desk, clerk: Worker, sit_down: Callable[[str], Worker], remote: Service
):
    leader, chosen = ready(desk, clerk, sit_down)
    assert "Ký từ xa, mã chứng thư “cred-1”" in leader.page.text
    assert "Còn 2 lần thử." in leader.send(QUEUE, result=chosen, pin="1").text
    assert "Đã ký 1 văn bản" in leader.send(QUEUE, result=chosen, pin=REMOTE_PIN).text
