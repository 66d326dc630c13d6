"""Sessions: they end when unused, when too old, when rights change, when their person says so."""

from __future__ import annotations

from datetime import timedelta

import pyotp
import pytest
from sqlalchemy import select

from app.db.models import UserAccount, WebSession
from app.domain.people import Role
from app.queries.accounts import staff_of
from app.services import accounts
from tests.support.people import PASSWORD, add_account, post, sign_in, token_of

PAGE = "/tai-khoan"


@pytest.mark.parametrize(
    ("role", "minutes", "holds"),
    [("clerk", 29, True), ("clerk", 31, False), ("leader", 14, True), ("leader", 16, False)],
)
def test_an_unused_session_ends_sooner_for_who_signs(client, house, clock, authority, role, minutes, holds):
    add_account(house, "nguoi.dung", "Phạm Văn Dùng", authority, role)
    sign_in(client, "nguoi.dung")
    clock.advance(timedelta(minutes=minutes))
    assert (client.get(PAGE).status_code == 200) is holds


def test_a_session_in_use_still_ends_after_nine_hours(client, clock, admin):
    sign_in(client, "quan.tri")
    for _ in range(21):
        clock.advance(timedelta(minutes=25))
        assert client.get(PAGE).status_code == 200
    clock.advance(timedelta(minutes=25))
    assert client.get(PAGE).status_code == 303


def test_the_database_holds_no_copy_of_the_cookie(client, house, admin):
    sign_in(client, "quan.tri")
    cookie = client.get_cookie("motcua").value
    with house.reading() as db:
        kept = db.scalars(select(WebSession)).one()
    assert cookie not in {kept.id_hash, kept.csrf_secret}
    assert len(cookie) >= 22  # 128 bits in base64


def test_a_change_of_roles_ends_the_session_at_the_next_request(client, house, clock, authority, admin, clerk):
    sign_in(client, "hang.nt")
    assert client.get(PAGE).status_code == 200
    with house.unit_of_work() as uow:
        by = staff_of(uow.session, admin, clock.now())
        accounts.set_roles(uow, by, clerk, [Role.OFFICER], at=clock.now())
    assert client.get(PAGE).status_code == 303


def test_a_closed_account_is_out_at_the_next_request_and_cannot_come_back(client, house, clock, admin, clerk):
    sign_in(client, "hang.nt")
    with house.unit_of_work() as uow:
        accounts.set_active(uow, staff_of(uow.session, admin, clock.now()), clerk, False, at=clock.now())
    assert client.get(PAGE).status_code == 303
    assert sign_in(client, "hang.nt").status_code == 422


def test_my_sessions_can_be_ended_one_by_one_or_all_but_this(client, house, clerk):
    elsewhere = client.application.test_client()
    sign_in(elsewhere, "hang.nt")
    sign_in(client, "hang.nt")
    assert client.get(PAGE).text.count("Phiên này") == 1
    assert post(client, "/tai-khoan/phien-khac/ket-thuc", form_on=PAGE).status_code == 303
    assert elsewhere.get(PAGE).status_code == 303
    assert client.get(PAGE).status_code == 200


def test_somebody_else_s_session_is_not_there(client, house, admin, clerk):
    sign_in(client, "quan.tri")
    with house.reading() as db:
        theirs = db.scalars(select(WebSession).where(WebSession.user_id == admin)).one().id_hash
    other = client.application.test_client()
    sign_in(other, "hang.nt")
    assert post(other, f"/tai-khoan/phien/{theirs}/ket-thuc", form_on=PAGE).status_code == 404
    assert client.get(PAGE).status_code == 200


def test_a_new_password_needs_the_present_one_and_ends_every_other_session(client, house, clerk):
    elsewhere = client.application.test_client()
    sign_in(elsewhere, "hang.nt")
    sign_in(client, "hang.nt")
    before = client.get_cookie("motcua").value
    new = "mưa rơi trên mái ngói cũ"
    where = {"form_on": "/tai-khoan/mat-khau"}
    assert post(client, "/tai-khoan/mat-khau", **where, current="sai", new=new, again=new).status_code == 422
    assert post(client, "/tai-khoan/mat-khau", **where, current=PASSWORD, new=new, again=new).status_code == 303
    assert client.get_cookie("motcua").value != before
    assert elsewhere.get(PAGE).status_code == 303
    assert sign_in(elsewhere, "hang.nt").status_code == 422
    assert sign_in(elsewhere, "hang.nt", new).status_code == 303


@pytest.mark.parametrize(
    ("new", "why"),
    [
        ("ngắn quá", "ít nhất 15 ký tự"),
        ("123456789012345", "dễ đoán"),
        ("Ngô Thu Hằng 2026", "chứa “Ngô Thu Hằng”"),
        ("ubnd xã vĩnh an số 1", "chứa “UBND xã Vĩnh An”"),
    ],
)
def test_a_weak_password_is_refused_with_its_reason(client, clerk, new, why):
    sign_in(client, "hang.nt")
    answer = post(client, "/tai-khoan/mat-khau", form_on="/tai-khoan/mat-khau", current=PASSWORD, new=new, again=new)
    assert answer.status_code == 422
    assert why in answer.text


def test_a_second_factor_is_asked_for_once_switched_on_and_each_code_works_once(client, house, clock, clerk):
    sign_in(client, "hang.nt")
    page = client.get("/tai-khoan/xac-thuc-hai-lop")
    secret = page.text.split('name="secret" type="hidden" value="')[1].split('"')[0]
    app = pyotp.TOTP(secret)
    typed = {"csrf_token": token_of(page), "secret": secret, "current": PASSWORD}
    assert client.post("/tai-khoan/xac-thuc-hai-lop", data=typed | {"code": "000000"}).status_code == 422
    switched = client.post("/tai-khoan/xac-thuc-hai-lop", data=typed | {"code": app.at(clock.now())})
    assert switched.status_code == 200
    with house.reading() as db:
        sealed = db.get_one(UserAccount, clerk).totp_sealed
    assert secret.encode() not in sealed
    clock.advance(timedelta(minutes=1))
    code = app.at(clock.now())
    other = client.application.test_client()
    assert sign_in(other, "hang.nt").status_code == 422
    assert sign_in(other, "hang.nt", totp=code).status_code == 303
    assert sign_in(client.application.test_client(), "hang.nt", totp=code).status_code == 422


def test_a_session_about_to_end_can_be_kept_alive_from_the_page(client, clock, clerk):
    sign_in(client, "hang.nt")
    page = client.get(PAGE)
    assert 'data-seconds="1800"' in page.text
    clock.advance(timedelta(minutes=29))
    kept = client.post("/tai-khoan/phien/gia-han", headers={"X-CSRFToken": token_of(page)})
    assert kept.get_json() == {"seconds": 1800}
    clock.advance(timedelta(minutes=29))
    assert client.get(PAGE).status_code == 200
