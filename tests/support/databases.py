"""Databases for tests: migrated once, then copied for each test, on SQLite or on PostgreSQL."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from app.db import migrating, version_memo
from app.db.session import make_engine
from tests.support import postgres
from tests.support.calendars import share_calendars
from tests.support.database_run import cluster, kind
from tests.support.engines import share_compiled_statements

TEMPLATE: Final = "motcua_template"
_left_behind: Final[list[str]] = []
share_compiled_statements()
share_calendars()


@contextmanager
def copied(template: str, home: Path) -> Iterator[str]:
    """Yield the address of a fresh database with the content of `template`.

    What the process knows of procedure versions is forgotten: copies have the same revisions, and a test may have
    written parts by hand, without drawing a new one as the services do.
    """
    version_memo._known.clear()
    if kind() == "sqlite":
        target = home / "motcua.sqlite"
        shutil.copyfile(template, target)
        yield f"sqlite:///{target}"
        return
    name = f"test_{uuid.uuid4().hex[:12]}"
    yield cluster().copy(template, name)
    _leave(name)


def _leave(name: str) -> None:
    # One test later: the server's processes that end just now would be waited for in steps of 100 ms.
    for left in _left_behind:
        cluster().drop(left)
    _left_behind[:] = [name]


def template(shared: Path) -> str:
    """Return the migrated template, making it on the first call: a file (SQLite) or a database name.

    `shared` is a folder that all test workers see.
    """
    with postgres.locked(shared / "template.lock"):
        return _sqlite_template(shared) if kind() == "sqlite" else _postgres_template()


def name_of(shared: Path, name: str) -> str:
    """Return what a template beside the migrated one is called: a file (SQLite) or a database name."""
    return str(shared / f"{name}.sqlite") if kind() == "sqlite" else name


def second(plain: str, name: str) -> str:
    """Return the address of a new template, as yet a copy of the migrated one, to be planted."""
    if kind() == "sqlite":
        shutil.copyfile(plain, name)
        return f"sqlite:///{name}"
    return cluster().copy(plain, name)


def _sqlite_template(shared: Path) -> str:
    path = shared / "template.sqlite"
    if not path.exists():
        fresh = shared / "template.new"
        _migrate(f"sqlite:///{fresh}")
        fresh.rename(path)
    return str(path)


def _postgres_template() -> str:
    server = cluster()
    if not server.has(TEMPLATE):
        server.drop(f"{TEMPLATE}_new")
        _migrate(server.copy("template1", f"{TEMPLATE}_new"))
        server.execute(f"ALTER DATABASE {TEMPLATE}_new RENAME TO {TEMPLATE}")
    return TEMPLATE


def _migrate(url: str) -> None:
    engine = make_engine(url)
    migrating.upgrade(engine)
    engine.dispose()
