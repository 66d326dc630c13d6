"""Rows written in bulk are the rows that the models would have written, value by value."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import insert, select, text

from app.db.base import table_of
from app.db.bulk import BulkWriter, next_ids
from app.db.models import Job

AT = datetime(2026, 11, 20, 8, 30, 0, 120_000, tzinfo=timezone(timedelta(hours=7)))
ROW = {"kind": "k", "key": "a", "arguments": {"họ": ["tên", None]}, "run_after": AT, "created_at": AT, "wanted_by": 3}


def test_bulk_and_model_write_the_same(house):
    jobs = table_of(Job)
    with house.unit_of_work() as uow:
        connection = uow.session.connection()
        BulkWriter(connection, jobs, tuple(ROW)).write([ROW])
        connection.execute(insert(jobs), [{**ROW, "key": "b"}])
        first, second = connection.execute(text("SELECT * FROM jobs ORDER BY key")).mappings().all()
        differing = {name for name in first if first[name] != second[name]}
        read = uow.session.scalars(select(Job).where(Job.key == "a")).one()
    assert differing == {"id", "key"}
    assert (read.run_after, read.state, read.arguments) == (AT.astimezone(UTC), "waiting", ROW["arguments"])


def test_ids_are_drawn_before_the_rows_and_follow_those_that_are_there(house):
    with house.unit_of_work() as uow:
        connection = uow.session.connection()
        drawn = next_ids(connection, table_of(Job), 3)
        numbered = [{**ROW, "id": number, "key": str(number)} for number in drawn]
        BulkWriter(connection, table_of(Job), tuple(numbered[0])).write(numbered)
        again = next_ids(connection, table_of(Job), 2)
    assert len({*drawn, *again}) == 5
    assert min(again) > max(drawn)


@pytest.mark.parametrize("column", ["run_after", "created_at"])
def test_a_naive_time_is_refused(house, column):
    if house.engine.dialect.name == "sqlite":
        with house.unit_of_work() as uow, pytest.raises(ValueError, match="naive"):
            naive = {**ROW, column: datetime(2026, 11, 20)}  # noqa: DTZ001 - the fault that is tested
            BulkWriter(uow.session.connection(), table_of(Job), tuple(ROW)).write([naive])
