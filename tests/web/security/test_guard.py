"""What every answer carries, what every form needs, and what an attacker is told: nothing."""

from __future__ import annotations

import pytest
from flask import Flask

from app.factory import create_app
from app.settings import from_environment
from app.web.next_page import local_path
from app.web.responses import safe_name
from app.wiring import build_house
from tests.support.people import PASSWORD, add_account, add_authority, sign_in, token_of

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'"
)


@pytest.fixture
def app(house) -> Flask:
    return create_app(house=house)


@pytest.fixture
def admin(house) -> int:
    unit = add_authority(house, "H44.105", "UBND xã Vĩnh An")
    return add_account(house, "quan.tri", "Đặng Minh Khoa", unit, "admin")


@pytest.mark.parametrize("path", ["/dang-nhap", "/khong-co", "/quan-tri/", "/healthz", "/static/css/tokens.css"])
def test_every_answer_carries_the_same_guard(client, path):
    with client.get(path) as answer:
        headers = answer.headers
    assert headers["Content-Security-Policy"] == POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "Strict-Transport-Security" not in headers  # no https here


def test_a_failure_shows_a_reference_and_no_trace(app):
    app.add_url_rule("/hong", "broken", lambda: 1 / 0)
    app.extensions["motcua.access"]["broken"] = app.extensions["motcua.access"]["public.home"]
    answer = app.test_client().get("/hong")
    assert answer.status_code == 500
    assert answer.headers["X-Request-Id"] in answer.text
    assert "ZeroDivisionError" not in answer.text
    assert "Traceback" not in answer.text


def test_programs_are_answered_with_a_problem_document(client):
    for answer in (client.get("/api/v1/khong-co"), client.get("/quan-tri/", headers={"Accept": "application/json"})):
        problem = answer.get_json()
        assert answer.mimetype == "application/problem+json"
        assert (problem["status"], problem["reference"]) == (answer.status_code, answer.headers["X-Request-Id"])
        assert problem["detail"]


def test_what_a_signed_in_person_sees_is_not_kept(client, admin):
    sign_in(client, "quan.tri")
    assert client.get("/quan-tri/").headers["Cache-Control"] == "no-store"


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(client, admin):
    answer = sign_in(client, "quan.tri")
    cookies = answer.headers.getlist("Set-Cookie")
    assert cookies
    for cookie in cookies:
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie


def test_over_https_the_cookie_belongs_to_this_host_alone(database_url, clock):
    house = build_house(from_environment(demo=True, external_url="https://motcua.example"), clock)
    unit = add_authority(house, "H44.105", "UBND xã Vĩnh An")
    add_account(house, "quan.tri", "Đặng Minh Khoa", unit, "admin")
    client = create_app(house=house).test_client()
    base = "https://motcua.example"
    token = token_of(client.get("/dang-nhap", base_url=base))
    typed = {"csrf_token": token, "login": "quan.tri", "password": PASSWORD}
    answer = client.post("/dang-nhap", data=typed, base_url=base, headers={"Referer": f"{base}/dang-nhap"})
    assert answer.status_code == 303
    assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]
    for cookie in answer.headers.getlist("Set-Cookie"):
        assert cookie.startswith("__Host-")
        assert "Secure" in cookie
        assert "Path=/" in cookie
    house.engine.dispose()


def test_another_host_name_is_refused(client):
    assert client.get("/dang-nhap", headers={"Host": "la.example"}).status_code == 400


def test_a_forwarded_address_is_not_believed_without_a_proxy_of_ours(client, admin):
    sign_in(client, "quan.tri")
    forged = client.application.test_client()
    for _ in range(4):
        token = token_of(forged.get("/dang-nhap"))
        forged.post(
            "/dang-nhap",
            data={"csrf_token": token, "login": "quan.tri", "password": "đoán bừa thôi mà"},
            headers={"X-Forwarded-For": "203.0.113.9"},
        )
    assert "203.0.113.9" not in client.get("/quan-tri/nhat-ky").text


