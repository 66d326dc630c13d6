"""Which database this test run is on, and what the whole run shares of it.

MOTCUA_TEST_DATABASE chooses: `sqlite` (default) or `postgres`. The same tests run on both.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import Final

from tests.support import postgres

CHOICE: Final = "MOTCUA_TEST_DATABASE"
CLUSTER: Final = "MOTCUA_TEST_CLUSTER"
TEMPLATES: Final = "MOTCUA_TEST_TEMPLATES"  # where the workers leave each other the page templates they compiled
MEMORY: Final = Path("/dev/shm")  # noqa: S108 - pytest and mkdtemp make folders below it that are ours alone
ROOM_WANTED: Final = 2 * 1024**3


def kind() -> str:
    """Return which database this run is on: `sqlite` or `postgres`."""
    chosen = os.environ.get(CHOICE, "sqlite")
    if chosen not in {"sqlite", "postgres"}:
        raise ValueError(f"{CHOICE} is sqlite or postgres, not {chosen!r}")
    return chosen


def scratch() -> str:
    """Return the folder for what tests write: memory where there is room for it, else the usual one.

    A test copies a database of its own; on a busy disk the copying alone takes longer than most tests.
    """
    if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM_WANTED:
        return str(MEMORY)
    return tempfile.gettempdir()


def open_run() -> None:
    """Start what the whole run shares; called once, by the process that leads the test workers."""
    # pytest asks this name for the parent of every tmp_path.
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", scratch())
    os.environ[TEMPLATES] = tempfile.mkdtemp(prefix="motcua-templates-", dir=scratch())
    if kind() == "postgres":
        # A short path: a socket's name may have 107 characters at most.
        folder = Path(tempfile.mkdtemp(prefix="motcua-pg-", dir=scratch()))
        folder.chmod(0o755)
        os.environ[CLUSTER] = str(postgres.start(folder / "c").folder)


def close_run() -> None:
    """Stop what `open_run` started."""
    shutil.rmtree(os.environ.pop(TEMPLATES), ignore_errors=True)
    if folder := os.environ.pop(CLUSTER, None):
        postgres.stop(postgres.Cluster(Path(folder)))
        shutil.rmtree(Path(folder).parent, ignore_errors=True)


def cluster() -> postgres.Cluster:
    """Return the PostgreSQL cluster of this run."""
    return postgres.Cluster(Path(os.environ[CLUSTER]))
