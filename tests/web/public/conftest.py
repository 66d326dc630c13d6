"""A commune at work, and a citizen's browser without JavaScript in front of it."""

from __future__ import annotations

import pytest

from tests.support.apps import application
from tests.support.seeded import *  # noqa: F403 - the planted house, by name in its __all__
from tests.support.seeded import Desk
from tests.web.public.citizen import Citizen


@pytest.fixture
def citizen(desk: Desk) -> Citizen:
    """Somebody at home with a browser."""
    return Citizen(application(desk.house))
