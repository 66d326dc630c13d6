"""What a sweep reads: a range of an index, never all open dossiers, on either database."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Engine, event

from app.scheduler.sweeping import Due
from app.services.sweeps import (
    answers,
    apologies,
    calendars,
    expiry,
    lateness,
    pauses,
    pickups,
    step_deadlines,
    stuck,
    warnings,
)
from tests.scheduler.words import local
from tests.support.seeded import SINGLE, Desk

LOOKS = [module.due for module in (answers, apologies, calendars, expiry, lateness, pauses, pickups, step_deadlines,
                                   stuck, warnings)]  # fmt: skip
GROWING = ("dossier_clocks", "dossiers", "events", "effects", "hops", "ledger_entries", "supplement_requests")


@pytest.mark.parametrize("due", LOOKS, ids=[due.__module__.rpartition(".")[2] for due in LOOKS])
def test_no_look_reads_a_whole_table(desk: Desk, due: Due) -> None:
    desk.receive(SINGLE)
    at = local("Friday 2026-11-27 09:00")
    asked = statements(desk, due, at)
    assert asked
    with desk.house.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET enable_seqscan = off")  # tables this small are read whole otherwise
        for statement, parameters in asked:
            assert whole(connection, statement, parameters) == [], statement


def statements(desk: Desk, due: Due, at: Any) -> list[tuple[str, Any]]:
    """Return what a look asks the database, with its parameters."""
    asked: list[tuple[str, Any]] = []
    engine: Engine = desk.house.engine

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        asked.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", note)
    try:
        with desk.house.reading() as session:
            due(session, desk.house.calendars, at)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return asked


def whole(connection: Any, statement: str, parameters: Any) -> list[str]:
    """Return the lines of the plan that read a growing table from end to end, but for the first row in order."""
    if connection.dialect.name == "postgresql":
        lines = [row[0] for row in connection.exec_driver_sql(f"EXPLAIN {statement}", parameters)]
        return [line for line in lines if any(f"Seq Scan on {table}" in line for table in GROWING)]
    lines = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)]
    listed = ("ix_dossier_clocks_limit_due", "ix_dossiers_unpublished")  # one leap of a few; a handful of rows
    return [
        line
        for line in lines
        if any(line.startswith(f"SCAN {table} ") or line == f"SCAN {table}" for table in GROWING)
        and not line.endswith(listed)
    ]
