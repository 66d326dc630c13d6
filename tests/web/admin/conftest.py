"""A commune set up with the seed, its administrator signed in."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from app.seed.planting import seed_statutory
from app.services.importing_calendar import default_calendar
from app.wiring import House
from tests.support.people import add_account, add_authority, sign_in


@pytest.fixture
def authority(house: House) -> int:
    with house.unit_of_work() as uow:
        seed_statutory(uow, house.clock.now())
        default_calendar(uow)
    return add_authority(house, "H44.105", "UBND xã Vĩnh An")


@pytest.fixture
def admin(house: House, client: FlaskClient, authority: int) -> int:
    made = add_account(house, "quan.tri", "Đặng Minh Khoa", authority, "admin")
    sign_in(client, "quan.tri")
    return made
