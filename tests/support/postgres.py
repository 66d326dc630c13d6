"""A temporary PostgreSQL cluster for one test run, and one database per test copied from a template.

Debian's binaries, own folder and socket, no port, no durability: nothing of the machine is touched.
Started by the process that leads the run, shared by all workers, stopped when the run ends.

Each test asks for a copy, so that making and dropping one is a good part of what the run costs (processor time of
the server and of the worker): 157 ms by blocks through the log, which is PostgreSQL's own choice, and a connection
for each order; 53 ms by files and one connection a worker.
"""

from __future__ import annotations

import atexit
import contextlib
import fcntl
import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import psycopg

NO_DURABILITY: Final = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
CONNECTIONS: Final = "-c max_connections=200 -c shared_buffers=128MB"
# Nobody reads this log, and each database lives for a second: there is nothing to tidy up in it.
SHORT_LIVED: Final = "-c wal_level=minimal -c max_wal_senders=0 -c autovacuum=off"
USER: Final = "postgres"


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running cluster: its folder, which also holds the socket."""

    folder: Path

    def url(self, database: str) -> str:
        """Return the SQLAlchemy address of one of its databases."""
        return f"postgresql+psycopg://{USER}@/{database}?host={self.folder}"

    def execute(self, statement: str) -> None:
        """Carry out one administrative statement outside of a transaction."""
        _administration(self.folder).execute(statement.encode())

    def copy(self, template: str, name: str) -> str:
        """Return the address of a new database with the content of `template` (about 35 ms)."""
        self.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY')
        return self.url(name)

    def drop(self, name: str) -> None:
        """Remove a database, whoever is still connected."""
        self.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def has(self, name: str) -> bool:
        """Return whether a database of this name exists."""
        asked = "SELECT 1 FROM pg_database WHERE datname = %s"
        return _administration(self.folder).execute(asked, (name,)).fetchone() is not None


@lru_cache(maxsize=1)
def _administration(folder: Path) -> psycopg.Connection:
    """Return this process's connection for orders to the cluster, open until the process ends."""
    connection = psycopg.connect(f"host={folder} user={USER} dbname=postgres", autocommit=True)
    atexit.register(connection.close)
    return connection


def start(folder: Path) -> Cluster:
    """Make and start a cluster below `folder`. Raises CalledProcessError with PostgreSQL's own words."""
    folder.mkdir(parents=True)
    _make_owner(folder)
    data, log = folder / "data", folder / "log"
    _run(["initdb", "-D", str(data), "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"])
    options = f"-c listen_addresses='' -k {folder} {NO_DURABILITY} {CONNECTIONS} {SHORT_LIVED}"
    _run(["pg_ctl", "-D", str(data), "-l", str(log), "-w", "-o", options, "start"])
    return Cluster(folder)


def stop(cluster: Cluster) -> None:
    """Stop the cluster at once and remove its folder."""
    _run(["pg_ctl", "-D", str(cluster.folder / "data"), "-m", "immediate", "-w", "stop"])
    shutil.rmtree(cluster.folder, ignore_errors=True)


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold a lock that all test workers share, so that one of them does the first-time work."""
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _run(command: Sequence[str]) -> None:
    program, *arguments = command
    full = [*_as_owner(), str(_binaries() / program), *arguments]
    # pg_ctl hands its output on to the server it starts: a pipe would stay open for ever.
    done = subprocess.run(full, cwd="/", check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    if done.returncode:
        raise RuntimeError(f"{program} ended with {done.returncode}: {' '.join(full)}")


def _as_owner() -> list[str]:
    # PostgreSQL refuses to run as root: the account of Debian's package does it.
    return ["runuser", "-u", USER, "--"] if os.geteuid() == 0 else []


def _make_owner(folder: Path) -> None:
    if os.geteuid() == 0:
        shutil.chown(folder, USER, USER)
        folder.chmod(0o755)


def _binaries() -> Path:
    """Return the folder of the newest installed PostgreSQL programs."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    if not found:
        raise RuntimeError("PostgreSQL is not installed; run deploy/prepare.sh test")
    return found[-1]
