"""A commune at work, and the people of its desk in front of their pages, without JavaScript."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from tests.support.apps import application
from tests.support.seeded import *  # noqa: F403 - the planted house, by name in its __all__
from tests.support.seeded import Desk
from tests.web.desk.worker import Worker


@pytest.fixture
def sit_down(desk: Desk) -> Callable[[str], Worker]:
    """Return a function that signs somebody in: `sit_down("officer")`."""
    app = application(desk.house)
    return lambda login: Worker(app.test_client(), login)


@pytest.fixture
def clerk(sit_down: Callable[[str], Worker]) -> Worker:
    """The clerk at the counter."""
    return sit_down("clerk")


@pytest.fixture
def client_of_all(desk: Desk) -> FlaskClient:
    """A visitor who is nobody's."""
    return application(desk.house).test_client()
