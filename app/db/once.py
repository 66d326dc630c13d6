"""Rows that are written once (ghi đúng một lần), whoever else writes them: each database says it in its own words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Table, inspect, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.db.base import Base


def insert_once(session: Session, model: type[Base], values: Mapping[str, Any]) -> bool:
    """Insert a row unless one of its keys is taken; return whether this call wrote it.

    On PostgreSQL the call waits for another transaction that is inserting the same key to end.
    """
    table, insert = _inserting(session, model)
    # What comes back is asked for: the count of rows is not the same promise in every driver.
    asked = insert(table).values(dict(values)).on_conflict_do_nothing().returning(*table.primary_key)
    return session.connection().execute(asked).first() is not None


def put(session: Session, model: type[Base], rows: Iterable[Mapping[str, Any]]) -> None:
    """Insert rows of a cache, each in the place of the one with its primary key.

    Of two who put the same rows at once the second waits for the first, if both put them in one order, and wins.
    """
    table, insert = _inserting(session, model)
    asked = insert(table)
    others = {column.name: asked.excluded[column.name] for column in table.columns if not column.primary_key}
    asked = asked.on_conflict_do_update(index_elements=list(table.primary_key), set_=others)
    if found := [dict(row) for row in rows]:
        session.connection().execute(asked, found)


def _inserting(session: Session, model: type[Base]) -> tuple[Table, Any]:
    """Return a model's table and the insert that its database knows conflicts of."""
    table = inspect(model).local_table
    assert isinstance(table, Table)  # noqa: S101 - every model of ours has a table of its own
    return table, sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert


def settle_events(session: Session) -> None:
    """Wait until everyone who is writing events has ended, and keep others from writing until we have.

    Ids are drawn before a transaction ends: without this, one could appear below a root that was closed over
    it. SQLite has one writer anyway. Raises OperationalError when somebody writes for more than five seconds.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SET LOCAL lock_timeout = '5s'"))
        session.execute(text("LOCK TABLE events IN SHARE ROW EXCLUSIVE MODE"))
