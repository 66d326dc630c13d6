"""Rows that wait (ghi gộp): what a unit of work writes and nobody reads back goes to the database in one piece.

They are written before the next statement of the same connection that could see or need them, and at the latest at the
commit: to everybody else it is as if each had been written at once. All rows of a reception are so one statement on
PostgreSQL, in place of a dozen answers waited for while others wait for its number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from itertools import count, islice
from typing import Any

from sqlalchemy import Dialect, Select, String, Table, cast, event, func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, make_transient_to_detached

from app.db.base import table_of
from app.db.bulk import Preparer
from app.db.models import Dossier, IssuedForm

# The execution option of a statement that neither reads nor references a row that may wait.
APART = {"apart": True}
_Row = Mapping[str, Any]
_Kind = tuple[Table, tuple[str, ...]]  # rows of one table under the same columns
_DOSSIERS = table_of(Dossier)
_COLUMNS = tuple(_DOSSIERS.columns.keys())
_NUMBERED = (_DOSSIERS, table_of(IssuedForm))  # asked for together: a reception needs an id of each


class LateRows:
    """The rows of one session's transaction that wait to be written, by table in the order of their first."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._connection = session.connection()
        self._waiting: dict[_Kind, list[_Row]] = {}
        self._unsettled: dict[int, Dossier] = {}
        self._ids: dict[Table, int] = {}
        event.listen(self._connection, "before_cursor_execute", self._before)

    def next_id(self, table: Table) -> int:
        """Return the id for a dossier or a form that is going to be put down."""
        if table not in self._ids:
            ids = self._connection.execute(_one_of_each(self._connection.dialect.name)).one()
            self._ids = dict(zip(_NUMBERED, ids, strict=True))
        return self._ids.pop(table)

    def put(self, table: Table, *rows: _Row) -> None:
        """Let rows of one table be written; columns not named take the constant default of the model, or NULL."""
        for row in rows:
            self._waiting.setdefault((table, tuple(row)), []).append(row)

    def put_dossier(self, dossier: Dossier) -> None:
        """Let a new dossier be written, as the object stands when it is settled."""
        self._waiting.setdefault((_DOSSIERS, _COLUMNS), [])
        self._unsettled[dossier.id] = dossier

    def settle(self, dossier: Dossier) -> None:
        """Read a new dossier's row off its object; what changes it from here on is a change like any other."""
        if self._unsettled.pop(dossier.id, None) is None:
            return
        self.put(_DOSSIERS, {name: getattr(dossier, name) for name in _COLUMNS})
        make_transient_to_detached(dossier)
        self._session.add(dossier)

    def write(self) -> None:
        """Write what waits. Raises IntegrityError and its like for what the database refuses."""
        for dossier in tuple(self._unsettled.values()):
            self.settle(dossier)
        waiting, self._waiting = self._waiting, {}
        if waiting:
            _write(self._connection.dialect, self._connection.connection.dbapi_connection, waiting)

    def _before(self, _connection: Any, _cursor: Any, _statement: str, _values: Any, context: Any, _many: Any) -> None:
        if self._waiting and not context.execution_options.get("apart"):
            self.write()


@cache
def _one_of_each(dialect: str) -> Select[Any]:
    """Return the statement that draws an id of each numbered table; on SQLite it must see what waits."""
    if dialect == "sqlite":
        return select(*(select(func.coalesce(func.max(table.c.id), 0) + 1).scalar_subquery() for table in _NUMBERED))
    sequences = (cast(func.pg_get_serial_sequence(table.name, "id"), String) for table in _NUMBERED)
    return select(*map(func.nextval, sequences)).execution_options(**APART)


def _write(dialect: Dialect, driver: Any, waiting: Mapping[_Kind, Sequence[_Row]]) -> None:
    """Hand rows to the driver; its errors come out as SQLAlchemy's."""
    parts = [_preparer(dialect, *kind).prepared(rows) for kind, rows in waiting.items()]
    made: Any = dialect.loaded_dbapi
    try:
        if dialect.name == "sqlite":
            for part in parts:
                driver.executemany(_insert(part.into, ["?"] * part.width, 1), part.rows)
        else:
            asked = _insert_all(tuple((part.into, part.width, len(part.rows)) for part in parts))
            values = [value for part in parts for row in part.rows for value in row]
            # Marks of another kind would be looked for in a statement this long at each reception: $1 is sent as it is.
            made.RawCursor(driver).execute(asked, values)
    except made.Error as wrong:
        raise DBAPIError.instance("INSERT", None, wrong, made.Error, dialect=dialect) from wrong


@lru_cache(maxsize=400)
def _preparer(dialect: Dialect, table: Table, names: tuple[str, ...]) -> Preparer:
    return Preparer(dialect, table, names)


def _insert(into: str, marks: Sequence[str], many: int) -> str:
    width = len(marks) // many
    rows = (f"({', '.join(marks[place * width : (place + 1) * width])})" for place in range(many))
    return f"INSERT INTO {into} VALUES {', '.join(rows)}"  # noqa: S608 - own names


@lru_cache(maxsize=400)
def _insert_all(parts: tuple[tuple[str, int, int], ...]) -> str:
    """Return one statement for rows of several tables: what they reference is looked for when all are there."""
    marks = (f"${place}" for place in count(1))
    *others, last = (_insert(into, list(islice(marks, width * many)), many) for into, width, many in parts)
    before = ", ".join(f"part{place} AS ({insert})" for place, insert in enumerate(others))
    return f"WITH {before} {last}" if before else last
