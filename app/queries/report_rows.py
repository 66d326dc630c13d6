"""What a row of a report stands for (dòng của báo cáo): field, procedure, channel, authority with its divisions."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, String, cast, func
from sqlalchemy.orm import aliased

from app.db.models import DossierFact, Procedure, ProcedureVersion, Unit
from app.domain.reports import RowsBy

_Seat, _Authority, _Current = aliased(Unit), aliased(Unit), aliased(ProcedureVersion)


def row_of(by: RowsBy) -> tuple[ColumnElement[str], ColumnElement[str]]:
    """Return the key of a row and its label; the statement must be joined by `joined_for`."""
    if by is RowsBy.FIELD:
        return DossierFact.field.expression, func.min(DossierFact.field)
    if by is RowsBy.CHANNEL:
        channel = cast(DossierFact.channel, String)
        return channel, func.min(channel)
    if by is RowsBy.UNIT:
        return _Authority.code, func.min(_Authority.name)
    return Procedure.code.expression, func.min(_Current.name)


def joined_for(by: RowsBy, facts: Select[Any]) -> Select[Any]:
    """Return the statement with what the rows need beside the facts."""
    if by in {RowsBy.FIELD, RowsBy.CHANNEL}:
        return facts
    if by is RowsBy.UNIT:
        return facts.join(_Seat, _Seat.id == DossierFact.settling_unit_id).join(
            _Authority, _Authority.id == func.coalesce(_Seat.root_id, _Seat.id)
        )
    return facts.join(Procedure, Procedure.id == DossierFact.procedure_id).join(
        _Current, _Current.id == Procedure.current_version_id, isouter=True
    )


def in_row(by: RowsBy, facts: Select[Any], key: str) -> Select[Any]:
    """Return the facts of one row, by its key."""
    column, _label = row_of(by)
    return joined_for(by, facts).where(column == key)
