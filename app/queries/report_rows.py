"""What a row of a report stands for (dòng của báo cáo): field, procedure, channel, authority with its divisions."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, String, cast, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from app.db.models import DossierFact, Procedure, ProcedureVersion, Unit
from app.domain.reports import RowsBy


def fact_of(by: RowsBy) -> InstrumentedAttribute[Any]:
    """Return the fact that a row is counted by; `Rows` tells which row its value belongs to."""
    return {
        RowsBy.FIELD: DossierFact.field,
        RowsBy.CHANNEL: DossierFact.channel,
        RowsBy.UNIT: DossierFact.settling_unit_id,
        RowsBy.PROCEDURE: DossierFact.procedure_id,
    }[by]


class Rows:
    """The rows of a report: the key and the label for each value of its fact."""

    def __init__(self, session: Session, by: RowsBy) -> None:
        asked = {RowsBy.UNIT: _authorities, RowsBy.PROCEDURE: _procedures}.get(by)
        self._known = {row[0]: (row[1], row[2] or row[1]) for row in session.execute(asked())} if asked else {}

    def of(self, value: object) -> tuple[str, str]:
        """Return key and label of the row that dossiers with this value are counted in."""
        return self._known.get(value) or (str(value), str(value))


def in_row(by: RowsBy, facts: Select[Any], key: str) -> Select[Any]:
    """Return the facts of one row, by its key."""
    if by is RowsBy.FIELD:
        return facts.where(DossierFact.field == key)
    if by is RowsBy.CHANNEL:
        return facts.where(cast(DossierFact.channel, String) == key)
    values = (_authorities if by is RowsBy.UNIT else _procedures)().subquery()
    return facts.where(fact_of(by).in_(select(values.c[0]).where(values.c[1] == key)))


def _authorities() -> Select[Any]:
    """Return each unit with code and name of the authority that its dossiers count for."""
    seat, authority = aliased(Unit), aliased(Unit)
    return select(seat.id, authority.code, authority.name).join(
        authority, authority.id == func.coalesce(seat.root_id, seat.id)
    )


def _procedures() -> Select[Any]:
    current = aliased(ProcedureVersion)
    return select(Procedure.id, Procedure.code, current.name).join(
        current, current.id == Procedure.current_version_id, isouter=True
    )
