"""The first run: only with the terminal's secret, only once, all or nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.cli.main import run
from app.clock import SystemClock
from app.db.models import Calendar, Unit, UserAccount
from app.services import first_run
from tests.support.house import migrated_template
from tests.support.people import sign_in, token_of

PAGE = "/quan-tri/thiet-lap"
PASSWORD = "bốn con ngựa đá dưới chân cầu"


@pytest.fixture(scope="session")
def database_template(tmp_path_factory, worker_id):
    """Nothing is planted before the first run."""
    return migrated_template(tmp_path_factory, worker_id)


@pytest.fixture
def secret(house):
    with house.unit_of_work() as uow:
        return first_run.issue_secret(uow, house.clock.now())


def filled(client, told, **changed):
    form = {
        "csrf_token": token_of(client.get(PAGE)),
        "secret": told,
        "code": "h44.105",
        "name": "UBND xã Vĩnh An",
        "short_name": "Xã Vĩnh An",
        "kind": "commune",
        "province_name": "UBND tỉnh Phú Thọ",
        "login": "quan.tri",
        "admin_name": "Đặng Minh Khoa",
        "password": PASSWORD,
        "again": PASSWORD,
        "counted": ["0", "1", "2", "3", "4"],
    }
    form |= {f"day_{number}": "07:30-11:30 13:30-17:00" for number in range(5)}
    return client.post(PAGE, data=form | changed)


def test_the_agency_its_desk_its_calendar_and_its_administrator_stand(client, house, secret):
    answer = filled(client, secret, day_5="07:30-11:30")
    assert (answer.status_code, answer.location) == (303, "/quan-tri/")
    assert "Việc cần làm để mở quầy" in client.get("/quan-tri/").text
    with house.reading() as db:
        units = {unit.code: unit for unit in db.scalars(select(Unit))}
        hours = db.scalars(select(Calendar)).one().hours
    assert {code: unit.kind for code, unit in units.items()} == {
        "H44": "province",
        "H44.105": "commune",
        "H44.105.1": "desk",
    }
    assert units["H44.105"].parent_id == units["H44"].id
    assert units["H44.105.1"].root_id == units["H44.105"].id
    assert (hours[0], hours[5], hours[6]) == ([[450, 690], [810, 1020]], [[450, 690]], [])


def test_once_set_up_the_page_is_not_there(client, house, secret):
    filled(client, secret)
    assert client.get(PAGE).status_code == 404
    with house.unit_of_work() as uow:
        assert first_run.issue_secret(uow, house.clock.now()) is None


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"secret": "0000000000000000"}, "Mã thiết lập chưa đúng"),
        ({"code": "Vĩnh An"}, "chưa đúng dạng"),
        ({"password": "ngắn", "again": "ngắn"}, "ít nhất 15 ký tự"),
        ({"again": "khác hẳn mật khẩu kia"}, "không giống nhau"),
        ({"name": ""}, "chưa được nhập"),
        ({"day_0": "17:00-07:30"}, "không trước giờ đóng"),
        ({"counted": []}, "ít nhất một ngày"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(client, house, secret, changed, said):
    answer = filled(client, secret, **changed)
    assert answer.status_code == 422
    assert said in answer.text
    assert 'value="Xã Vĩnh An"' in answer.text
    with house.reading() as db:
        assert db.scalar(select(func.count()).select_from(UserAccount)) == 0
        assert db.scalar(select(func.count()).select_from(Unit)) == 0
    assert filled(client, secret).status_code == 303


def test_the_secret_lives_half_an_hour(client, clock, secret):
    clock.advance(timedelta(minutes=31))
    assert filled(client, secret).status_code == 422


def test_a_new_secret_replaces_the_old_one(client, house, secret):
    with house.unit_of_work() as uow:
        fresh = first_run.issue_secret(uow, house.clock.now())
    assert filled(client, secret).status_code == 422
    assert filled(client, fresh).status_code == 303


def test_the_command_prints_the_secret_and_then_no_more(client, capsys, house):
    assert run(["first-run"]) == 0
    printed = capsys.readouterr().out
    assert PAGE in printed
    shown = printed.rsplit(": ", 1)[1].strip()
    house.clock.set(SystemClock().now())  # the command knows no other clock
    assert filled(client, shown).status_code == 303
    run(["first-run"])
    assert "Đã thiết lập" in capsys.readouterr().out


def test_the_administrator_signs_in_again_later(client, secret):
    filled(client, secret)
    assert sign_in(client.application.test_client(), "quan.tri", PASSWORD).status_code == 303
