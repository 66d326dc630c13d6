"""A desk at work, backed up and brought back into an empty house: the same dossiers, papers and chain, on both."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from app.cli.main import run
from app.clock import SystemClock
from app.db.models import Dossier
from app.settings import from_environment
from app.wiring import build_house
from tests.support.database_run import cluster, kind

PASSPHRASE = "một câu đủ dài để giữ khóa"


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[dict[str, str]]:
    """Yield the settings of a second machine: an empty folder and an empty database."""
    settings = {"MOTCUA_HOME": str(tmp_path / "second")}
    if kind() == "sqlite":
        yield settings | {"MOTCUA_DATABASE_URL": f"sqlite:///{tmp_path / 'second' / 'motcua.sqlite'}"}
        return
    name = f"second_{uuid.uuid4().hex[:12]}"
    yield settings | {"MOTCUA_DATABASE_URL": cluster().copy("template1", name)}
    cluster().drop(name)


def test_dossiers_papers_and_chain_come_back(desk, elsewhere, tmp_path, monkeypatch, capsys):
    number = desk.receive().code
    desk.digitize(number)
    before = desk.dossier(number)
    desk.house.engine.dispose()
    passphrase, backup, keys = tmp_path / "passphrase", tmp_path / "house.tar", tmp_path / "keys.json"
    passphrase.write_text(PASSPHRASE, "utf-8")
    opened = ("--passphrase-file", str(passphrase))
    assert run(["db", "backup", str(backup)]) == 0
    assert run(["keys", "export", str(keys), *opened]) == 0
    files = set(_files(desk.house.settings.home))

    for name, value in elsewhere.items():
        monkeypatch.setenv(name, value)
    assert run(["keys", "restore", str(keys), *opened]) == 0
    assert run(["db", "restore", str(backup)]) == 0
    assert run(["db", "check"]) == 0
    capsys.readouterr()
    assert run(["audit", "verify", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)
    assert set(_files(Path(elsewhere["MOTCUA_HOME"]))) == files != set()
    assert run(["db", "restore", str(backup)]) == 2, "a house in use is never overwritten"

    from_second = _dossier(number)
    assert (from_second.uid, from_second.state, from_second.event_seq) == (before.uid, before.state, before.event_seq)


def _files(home: Path) -> list[str]:
    return [str(path.relative_to(home)) for path in (home / "files").rglob("*") if path.is_file()]


def _dossier(number: str) -> Dossier:
    house = build_house(from_environment(demo=True), SystemClock())
    with house.reading() as session:
        found = session.scalars(select(Dossier).where(Dossier.code == number)).one()
        session.expunge(found)
    house.engine.dispose()
    return found
