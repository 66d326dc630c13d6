"""Many rows of one shape (ghi hàng loạt): one prepared statement of SQLite's driver, COPY on PostgreSQL.

A statement of SQLAlchemy asks for each value of each row what it is; here that is settled once per column. Only for
rows that a use case or a benchmark made itself: no mapping, no events, no defaults that are drawn row by row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from operator import itemgetter
from typing import Any

from sqlalchemy import Column, Connection, Dialect, String, Table, cast, func, select
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from app.db.base import UTCDateTime

Rows = Iterable[Mapping[str, Any]]
_Shape = Callable[[Any], Any]


def next_ids(connection: Connection, table: Table, count: int) -> Sequence[int]:
    """Return ids for so many new rows of a table; on SQLite only within the transaction of its one writer."""
    if connection.dialect.name == "sqlite":
        last = connection.scalar(select(func.max(table.c.id))) or 0
        return range(last + 1, last + 1 + count)
    sequence = func.pg_get_serial_sequence(table.name, "id")
    drawn = select(func.nextval(cast(sequence, String))).select_from(func.generate_series(1, count))
    return connection.scalars(drawn).all()


class BulkWriter:
    """Writes rows of one table under these columns; others take their constant default of the model, or NULL."""

    def __init__(self, connection: Connection, table: Table, names: Sequence[str]) -> None:
        constants = {
            column.name: column.default.arg
            for column in table.columns
            if column.name not in names and isinstance(column.default, ScalarElementColumnDefault)
        }
        self._connection = connection
        self._read = itemgetter(*names)
        self._constants = tuple(constants.values())
        columns = [table.columns[name] for name in (*names, *constants)]
        shapes = (_shape(column, connection.dialect) for column in columns)
        self._shapes = [(place, shape) for place, shape in enumerate(shapes) if shape]
        listed = ", ".join(f'"{column.name}"' for column in columns)
        self._into = f'"{table.name}" ({listed})'
        self._insert = f"INSERT INTO {self._into} VALUES ({', '.join('?' * len(columns))})"  # noqa: S608 - own names

    def write(self, rows: Rows) -> None:
        """Write `rows`; each holds at least the named columns. Raises the driver's error for the first refused."""
        if self._connection.dialect.name == "sqlite":
            if values := list(self._values(rows)):
                self._connection.exec_driver_sql(self._insert, values)
            return
        driver: Any = self._connection.connection.dbapi_connection
        with driver.cursor() as cursor, cursor.copy(f"COPY {self._into} FROM STDIN") as copy:
            for value in self._values(rows):
                copy.write_row(value)

    def _values(self, rows: Rows) -> Iterator[tuple[Any, ...]]:
        for row in rows:
            values = [*self._read(row), *self._constants]
            for place, shape in self._shapes:
                if values[place] is not None:
                    values[place] = shape(values[place])
            yield tuple(values)


def _shape(column: Column[Any], dialect: Dialect) -> _Shape | None:
    """Return what makes a value of this column the driver's; None where it is that already."""
    if isinstance(column.type, UTCDateTime):
        return _stored if dialect.name == "sqlite" else _aware
    return column.type.dialect_impl(dialect).bind_processor(dialect)


def _stored(moment: datetime) -> str:
    """Return an aware instant as SQLAlchemy keeps it on SQLite (a test holds both against each other)."""
    return _aware(moment).astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("naive datetime refused")
    return moment
