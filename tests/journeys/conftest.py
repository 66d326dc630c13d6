"""A commune at work behind a real server, and people in front of it, each in a browser window of their own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from app.factory import create_app
from tests.journeys.windows import Windows
from tests.support.browser import PROGRAM, Site, served
from tests.support.seeded import *  # noqa: F403 - the planted house, by name in its __all__
from tests.support.seeded import Desk

FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium for all journeys."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=PROGRAM, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def site(desk: Desk) -> Iterator[Site]:
    """The commune's server."""
    with served(create_app(house=desk.house)) as running:
        yield running


@pytest.fixture
def windows(chromium: Browser, site: Site) -> Iterator[Windows]:
    """Windows for as many people as a journey needs; at its end no console has complained."""
    opened = Windows(chromium, site)
    yield opened
    opened.close()
    assert opened.complaints == []
