"""What every connection is opened with."""

from __future__ import annotations

from sqlalchemy import text

from tests.support.database_run import kind


def test_postgresql_does_not_compile_statements(house):
    if kind() == "sqlite":
        return
    with house.reading() as session:
        assert session.scalar(text("SHOW jit")) == "off"
