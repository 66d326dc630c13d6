"""What people entered (số liệu nhập) of a unit and exactly these days."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db.models import EnteredFigure, Unit
from app.domain.entered_figures import Entered
from app.domain.periods import Period


def entered_of(session: Session, unit_code: str, period: Period, login: str = "") -> Mapping[str, Entered]:
    """Return what was entered of a unit, or of one person there, by item."""
    return entered_by_unit(session, period, login).get(unit_code, {})


def entered_by_unit(session: Session, period: Period, login: str = "") -> Mapping[str, Mapping[str, Entered]]:
    """Return what was entered of every unit for exactly these days, by its code and by item."""
    found: dict[str, dict[str, Entered]] = {}
    rows = session.execute(
        select(Unit.code, EnteredFigure)
        .join(EnteredFigure, EnteredFigure.unit_id == Unit.id)
        .where(
            EnteredFigure.login == login,
            EnteredFigure.first_day == period.first_day,
            EnteredFigure.end_day == period.end_day,
        )
    )
    for code, row in rows:
        told = Entered(row.item, row.value, row.source, row.told_on, row.entered_by)
        found.setdefault(code, {})[row.item] = told
    return found
