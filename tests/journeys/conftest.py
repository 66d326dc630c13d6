"""A commune at work behind a real server, and people in front of it, each in a browser window of their own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.journeys.windows import Windows
from tests.support.apps import application
from tests.support.browser import *  # noqa: F403 - the browser's fixture, by name in its __all__
from tests.support.browser import Site, served
from tests.support.seeded import *  # noqa: F403 - the planted house, by name in its __all__
from tests.support.seeded import Desk


@pytest.fixture
def site(desk: Desk) -> Iterator[Site]:
    """The commune's server."""
    with served(application(desk.house)) as running:
        yield running


@pytest.fixture
def windows(chromium: Browser, site: Site) -> Iterator[Windows]:
    """Windows for as many people as a journey needs; at its end no console has complained."""
    opened = Windows(chromium, site)
    yield opened
    opened.close()
    assert opened.complaints == []
