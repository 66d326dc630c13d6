"""A real browser (Debian's Chromium) in front of a real server on this machine, and axe to look over its shoulder.

A folder of tests opens it with `from tests.support.browser import *`.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

__all__ = ["chromium"]

PROGRAM = "/usr/bin/chromium"
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
# Of what passes, axe is asked for no account: half of its time goes into that.
ASKED = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": list(RULES)}}
_MENUS = "details:has(> .mc-top-menu)"
_OPEN_ALL = f"document.querySelectorAll('details').forEach(one => {{ one.open = !one.matches('{_MENUS}') }})"
_OPEN_MENUS = f"[...document.querySelectorAll('{_MENUS}')].map(one => {{ one.open = true }}).length"


@dataclass(frozen=True, slots=True)
class Site:
    """A running server: its address."""

    address: str

    def url(self, path: str) -> str:
        """The whole address of a path."""
        return self.address + path


@contextmanager
def served(app: Flask) -> Iterator[Site]:
    """Serve `app` on a free port of this machine as long as the block lasts."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Site(f"http://127.0.0.1:{server.server_port}")
    finally:
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def chromium(pytestconfig: pytest.Config) -> Browser:
    """One Chromium for all tests of a worker, whichever folders they are in."""
    return _started(pytestconfig)


@lru_cache(maxsize=1)
def _started(config: pytest.Config) -> Browser:
    # A second playwright beside the first one is refused: both would want this thread's event loop.
    playwright = sync_playwright().start()
    config.add_cleanup(playwright.stop)
    browser = playwright.chromium.launch(executable_path=PROGRAM, args=list(FLAGS))
    config.add_cleanup(browser.close)
    return browser


def violations(page: Page) -> list[str]:
    """Return what axe finds on the page with everything unfolded, one line each.

    A menu that drops over the page hides what is below it as long as it is open: it is judged by itself.
    """
    page.evaluate(_OPEN_ALL)
    found = _judged(page, None)
    if page.evaluate(_OPEN_MENUS):
        found += _judged(page, ".mc-top-menu")
    page.evaluate(_OPEN_ALL)
    return found


def _judged(page: Page, part: str | None) -> list[str]:
    found = Axe().run(page, context=part, options=ASKED)
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found.response["violations"]]


def is_wider_than_its_window(page: Page) -> bool:
    """Tell whether the page scrolls sideways (WCAG 1.4.10)."""
    return bool(page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))
