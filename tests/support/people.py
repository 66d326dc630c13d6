"""Authorities and accounts for tests, made through the real services, and a browser that signs in."""

from __future__ import annotations

import re
from datetime import timedelta

from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.db.models import Unit, UserAccount
from app.domain.people import Actor, Role
from app.services.accounts import create_account
from app.services.sessions import Visitor, open_session
from app.web.sessions import cookie_name
from app.wiring import House
from workflows.states import ActorKind

PASSWORD = "bốn con ngựa đá dưới chân cầu"
SETUP = Actor(ActorKind.STAFF, "Thiết lập ban đầu")
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


def add_authority(house: House, code: str, name: str, kind: str = "commune") -> int:
    """Return the id of a new authority of this installation."""
    with house.unit_of_work() as uow:
        unit = Unit(code=code, name=name, kind=kind, is_own=True)
        uow.session.add(unit)
        uow.session.flush()
        unit.root_id = unit.id
        return unit.id


def add_division(house: House, root_id: int, code: str, name: str, kind: str = "division") -> int:
    """Return the id of a new division of an authority."""
    with house.unit_of_work() as uow:
        unit = Unit(code=code, name=name, kind=kind, is_own=True, parent_id=root_id, root_id=root_id)
        uow.session.add(unit)
        uow.session.flush()
        return unit.id


def add_account(house: House, login: str, name: str, unit_id: int, *roles: str, password: str | None = PASSWORD) -> int:
    """Return the id of a new account; without `password` it begins with a one-time one."""
    with house.unit_of_work() as uow:
        made = create_account(
            uow,
            SETUP,
            house.clock.now(),
            login=login,
            name=name,
            unit_id=unit_id,
            roles=[Role(role) for role in roles],
            password=password,
        )
        return made.user_id


def seat(client: FlaskClient, house: House, login: str) -> None:
    """Let `client` be signed in as `login` without the page: nobody waits for the hashing of a password."""
    visitor, lifetime = Visitor("127.0.0.1", "test"), timedelta(hours=house.settings.session_hours)
    with house.unit_of_work() as uow:
        user = uow.session.scalars(select(UserAccount).where(UserAccount.login == login)).one()
        opened = open_session(uow, user, house.clock.now(), lifetime=lifetime, visitor=visitor)
    client.set_cookie(cookie_name(house.settings), opened.token)


def token_of(answer: TestResponse) -> str:
    """Return the CSRF token of the first form of a page."""
    found = _TOKEN.search(answer.text)
    assert found, f"no form on this page: {answer.status} {answer.text[:200]}"
    return found.group(1)


def sign_in(client: FlaskClient, login: str, password: str = PASSWORD, totp: str = "") -> TestResponse:
    """Sign in through the page, and return the answer to the form."""
    token = token_of(client.get("/dang-nhap"))
    typed = {"csrf_token": token, "login": login, "password": password, "totp": totp}
    return client.post("/dang-nhap", data=typed)


def post(client: FlaskClient, path: str, *, form_on: str, **fields: object) -> TestResponse:
    """Send a form from the page at `form_on`, with that page's token."""
    return client.post(path, data={"csrf_token": token_of(client.get(form_on)), **fields})