def test_the_metrics_are_not_there_for_others(client):
    assert client.get("/metrics").status_code == 200
    away = {"REMOTE_ADDR": "203.0.113.9"}
    assert client.get("/metrics", environ_overrides=away).status_code == 404
    assert client.get("/metrics", headers={"X-Forwarded-For": "203.0.113.9"}).status_code == 404


def test_health_says_that_no_scheduler_has_been_seen(client):
    answer = client.get("/healthz").get_json()
    assert (answer["status"], answer["processes"]) == ("degraded", [])
    assert client.get("/readyz").status_code == 200


def test_a_token_of_another_session_opens_nothing(client, admin):
    visitor = client.application.test_client()
    stolen = token_of(visitor.get("/dang-nhap"))
    sign_in(client, "quan.tri")
    assert client.post("/dang-xuat", data={"csrf_token": stolen}).status_code == 400
    assert client.get("/quan-tri/").status_code == 200


def test_a_form_with_a_stale_token_is_offered_back(client, admin):
    sign_in(client, "quan.tri")
    typed = {"csrf_token": "cũ", "name": "Phòng Kinh tế", "password": "không giữ"}
    answer = client.post("/quan-tri/don-vi", data=typed, headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == 400
    assert 'value="Phòng Kinh tế"' in answer.text
    assert "không giữ" not in answer.text
    token = token_of(answer)
    assert client.post("/quan-tri/don-vi", data={"csrf_token": token, "name": ""}).status_code == 422


def test_a_form_from_another_site_is_not_carried_into_a_session(client, admin):
    typed = {"name": "chữ của người khác"}
    answer = client.post("/quan-tri/don-vi", data=typed, headers={"Sec-Fetch-Site": "cross-site"})
    assert "chữ của người khác" not in answer.text


def test_what_was_typed_survives_the_end_of_the_session(client, clock, admin):
    """Expired while typing: sign in, the form is back, one click sends it."""
    same_site = {"Sec-Fetch-Site": "same-origin"}
    typed = {"csrf_token": "hết hạn", "name": "Phòng Kinh tế", "code": "H44.105.5", "kind": "division"}
    asked = client.post("/quan-tri/don-vi", data=typed, headers=same_site)
    assert asked.status_code == 401
    resend = asked.text.split('name="resend" type="hidden" value="')[1].split('"')[0].replace("&#34;", '"')
    back = client.post(
        "/dang-nhap",
        data={"csrf_token": token_of(asked), "login": "quan.tri", "password": PASSWORD, "resend": resend},
    )
    assert back.status_code == 200
    assert 'action="/quan-tri/don-vi"' in back.text
    assert 'value="Phòng Kinh tế"' in back.text
    unit = client.get("/quan-tri/don-vi").text.split('<option selected value="')[1].split('"')[0]
    sent = client.post("/quan-tri/don-vi", data=typed | {"csrf_token": token_of(back), "parent_id": unit})
    assert sent.status_code == 303
    assert "Phòng Kinh tế" in client.get("/quan-tri/don-vi").text


@pytest.mark.parametrize(
    "address",
    [
        "https://la.example",
        "//la.example",
        "///la.example",
        "/\\la.example",
        "\\\\la.example",
        "javascript:alert(1)",
        "/ok\r\nSet-Cookie: x=1",
        "/\tla",
        "data:text/html,x",
        "http:/la.example",
        "",
        None,
        "quan-tri",
        "/" + "a" * 3000,
    ],
)
def test_the_next_page_is_never_another_site_s(address):
    assert local_path(address) is None


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "_.._etc_passwd"),
        ("a\r\nSet-Cookie: x.pdf", "a_Set-Cookie_ x.pdf"),
        ("CON.pdf", "_CON.pdf"),
        ("giấy khai sinh.pdf", "giấy khai sinh.pdf"),
        ("gia\u0302\u0301y.pdf", "giấy.pdf"),
        ("anh\u202efdp.exe", "anh_fdp.exe"),
        ("   ", "tep"),
        ("á" * 300 + ".pdf", "á" * 146 + ".pdf"),
    ],
)
def test_a_file_name_is_made_fit_to_show_and_to_save(name, safe):
    assert safe_name(name) == safe
