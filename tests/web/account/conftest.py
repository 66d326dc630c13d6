"""A commune with a clerk and an administrator, and a browser that signs in as one of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from app.wiring import House
from tests.support.people import PASSWORD, add_account, add_authority, sign_in


@pytest.fixture
def authority(house: House) -> int:
    return add_authority(house, "H44.105", "UBND xã Vĩnh An")


@pytest.fixture
def clerk(house: House, authority: int) -> int:
    return add_account(house, "hang.nt", "Ngô Thu Hằng", authority, "clerk")


@pytest.fixture
def admin(house: House, authority: int) -> int:
    return add_account(house, "quan.tri", "Đặng Minh Khoa", authority, "admin")


@pytest.fixture
def enter(client: FlaskClient) -> Callable[..., object]:
    def as_(login: str, password: str = PASSWORD) -> object:
        return sign_in(client, login, password)

    return as_
