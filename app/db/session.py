"""Engines (kết nối): SQLite through the pinned wheel with WAL and IMMEDIATE writers, or PostgreSQL.

Before SQLite 3.51.3 a checkpoint racing a commit could lose it in WAL mode ("WAL-reset"): such an engine
is opened with a rollback journal and EXTRA instead. FULL always: an acknowledged dossier survives a power cut.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pysqlite3
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.orm import Session, sessionmaker

BUSY_SECONDS = 15
# Whatever is not plain text or a number the driver asks for a protocol that none of our values has: two microseconds
# a value, most of the time of writing a row. A known adapter is asked first.
for _kind in (type(None), bytes):
    pysqlite3.dbapi2.register_adapter(_kind, lambda value: value)
_BACKPORTS: Mapping[tuple[int, ...], int] = {(3, 50): 7, (3, 44): 6}


def wal_is_safe(version: tuple[int, ...]) -> bool:
    """Tell whether this SQLite version is free of the WAL-reset race."""
    return version >= (3, 51, 3) or version[2] >= _BACKPORTS.get(version[:2], 10**6)


def make_engine(url: str, *, pool_size: int = 5) -> Engine:
    """Return the engine for `url` (sqlite:///… or postgresql+psycopg://…)."""
    if url.startswith("sqlite"):
        return _sqlite(url)
    return _postgres(url, pool_size)


def sessions(engine: Engine) -> sessionmaker[Session]:
    """Return the factory of sessions; objects stay readable after commit."""
    return sessionmaker(engine, expire_on_commit=False)


def is_sqlite(session: Session) -> bool:
    """Tell whether the session speaks to the embedded database."""
    return session.get_bind().dialect.name == "sqlite"


def one_instant(session: Session) -> None:
    """Let all that the session reads from here on be of one instant; call it before the first statement.

    SQLite always does so; PostgreSQL otherwise shows each statement what was committed until then.
    """
    if not is_sqlite(session):
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})


def _postgres(url: str, pool_size: int) -> Engine:
    engine = create_engine(url, pool_size=pool_size, max_overflow=5, pool_pre_ping=True, pool_recycle=900)

    @event.listens_for(engine, "connect")
    def _open(connection: Any, _record: Any) -> None:
        # Compiling a report's statement takes longer than it saves: each is another one, and none runs for minutes.
        connection.autocommit = True
        connection.execute("SET jit = off")
        connection.autocommit = False

    return engine


def _sqlite(url: str) -> Engine:
    engine = create_engine(
        url, module=pysqlite3.dbapi2, connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False}
    )
    safe = wal_is_safe(pysqlite3.dbapi2.sqlite_version_info)

    @event.listens_for(engine, "connect")
    def _open(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver must not begin on its own: see _begin
        cursor = connection.cursor()
        for line in _pragmas(safe):
            cursor.execute(line)
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        # A deferred transaction that reads first and writes later fails at once with "locked".
        writing = connection.get_execution_options().get("writing", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


def _pragmas(safe: bool) -> tuple[str, ...]:
    journal = (
        ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL")
        if safe
        else ("PRAGMA journal_mode=DELETE", "PRAGMA synchronous=EXTRA")
    )
    return (*journal, "PRAGMA foreign_keys=ON", "PRAGMA secure_delete=FAST", "PRAGMA cache_size=-32000")
