"""A larger house from a smaller one (nhân dữ liệu đo): each round writes every dossier once more, in the database.

Written by the database itself: a million dossiers in a minute or two, where rows made one by one take a quarter of an
hour. A copy differs in its numbers alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Insert, String, Table, cast, func, insert, literal, select

from app.db.base import Base, table_of
from app.db.models import Dossier, DossierClock, DossierFact, Event, Hop, LedgerEntry
from app.wiring import House

OPEN = (Event, Dossier, DossierClock)
FINISHED = (*OPEN, DossierFact, LedgerEntry, Hop)
_ITS_OWN = {"dossiers": ("uid", "filing_number", "code")}


def multiply(house: House, count: int, models: Sequence[type[Base]]) -> int:
    """Write copies of all dossiers until there are `count` at least; return how many there are."""
    while True:
        with house.engine.connect().execution_options(writing=True) as connection, connection.begin():
            there: int = connection.execute(select(func.max(Dossier.id))).scalar_one()
            if there >= count:
                return there
            for model in models:
                connection.execute(_copies(table_of(model), there, most=count - there))


def _copies(table: Table, there: int, *, most: int) -> Insert:
    number = table.c.id if table.name == "dossiers" else table.c.dossier_id
    changed: dict[str, Any] = {number.name: number + there, "subject_id": cast(number + there, String)}
    changed |= {name: table.c[name].concat(literal(f"+{there}")) for name in _ITS_OWN.get(table.name, ())}
    names = [column.name for column in table.columns if column.name != "id" or number.name == "id"]
    asked = select(*(changed.get(name, table.c[name]) for name in names)).where(number <= most)
    return insert(table).from_select(names, asked)
