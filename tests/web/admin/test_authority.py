"""The pages of authority and absence: a decision with its span, an absence with its substitute, both ended."""

from __future__ import annotations

from sqlalchemy import select

from app.db.models import Unit
from tests.support.people import add_account, add_division, post
from tests.web.public.test_every_page import problems_of

AUTHORITY, AWAY = "/quan-tri/tham-quyen", "/quan-tri/vang-mat"


def test_a_decision_is_recorded_shown_and_ended(house, client, admin):
    division = add_division(house, _root(house), "H44.105.2", "Lãnh đạo")
    leader = add_account(house, "ky.thay", "Hoàng Thử Phó", division, "leader")
    decision = {
        "user_id": leader,
        "powers": "results",
        "capacity": "KT",
        "titles": "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH",
        "decision": "QĐ 12/QĐ-UBND",
        "decided_on": "01/11/2026",
        "since": "08:00 02/11/2026",
        "until": "",
    }
    page = client.get(AUTHORITY)
    assert problems_of(page.text) == []
    wrong = post(client, AUTHORITY, form_on=AUTHORITY, **{**decision, "since": "25:00 02/11/2026"})
    assert (wrong.status_code, "QĐ 12" in wrong.text) == (422, True)
    assert post(client, AUTHORITY, form_on=AUTHORITY, **decision).status_code == 303
    assert "Đang hiệu lực" in client.get(AUTHORITY).text
    post(client, f"{AUTHORITY}/1/het", form_on=AUTHORITY)
    assert "Đã hết" in client.get(AUTHORITY).text


def test_an_absence_is_recorded_shown_and_ended(house, client, admin):
    desk = add_division(house, _root(house), "H44.105.1", "Một cửa", kind="desk")
    first, second = (add_account(house, login, f"Cán bộ {login}", desk, "clerk") for login in ("mot", "hai"))
    span = {"since": "22/11/2026", "until": "30/11/2026", "reason": "Phép"}
    absence = {"user_id": first, "substitute_id": second, **span}
    assert problems_of(client.get(AWAY).text) == []
    assert post(client, AWAY, form_on=AWAY, **{**absence, "substitute_id": first}).status_code == 422
    assert post(client, AWAY, form_on=AWAY, **absence).status_code == 303
    assert "Đang vắng" in client.get(AWAY).text
    post(client, f"{AWAY}/1/het", form_on=AWAY)
    assert "Đã về" in client.get(AWAY).text


def _root(house) -> int:
    with house.reading() as db:
        return db.scalars(select(Unit.id).where(Unit.kind == "commune")).first()
