"""Signing in and out: the right person gets in, everybody else hears one and the same answer."""

from __future__ import annotations

from datetime import timedelta

from app.db.models import UserAccount
from tests.support.people import PASSWORD, add_account, post, sign_in, token_of


def test_who_signs_in_lands_where_their_work_begins(client, admin):
    answer = sign_in(client, "quan.tri")
    assert (answer.status_code, answer.location) == (303, "/quan-tri/")
    assert client.get("/quan-tri/").status_code == 200


def test_a_login_may_be_typed_with_capitals_and_spaces_around(client, admin):
    assert sign_in(client, "  Quan.Tri ").status_code == 303


def test_unknown_account_wrong_password_and_closed_account_sound_alike(client, house, admin):
    wrong = sign_in(client, "quan.tri", "sai mật khẩu rồi nhé")
    unknown = sign_in(client, "khong.co.ai", "sai mật khẩu rồi nhé")
    assert wrong.status_code == unknown.status_code == 422
    assert "chưa đúng" in wrong.text
    assert _without_typed(wrong.text) == _without_typed(unknown.text)


def test_after_signing_out_the_old_cookie_opens_nothing(client, admin):
    sign_in(client, "quan.tri")
    stolen = client.get_cookie("motcua").value
    out = post(client, "/dang-xuat", form_on="/tai-khoan")
    assert out.status_code == 303
    assert "storage" in out.headers["Clear-Site-Data"]
    client.set_cookie("motcua", stolen)
    assert client.get("/tai-khoan").location.startswith("/dang-nhap")


def test_the_identifier_changes_when_somebody_signs_in(client, admin):
    client.set_cookie("motcua", "planted-by-somebody-else")
    sign_in(client, "quan.tri")
    assert client.get_cookie("motcua").value != "planted-by-somebody-else"


def test_a_page_asked_for_before_signing_in_comes_after_it(client, admin):
    sent = client.get("/quan-tri/van-hanh")
    assert sent.location == "/dang-nhap?next=/quan-tri/van-hanh"
    form = client.get(sent.location)
    typed = {
        "csrf_token": token_of(form),
        "login": "quan.tri",
        "password": PASSWORD,
        "next": "/quan-tri/van-hanh",
    }
    assert client.post("/dang-nhap", data=typed).location == "/quan-tri/van-hanh"


def test_failures_make_the_next_try_wait_a_little_longer_each_time(client, clock, admin):
    for _ in range(4):
        assert sign_in(client, "quan.tri", "đoán bừa một mật khẩu").status_code == 422
    too_soon = sign_in(client, "quan.tri", PASSWORD)
    assert too_soon.status_code == 429
    assert too_soon.headers["Retry-After"] == "5"
    clock.advance(timedelta(seconds=6))
    assert sign_in(client, "quan.tri", PASSWORD).status_code == 303


def test_a_one_time_password_leads_nowhere_but_to_an_own_one(client, house, authority):
    made = add_account(house, "moi.vao", "Lý Thị Mới", authority, "admin", password="k7mq-x2vd-9hwp-t4ns")
    with house.unit_of_work() as uow:
        from_admin = uow.session.get_one(UserAccount, made)
        from_admin.must_change_password = True
    sign_in(client, "moi.vao", "k7mq-x2vd-9hwp-t4ns")
    assert client.get("/quan-tri/").location == "/tai-khoan/mat-khau"
    new = "con thuyền xuôi ngược dòng sông"
    changed = post(
        client,
        "/tai-khoan/mat-khau",
        form_on="/tai-khoan/mat-khau",
        current="k7mq-x2vd-9hwp-t4ns",
        new=new,
        again=new,
    )
    assert changed.status_code == 303
    assert client.get("/quan-tri/").status_code == 200


def _without_typed(text: str) -> str:
    for typed in ("quan.tri", "khong.co.ai"):
        text = text.replace(typed, "…")
    return "\n".join(line for line in text.splitlines() if "csrf_token" not in line)
