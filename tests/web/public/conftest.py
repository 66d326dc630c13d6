"""A commune at work, and a citizen's browser without JavaScript in front of it."""

from __future__ import annotations

import pytest

from app.factory import create_app
from tests.support.seeded import *  # noqa: F403 - the planted house, by name in its __all__
from tests.support.seeded import Desk
from tests.web.public.citizen import Citizen


@pytest.fixture
def citizen(desk: Desk) -> Citizen:
    """Somebody at home with a browser."""
    return Citizen(create_app(house=desk.house))
