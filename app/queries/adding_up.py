"""Counts of parts added up (cộng dồn): facts in parts that share none, counted in one statement."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from operator import add
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Row, Select, union_all
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import False_, True_

from app.domain.predicates import Settled
from app.queries.report_scope import CountedPart

Aggregate = Callable[[Settled], ColumnElement[Any]]
"""What is asked of a part, given what is settled of all its facts."""


def added_up(
    session: Session, parts: Sequence[CountedPart], keys: Sequence[Aggregate], counts: Sequence[Aggregate]
) -> dict[tuple[Any, ...], list[int]]:
    """Return the sums of `counts` over all parts by the values of `keys`; the counts must be ones that add up."""
    return sums(session.execute(counting(parts, keys, counts)), len(keys))


def counting(
    parts: Sequence[CountedPart], keys: Sequence[Aggregate], counts: Sequence[Aggregate]
) -> CompoundSelect[Any]:
    """Return the statement that counts each part, its keys first."""
    return union_all(*(_counting(part, keys, counts) for part in parts))


def sums(rows: Iterable[Row[Any]], keys: int) -> dict[tuple[Any, ...], list[int]]:
    """Return what the rows of such a statement add up to, by their first `keys` values."""
    found: dict[tuple[Any, ...], list[int]] = {}
    for row in rows:
        key, part = tuple(row[:keys]), [int(count) for count in row[keys:]]
        found[key] = list(map(add, found[key], part)) if key in found else part
    return found


def _counting(part: CountedPart, keys: Sequence[Aggregate], counts: Sequence[Aggregate]) -> Select[Any]:
    # Named, since PostgreSQL does not know an expression with parameters again when it is grouped by.
    found = [(f"key_{place}", key(part.settled)) for place, key in enumerate(keys)]
    columns = (*(key.label(name) for name, key in found), *(count(part.settled) for count in counts))
    # What is settled is the same for all: nothing to sort or group by.
    asked = (name for name, key in found if not isinstance(key, True_ | False_))
    return part.facts.with_only_columns(*columns).group_by(*asked)
