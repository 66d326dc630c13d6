"""A house with the demo's units, people, keys and procedures, planted once a run and copied for each test.

A folder of tests opens it with `from tests.support.seeded import *` beside the fixtures of the house.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import or_, select

from app.clock import FixedClock
from app.db.models import Dossier
from app.domain.channels import Channel
from app.domain.people import PersonData, Staff
from app.queries.accounts import staff_by_login
from app.queries.demo import component_rows, standing_of
from app.seed import house as demo_house
from app.seed.demo_cast import scan
from app.seed.demo_people import person
from app.services import digitizing, intake
from app.services.values import ComponentData, Filing, Received, Reception
from app.settings import from_environment
from app.wiring import House, build_house
from tests.support import databases, postgres
from tests.support.house import MONDAY_MORNING, shared_folder

__all__ = ["clock", "desk", "seeded_home", "seeded_template"]

SEEDED = "motcua_seeded"
SINGLE = "1.004873"  # xác nhận tình trạng hôn nhân: an electronic original, three working days, two committed
COPIES = "2.000815"
BIRTH = "1.001193"


@dataclass
class Desk:
    """A commune at work: its house, a clock to move, and short words for what people do at the desk."""

    house: House
    clock: FixedClock
    dice: Random = field(default_factory=lambda: Random(7))

    def staff(self, login: str) -> Staff:
        """Return a member of staff by login."""
        with self.house.reading() as session:
            found = staff_by_login(session, login, self.clock.now())
        assert found, f"no account {login}"
        return found

    def dossier(self, number: str) -> Dossier:
        """Return a dossier as it stands, detached."""
        with self.house.reading() as session:
            named = or_(Dossier.code == number, Dossier.filing_number == number)
            found = session.scalars(select(Dossier).where(named)).one()
            session.expunge(found)
        return found

    def version(self, number: str) -> int:
        """Return the version that a page opened now would carry."""
        return self.dossier(number).event_seq

    def filing(self, procedure: str = SINGLE, channel: Channel = Channel.DIRECT, **more: object) -> Filing:
        """Return a complete filing of an invented person."""
        with self.house.reading() as session:
            papers = component_rows(session, procedure)
        form = "electronic" if channel is Channel.ONLINE else "paper"
        given = tuple(
            ComponentData(row.ordinal, "exempt", row.exemption)
            if row.exemption
            else ComponentData(row.ordinal, form if row.required else "missing", originals=1)
            for row in papers
        )
        base = {"unit_code": "H99.105", "applicant": self.person(), "components": given}
        return Filing(procedure_code=procedure, channel=channel, **(base | more))  # type: ignore[arg-type]  # open keywords of a test

    def person(self) -> PersonData:
        """Return an invented person."""
        return person(self.dice)

    def receive(self, procedure: str = SINGLE, *, clerk: str = "clerk", **more: object) -> Received:
        """Receive a dossier at the desk now."""
        with self.house.unit_of_work() as uow:
            return intake.receive_new(
                uow, self.staff(clerk), Reception(self.filing(procedure, **more)), self.clock.now()
            )

    def digitize(self, number: str) -> None:
        """Scan every paper that the dossier holds on paper."""
        with self.house.reading() as session:
            papers = standing_of(session, number).on_paper
        for ordinal, name in papers:
            file = scan(self.house, name[:60], ordinal)
            with self.house.unit_of_work() as uow:
                digitizing.attach_to_component(uow, self.staff("clerk"), number, ordinal, file, self.clock.now())


@pytest.fixture(scope="session")
def seeded_template(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> tuple[str, Path]:
    """The planted database and home that each test's own are copied from."""
    shared = shared_folder(tmp_path_factory, worker_id)
    plain = databases.template(shared)
    with postgres.locked(shared / "seeded.lock"):
        return _planted(shared, plain)


@pytest.fixture
def clock() -> FixedClock:
    """Monday 23 November 2026, 08:30 in Vietnam, until the test moves it."""
    return FixedClock(MONDAY_MORNING)


@pytest.fixture
def seeded_home(tmp_path: Path, seeded_template: tuple[str, Path], monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A home with its keys and a copy of the planted database; yields the database's address."""
    template, planted = seeded_template
    home = tmp_path / "home"
    shutil.copytree(planted, home)
    monkeypatch.setenv("MOTCUA_HOME", str(home))
    with databases.copied(template, home) as url:
        monkeypatch.setenv("MOTCUA_DATABASE_URL", url)
        yield url


@pytest.fixture
def desk(seeded_home: str, clock: FixedClock) -> Iterator[Desk]:
    """A commune at work."""
    built = build_house(from_environment(demo=True), clock)
    yield Desk(built, clock)
    built.engine.dispose()


def _planted(shared: Path, plain: str) -> tuple[str, Path]:
    home, done = shared / "seeded-home", shared / "seeded.done"
    name = databases.name_of(shared, SEEDED)
    if not done.exists():
        home.mkdir(exist_ok=True)
        _plant(home, databases.second(plain, name), MONDAY_MORNING)
        done.touch()
    return name, home


def _plant(home: Path, url: str, at: datetime) -> None:
    house = build_house(
        from_environment({}, home=home, keys=home / "keys", database_url=url, demo=True), FixedClock(at)
    )
    demo_house.prepare(house, at)
    house.engine.dispose()
