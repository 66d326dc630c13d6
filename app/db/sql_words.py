"""Functions that each database has under its own name (hàm SQL): instants as text or minutes, one of many ids."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, String, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from workflows.instants import MINUTES_A_DAY


class minute_text(FunctionElement[str]):  # noqa: N801 - reads as the SQL function it is
    """The UTC minute of a column of instants, as text: "20261126T1000"; NULL for none."""

    type = String()
    inherit_cache = True
    name = "minute_text"


@compiles(minute_text, "sqlite")
def _in_sqlite(element: minute_text, compiler: SQLCompiler, **options: Any) -> str:
    return f"strftime('%Y%m%dT%H%M', {compiler.process(element.clauses, **options)})"


@compiles(minute_text, "postgresql")
def _in_postgres(element: minute_text, compiler: SQLCompiler, **options: Any) -> str:
    moment = compiler.process(element.clauses, **options)
    return f"""to_char({moment} AT TIME ZONE 'UTC', 'YYYYMMDD"T"HH24MI')"""


class stamped(FunctionElement[str]):  # noqa: N801 - reads as the SQL function it is
    """A column of instants as the chain writes it (`app.db.structure.stamp`); NULL for none."""

    type = String()
    inherit_cache = True
    name = "stamped"


@compiles(stamped, "sqlite")
def _stamp_in_sqlite(element: stamped, compiler: SQLCompiler, **options: Any) -> str:
    return f"(replace({compiler.process(element.clauses, **options)}, ' ', 'T') || 'Z')"


@compiles(stamped, "postgresql")
def _stamp_in_postgres(element: stamped, compiler: SQLCompiler, **options: Any) -> str:
    moment = compiler.process(element.clauses, **options)
    return f"""to_char({moment} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""


class local_minute(FunctionElement[int]):  # noqa: N801 - reads as the SQL function it is
    """The local minute of a column of instants, as the core counts it (`workflows.instants.minute_of`)."""

    type = BigInteger()
    inherit_cache = True
    name = "local_minute"


class local_midnight(FunctionElement[int]):  # noqa: N801 - reads as the SQL function it is
    """The local minute at which the local day of a column of instants began."""

    type = BigInteger()
    inherit_cache = True
    name = "local_midnight"


# Vietnam has kept UTC+7 since 1975, longer than any dossier lives.
_TO_LOCAL = date(1970, 1, 1).toordinal() * MINUTES_A_DAY + 7 * 60


@compiles(local_minute, "sqlite")
def _minute_in_sqlite(element: local_minute, compiler: SQLCompiler, **options: Any) -> str:
    return f"(unixepoch({compiler.process(element.clauses, **options)}) / 60 + {_TO_LOCAL})"


@compiles(local_minute, "postgresql")
def _minute_in_postgres(element: local_minute, compiler: SQLCompiler, **options: Any) -> str:
    moment = compiler.process(element.clauses, **options)
    return f"(CAST(floor(extract(epoch FROM {moment}) / 60) AS BIGINT) + {_TO_LOCAL})"


@compiles(local_midnight)
def _midnight(element: local_midnight, compiler: SQLCompiler, **options: Any) -> str:
    minute = compiler.process(local_minute(*element.clauses), **options)
    return f"({minute} / {MINUTES_A_DAY} * {MINUTES_A_DAY})"


class listed_ids(FunctionElement[int]):  # noqa: N801 - reads as the SQL function it is
    """The ids in a text that holds them as JSON."""

    type = BigInteger()
    inherit_cache = True
    name = "listed_ids"


@compiles(listed_ids, "sqlite")
def _ids_in_sqlite(element: listed_ids, compiler: SQLCompiler, **options: Any) -> str:
    return f"(SELECT value FROM json_each({compiler.process(element.clauses, **options)}))"  # noqa: S608 - bound


@compiles(listed_ids, "postgresql")
def _ids_in_postgres(element: listed_ids, compiler: SQLCompiler, **options: Any) -> str:
    listed = compiler.process(element.clauses, **options)
    return f"(SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST({listed} AS JSON)))"  # noqa: S608 - bound


def among(column: Any, name: str) -> ColumnElement[bool]:
    """Return whether a column is one of the ids that the parameter `name` holds as JSON.

    One statement for lists of any length: each length of an expanded list is another one, to be written and read anew.
    """
    asked: ColumnElement[bool] = column.bool_op("IN")(listed_ids(bindparam(name, type_=String)))
    return asked


def minute_key(moment: datetime) -> str:
    """Return what `minute_text` says of an instant. Raises ValueError for a time without zone."""
    if moment.tzinfo is None:
        raise ValueError("naive datetime refused")
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M}"
