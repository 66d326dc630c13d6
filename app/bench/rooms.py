"""Houses to measure in: a fresh home in a temporary folder, planted with the demo's people and procedures."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from app.clock import FixedClock
from app.db import migrating
from app.seed import house as demo_house
from app.settings import from_environment
from app.wiring import House, build_house
from workflows.calendar import VIETNAM

WORKDAY = datetime(2026, 11, 23, 8, 30, tzinfo=VIETNAM)


@contextmanager
def house_at(database_url: str = "") -> Iterator[House]:
    """Yield a planted house over an empty database; SQLite in its own folder without an address."""
    with tempfile.TemporaryDirectory(prefix="motcua-bench-") as folder:
        home = Path(folder)
        url = database_url or f"sqlite:///{home / 'motcua.sqlite'}"
        settings = from_environment({}, home=home, keys=home / "keys", database_url=url, demo=True)
        house = build_house(settings, FixedClock(WORKDAY))
        migrating.upgrade(house.engine)
        demo_house.prepare(house, WORKDAY)
        yield house
        house.engine.dispose()
