"""What holds for every test: nothing leaves this machine, warnings are errors, Vietnamese is spoken.

The fixtures of the house are in tests/support/house.py and are opened by the folders that need them: the
tests of the core start in a blink and do not import the application.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator

import pytest
from hypothesis import settings as hypothesis_settings

from app.i18n import use_locale
from tests.support import closed_world, database_run
from tests.support.selection import may_differ

TOUCH_DATABASE = {"database_url", "seeded_home"}
DRIVE_A_BROWSER = {"chromium"}

# The time of one example says more about the neighbour on this machine than about the rule.
hypothesis_settings.register_profile("motcua", deadline=None, max_examples=100, print_blob=True)
hypothesis_settings.load_profile("motcua")


def pytest_configure(config: pytest.Config) -> None:
    closed_world.close()
    for name in [name for name in os.environ if _is_operators(name)]:
        del os.environ[name]
    if not hasattr(config, "workerinput"):
        database_run.open_run()


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        database_run.close_run()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        asked = set(getattr(item, "fixturenames", ()))
        if DRIVE_A_BROWSER & asked:
            item.add_marker(pytest.mark.journey)
        elif TOUCH_DATABASE & asked and may_differ(item.path):
            item.add_marker(pytest.mark.both_databases)
    items.sort(key=_is_quick)


def pytest_collection_finish() -> None:
    # Thousands of tests and a whole application: nothing of it becomes rubbish, so nobody need look through it again.
    gc.collect()
    gc.freeze()


def _is_quick(item: pytest.Item) -> bool:
    """Journeys go first: one that began last would leave the other workers with nothing to do."""
    return item.get_closest_marker("journey") is None


@pytest.fixture(autouse=True)
def vietnamese() -> Iterator[None]:
    """Each test starts in Vietnamese, whatever the one before spoke."""
    with use_locale("vi"):
        yield


def _is_operators(name: str) -> bool:
    return name.startswith("MOTCUA_") and not name.startswith("MOTCUA_TEST_")
