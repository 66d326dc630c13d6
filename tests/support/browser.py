"""A real browser (Debian's Chromium, without its window) in front of a real server on this machine.

The headless shell is the same engine without tabs and tool bars, which the whole Chromium paints for nobody: opening
four pages in a new window takes 1.6 s of processor time instead of 4.4 s.

A folder of tests opens it with `from tests.support.browser import *`.
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect, sync_playwright
from werkzeug.serving import make_server

__all__ = ["chromium"]

PROGRAMS = ("chromium-headless-shell", "chromium", "google-chrome")  # the cheapest first
PATIENCE = 20_000  # milliseconds: a machine at work on four things is slow without being wrong
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


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
    expect.set_options(timeout=PATIENCE)
    # A second playwright beside the first one is refused: both would want this thread's event loop.
    playwright = sync_playwright().start()
    config.add_cleanup(playwright.stop)
    browser = playwright.chromium.launch(executable_path=_program(), args=list(FLAGS))
    config.add_cleanup(browser.close)
    return browser


def _program() -> str | None:
    """Return the cheapest browser here that a test can drive (a snap it cannot); None is playwright's own."""
    found = map(shutil.which, PROGRAMS)
    return next((path for path in found if path and not path.startswith("/snap/")), None)
