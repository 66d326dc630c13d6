"""Houses to measure in: a fresh home in a temporary folder, planted with the demo's people and procedures."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from app.clock import FixedClock
from app.db import migrating, revisions
from app.seed import house as demo_house
from app.settings import from_environment
from app.wiring import House, build_house
from workflows.calendar import VIETNAM

WORKDAY = datetime(2026, 11, 23, 8, 30, tzinfo=VIETNAM)


@contextmanager
def house_at(database_url: str = "", *, kept: Path | None = None) -> Iterator[House]:
    """Yield a planted house over an empty database; SQLite in its own folder without an address.

    With `kept` the home stays in that folder, and a house that is there already is opened as it is.
    """
    with tempfile.TemporaryDirectory(prefix="motcua-bench-") as folder:
        home = kept or Path(folder)
        home.mkdir(parents=True, exist_ok=True)
        url = database_url or f"sqlite:///{home / 'motcua.sqlite'}"
        settings = from_environment({}, home=home, keys=home / "keys", database_url=url, demo=True)
        house = build_house(settings, FixedClock(WORKDAY))
        is_new = revisions.revision(house.engine) is None
        migrating.upgrade(house.engine)
        if is_new:
            demo_house.prepare(house, WORKDAY)
        yield house
        house.engine.dispose()
