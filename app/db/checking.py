"""Health of a database: damage the engine finds, broken references, a schema that is not ours, guards that are gone."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Engine

from app.db import triggers
from app.db.base import Base


def problems(engine: Engine) -> list[str]:
    """Return what is wrong with the database, one sentence each; empty when it is sound."""
    with engine.connect() as connection:
        found = _sqlite_damage(connection) if engine.dialect.name == "sqlite" else []
        unguarded = [f"trigger: {name} does not stand" for name in triggers.missing(connection)]
        return found + _schema_differences(connection) + unguarded


def _sqlite_damage(connection: Connection) -> list[str]:
    integrity = [row[0] for row in connection.exec_driver_sql("PRAGMA integrity_check")]
    references = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    damage = [f"integrity: {line}" for line in integrity if line != "ok"]
    return damage + [
        f"reference: {row[0]} row {row[1]} points to a missing row of {row[2]}" for row in references
    ]


def _schema_differences(connection: Connection) -> list[str]:
    """Return where the stored schema is not the one of the models."""
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return [f"schema: {_said(step)}" for step in compare_metadata(context, Base.metadata)]


def _said(step: object) -> str:
    # One difference is a tuple (what, where, …); several of one column come as a list of such.
    first = step[0] if isinstance(step, list) else step
    return (
        " ".join(str(part) for part in first if part is not None) if isinstance(first, tuple) else str(first)
    )
