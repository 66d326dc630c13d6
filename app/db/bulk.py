"""Many rows of one shape (ghi hàng loạt): one prepared statement of SQLite's driver, COPY on PostgreSQL.

A statement of SQLAlchemy asks for each value of each row what it is; here that is settled once per column, and may be
done in another process than the one that writes. Only for rows that a use case or a benchmark made itself: no mapping,
no events, no defaults that are drawn row by row.
"""

from __future__ import annotations

import json
import marshal
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from operator import itemgetter
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Connection, Date, Dialect, LargeBinary, String, Table, cast, func, select
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from app.db.base import UTCDateTime
from app.db.utc_texts import UTC_TEXTS, aware

_AT_ONCE = 50  # rows of a statement of the embedded database: it opens table and indexes once for all of them
Rows = Iterable[Mapping[str, Any]]
Values = tuple[Any, ...]
_Shape = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Prepared:
    """Rows of one table as its driver takes them; `into` names the table and its columns in their order."""

    into: str
    width: int
    rows: list[Values]

    def __reduce__(self) -> tuple[Any, ...]:
        """Go to another process with rows as the interpreter writes plain values: a third of the time of pickling."""
        return _unpacked, (self.into, self.width, marshal.dumps(self.rows))


def _unpacked(into: str, width: int, rows: bytes) -> Prepared:
    return Prepared(into, width, marshal.loads(rows))  # noqa: S302 - written by the process that was asked


def next_ids(connection: Connection, table: Table, count: int) -> Sequence[int]:
    """Return ids for so many new rows of a table; on SQLite only within the transaction of its one writer."""
    if connection.dialect.name == "sqlite":
        last = connection.scalar(select(func.max(table.c.id))) or 0
        return range(last + 1, last + 1 + count)
    sequence = func.pg_get_serial_sequence(table.name, "id")
    drawn = select(func.nextval(cast(sequence, String))).select_from(func.generate_series(1, count))
    return connection.scalars(drawn).all()


class Preparer:
    """Turns rows of one table under these columns into the driver's values.

    Other columns take their constant default of the model, or NULL. Values of the columns `ready` stay as they are;
    the columns `places` stand before all others and are filled in by whoever writes the rows (see `placed`).
    """

    def __init__(
        self,
        dialect: Dialect,
        table: Table,
        names: Sequence[str],
        *,
        ready: Sequence[str] = (),
        places: Sequence[str] = (),
    ) -> None:
        constants = [
            (column, column.default.arg)
            for column in table.columns
            if column.name not in {*names, *places} and isinstance(column.default, ScalarElementColumnDefault)
        ]
        columns = [table.columns[name] for name in names]
        self._read: Callable[[Mapping[str, Any]], Values] = _reader(names)
        self._constants = tuple(
            shape(value) if (shape := _shape(column, dialect)) else value for column, value in constants
        )
        shapes = ((place, _shape(column, dialect)) for place, column in enumerate(columns) if column.name not in ready)
        self._shapes = [(place, shape) for place, shape in shapes if shape]
        listed = ", ".join(f'"{name}"' for name in (*places, *names, *(column.name for column, _ in constants)))
        self._into, self._width = f'"{table.name}" ({listed})', len(places) + len(columns) + len(constants)
        self._unfilled = (None,) * (len(places) - 1)

    def prepared(self, rows: Rows) -> Prepared:
        """Return `rows`, each of which holds at least the named columns."""
        return Prepared(self._into, self._width, [self._values(row) for row in rows])

    def placed(self, rows: Iterable[tuple[int, Mapping[str, Any]]]) -> Prepared:
        """Return rows that begin with a number in the first of `places` and None in the rest of them."""
        values = [(number, *self._unfilled, *self._values(row)) for number, row in rows]
        return Prepared(self._into, self._width, values)

    def _values(self, row: Mapping[str, Any]) -> Values:
        values = [*self._read(row), *self._constants]
        for place, shape in self._shapes:
            if values[place] is not None:
                values[place] = shape(values[place])
        return tuple(values)


class BulkWriter:
    """Prepares and writes rows of one table under these columns, in one process."""

    def __init__(
        self, connection: Connection, table: Table, names: Sequence[str], *, ready: Sequence[str] = ()
    ) -> None:
        self._connection = connection
        self._preparer = Preparer(connection.dialect, table, names, ready=ready)

    def write(self, rows: Rows) -> None:
        """Write `rows`; each holds at least the named columns. Raises the driver's error for the first refused."""
        write(self._connection, self._preparer.prepared(rows))


def make_room(connection: Connection) -> None:
    """Let this connection hold more of a large database while it writes much; only the embedded one asks for it."""
    if connection.dialect.name == "sqlite":
        for pragma in ("PRAGMA cache_size=-65536", "PRAGMA wal_autocheckpoint=16000"):
            connection.exec_driver_sql(pragma)


def write(connection: Connection, prepared: Prepared) -> None:
    """Write what was prepared for this kind of database. Raises the driver's error for the first row refused."""
    if not prepared.rows:
        return
    if connection.dialect.name == "sqlite":
        whole = len(prepared.rows) // _AT_ONCE * _AT_ONCE
        together = [
            tuple(chain.from_iterable(prepared.rows[start : start + _AT_ONCE])) for start in range(0, whole, _AT_ONCE)
        ]
        for rows, count in ((together, _AT_ONCE), (prepared.rows[whole:], 1)):
            if rows:
                connection.exec_driver_sql(_insert(prepared, count), rows)
        return
    driver: Any = connection.connection.dbapi_connection
    with driver.cursor() as cursor, cursor.copy(f"COPY {prepared.into} FROM STDIN") as copy:
        for values in prepared.rows:
            copy.write_row(values)


def _insert(prepared: Prepared, count: int) -> str:
    row = f"({', '.join('?' * prepared.width)})"
    return f"INSERT INTO {prepared.into} VALUES {', '.join([row] * count)}"  # noqa: S608 - own names


def _reader(names: Sequence[str]) -> Callable[[Mapping[str, Any]], Values]:
    if len(names) > 1:
        return itemgetter(*names)
    return lambda row: (row[names[0]],)  # the getter of one name returns the value alone


def _shape(column: Column[Any], dialect: Dialect) -> _Shape | None:
    """Return what makes a value of this column the driver's; None where it is that already."""
    if dialect.name != "sqlite":
        return _as_text(column)
    if isinstance(column.type, UTCDateTime):
        return UTC_TEXTS.__getitem__
    if isinstance(column.type, Boolean):
        return int
    if isinstance(column.type, LargeBinary):
        return None  # the driver takes bytes, and bytes can go to another process
    return column.type.dialect_impl(dialect).bind_processor(dialect)


def _as_text(column: Column[Any]) -> _Shape:
    """Return what writes a value as PostgreSQL reads it: sent as text without a type, it is of the column's type.

    The driver keeps a prepared statement for each row of types it is given, and an absent value has none: so one
    statement serves every row.
    """
    written: dict[type[Any], _Shape] = {
        UTCDateTime: lambda moment: aware(moment).isoformat(),
        LargeBinary: lambda given: f"\\x{given.hex()}",
        JSON: json.dumps,
        Date: date.isoformat,
    }
    return next((shape for kind, shape in written.items() if isinstance(column.type, kind)), str)
