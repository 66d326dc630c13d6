"""Opening the house: what a command that reads or changes dossiers begins with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from app.cli import common, home_folder
from app.wiring import House, build_house


def open_house(**overrides: Any) -> House:
    """Return the house of this process over a home that is made and migrated.

    Raises SettingsInvalid, HomeUnusable, DatabaseIsNewer, VaultError.
    """
    settings = common.settings(**overrides)
    home_folder.prepare(settings)
    return build_house(settings)


@contextmanager
def opened_house(**overrides: Any) -> Iterator[House]:
    """Yield the house and close its connections at the end, however the command ends."""
    house = open_house(**overrides)
    try:
        yield house
    finally:
        house.engine.dispose()
