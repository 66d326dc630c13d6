"""Tests here live in a planted house with a short history."""

import pytest

from app.services import waiting
from app.services.chain_roots import close_now
from tests.support.house import *  # noqa: F403 - the fixtures of the house, by name in its __all__
from tests.support.seeded import *  # noqa: F403 - the planted house, by name in its __all__
from tests.support.seeded import Desk


@pytest.fixture
def history(desk: Desk) -> Desk:
    """Two dossiers received, the first withdrawn again, everything under a signed root."""
    first, _ = desk.receive(), desk.receive()
    with desk.house.unit_of_work() as uow:
        staff, at = desk.staff("clerk"), desk.clock.now()
        waiting.withdraw(uow, staff, first.code, desk.version(first.code), reason="Nộp nhầm thủ tục", at=at)
    with desk.house.unit_of_work() as uow:
        close_now(uow, desk.clock.now())
    return desk
