"""A house with the statutory procedures, the calendar and nobody in it yet: planted once a run, copied for each test.

A folder of tests opens it with `from tests.support.statutory import *` after the fixtures of the house: their
`database_template` is then this one.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from app.clock import FixedClock
from app.seed.planting import seed_statutory
from app.services.importing_calendar import default_calendar
from app.settings import from_environment
from app.wiring import build_house
from tests.support import databases, postgres
from tests.support.house import MONDAY_MORNING, shared_folder

__all__ = ["database_template"]

NAME = "motcua_statutory"


@pytest.fixture(scope="session")
def database_template(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> str:
    """The planted template that each test's database is copied from."""
    shared = shared_folder(tmp_path_factory, worker_id)
    plain = databases.template(shared)
    with postgres.locked(shared / "statutory.lock"):
        return _planted(shared, plain)


def _planted(shared: Path, plain: str) -> str:
    name, done = databases.name_of(shared, NAME), shared / "statutory.done"
    if not done.exists():
        _plant(shared / "statutory-home", databases.second(plain, name))
        done.touch()
    return name


def _plant(home: Path, url: str) -> None:
    home.mkdir(exist_ok=True)
    settings = from_environment({}, home=home, keys=home / "keys", database_url=url, demo=True)
    house = build_house(settings, FixedClock(MONDAY_MORNING))
    with house.unit_of_work() as uow:
        seed_statutory(uow, MONDAY_MORNING)
        default_calendar(uow)
    house.engine.dispose()
