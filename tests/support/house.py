"""The fixtures of the house: a home, a migrated database, the house over both, a clock that stands still.

A folder of tests opens them with one line in its conftest: `from tests.support.house import *`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from app.clock import FixedClock
from app.db.unit_of_work import UnitOfWork
from app.settings import Settings, from_environment
from app.wiring import House, build_house
from tests.support import databases
from tests.support.apps import application
from workflows.calendar import VIETNAM

__all__ = [
    "client",
    "clock",
    "database_template",
    "database_url",
    "home",
    "house",
    "settings",
    "uow",
]

MONDAY_MORNING = datetime(2026, 11, 23, 8, 30, tzinfo=VIETNAM)


def migrated_template(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> str:
    """Return the database that is migrated and empty, made by the first worker that asks."""
    return databases.template(shared_folder(tmp_path_factory, worker_id))


def shared_folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Return the folder of this run that all its workers see."""
    base = tmp_path_factory.getbasetemp()
    return base if worker_id == "master" else base.parent


@pytest.fixture(scope="session")
def database_template(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> str:
    """The migrated template that each test's database is copied from."""
    return migrated_template(tmp_path_factory, worker_id)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty MOTCUA_HOME; commands run in this process find it too."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("MOTCUA_HOME", str(folder))
    return folder


@pytest.fixture
def database_url(home: Path, database_template: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A fresh migrated database, on SQLite or PostgreSQL as MOTCUA_TEST_DATABASE says."""
    with databases.copied(database_template, home) as url:
        monkeypatch.setenv("MOTCUA_DATABASE_URL", url)
        yield url


@pytest.fixture
def settings(database_url: str) -> Settings:
    """The settings of a test house, read from the environment as in real life."""
    return from_environment(demo=True)


@pytest.fixture
def clock() -> FixedClock:
    """Monday 23 November 2026, 08:30 in Vietnam, until the test moves it."""
    return FixedClock(MONDAY_MORNING)


@pytest.fixture
def house(settings: Settings, clock: FixedClock) -> Iterator[House]:
    """The house over the test's own home and database."""
    built = build_house(settings, clock)
    yield built
    built.engine.dispose()


@pytest.fixture
def uow(house: House) -> Iterator[UnitOfWork]:
    """A unit of work of the house, committed when the test ends well."""
    with house.unit_of_work() as work:
        yield work


@pytest.fixture
def client(house: House) -> FlaskClient:
    """A browser without JavaScript in front of the house."""
    return application(house).test_client()
