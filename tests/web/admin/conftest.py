"""A commune set up with the seed, its administrator signed in."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from app.wiring import House
from tests.support.people import add_account, add_authority, sign_in
from tests.support.statutory import *  # noqa: F403 - the template of the house, by name in its __all__


@pytest.fixture
def authority(house: House) -> int:
    return add_authority(house, "H44.105", "UBND xã Vĩnh An")


@pytest.fixture
def admin(house: House, client: FlaskClient, authority: int) -> int:
    made = add_account(house, "quan.tri", "Đặng Minh Khoa", authority, "admin")
    sign_in(client, "quan.tri")
    return made
