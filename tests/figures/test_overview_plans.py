"""Overviews over a large house are quick because their first look reads indexes, not the rows of the widest tables."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import event

from app.queries import slices
from app.queries.inbox import Horizon
from app.queries.slices import Cut, Slice
from tests.support.database_run import kind
from tests.support.seeded import BIRTH, Desk

WIDE = ("dossiers", "hops", "events")  # of clocks SQLite prefers the narrow row by its key
READ = tuple(f"{how} {table} " for how in ("SCAN", "SEARCH") for table in WIDE)


def test_what_overviews_count_is_counted_from_indexes_alone(desk: Desk) -> None:
    """Asked of SQLite alone: PostgreSQL reads tables this small whole."""
    if kind() != "sqlite":
        return
    desk.receive(BIRTH)
    at = desk.clock.now()
    horizon = Horizon(at, at + timedelta(hours=10), at + timedelta(days=2))
    today = f"{at:%Y%m%d}"
    cuts = (Slice(Cut.OPEN), Slice(Cut.OVERDUE), Slice(Cut.SUSPENDED), Slice(Cut.DUE_DAY, today))
    leader = desk.staff("leader")
    for ask in (
        lambda db: slices.counts(db, leader, horizon, cuts),
        lambda db: slices.by_holder(db, leader, horizon),
        lambda db: slices.by_step(db, leader, horizon),
    ):
        for line in plan(desk, ask):
            if line.startswith(READ):
                assert "COVERING INDEX" in line, line


def plan(desk: Desk, ask: Any) -> list[str]:
    """Return the lines of the plans of all that `ask` asks the database."""
    found: list[str] = []

    def explain(connection: Any, cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        found.extend(row[3] for row in connection.connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters))

    event.listen(desk.house.engine, "before_cursor_execute", explain)
    try:
        with desk.house.reading() as db:
            ask(db)
    finally:
        event.remove(desk.house.engine, "before_cursor_execute", explain)
    return found
