"""The page of signing keys: one registered from its file, refused for another's name, and taken out of use."""

from __future__ import annotations

import io
from datetime import timedelta

from signing.authority import DemoAuthority
from tests.support.people import add_account, post
from tests.web.public.test_every_page import problems_of

KEYS, KEY_PIN, NAME = "/quan-tri/khoa-ky", "5566", "Hoàng Thử Trưởng"


def test_a_key_is_registered_shown_and_retired(house, client, admin, authority):
    leader = add_account(house, "ky.duyet", NAME, authority, "leader")
    since = house.clock.now() - timedelta(days=9)
    root = DemoAuthority.create(since)

    def typed(name: str = NAME, pin: str = KEY_PIN) -> dict[str, object]:
        p12 = root.person(name, unit="UBND xã Vĩnh An", title="Chủ tịch", pin=KEY_PIN, valid_from=since)
        return {"holder": leader, "kind": "file", "address": "", "file": (io.BytesIO(p12), "khoa.p12"), "pin": pin}

    assert problems_of(client.get(KEYS).text) == []
    for wrong, said in (
        (typed(pin="0000"), "Mã PIN chưa đúng"),
        (typed("Người Khác"), "không phải Hoàng Thử Trưởng"),
        ({"holder": "seal", "kind": "token", "address": "chỉ một nhãn", "pin": ""}, "NHÃN THIẾT BỊ/NHÃN KHÓA"),
        ({"holder": "seal", "kind": "token", "address": "a/b", "pin": ""}, "MOTCUA_PKCS11_LIBRARY"),
        ({"holder": "seal", "kind": "remote", "address": "c1", "pin": ""}, "MOTCUA_REMOTE_SIGNING_URL"),
    ):
        page = post(client, KEYS, form_on=KEYS, **wrong)
        assert (page.status_code, said in page.text, KEY_PIN in page.text) == (422, True, False)
    assert post(client, KEYS, form_on=KEYS, **typed()).status_code == 303
    assert "Đang dùng" in client.get(KEYS).text
    assert post(client, f"{KEYS}/1/thoi-dung", form_on=KEYS).status_code == 303
    assert "Đang dùng" not in client.get(KEYS).text
    assert client.get("/quan-tri/nhat-ky").status_code == 200
