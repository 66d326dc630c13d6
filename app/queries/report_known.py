"""What a row of a report is known for beside its dossiers: how much a procedure's limits were shortened."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.db.models import Procedure, ProcedureLimit
from app.domain.mission_forms import SHORTENED
from app.domain.reports import RowsBy
from app.domain.table_form import TableForm, Told


def known_of(session: Session, form: TableForm, by: RowsBy) -> Mapping[str, Told]:
    """Return what is known by the key of a row; nothing for forms and rows that ask for nothing."""
    if form.id != SHORTENED.id or by is not RowsBy.PROCEDURE:
        return {}
    share = func.coalesce(ProcedureLimit.percent, 0)
    found = session.execute(
        select(Procedure.code, func.min(share), func.max(share))
        .join(ProcedureLimit, ProcedureLimit.version_id == Procedure.current_version_id)
        .where(ProcedureLimit.statutory.is_not(None))
        .group_by(Procedure.code)
    )
    return {code: {"shortened.least": Decimal(least), "shortened.most": Decimal(most)} for code, least, most in found}
