"""The evaluation of one unit (đánh giá đơn vị): nine indices from its dossiers, its catalogue and what was entered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db.models import Unit
from app.domain.entered_figures import Entered
from app.domain.evaluation import UNIT_BANDS, UNIT_INDICES, Grade, grade
from app.domain.evaluation_forms import EVALUATION
from app.domain.periods import Period
from app.domain.reports import ReportUnit
from app.domain.table_form import Told
from app.queries.entered_figures import entered_of
from app.queries.figures import counts_of
from app.queries.report_known import evaluation_known


@dataclass(frozen=True, slots=True)
class UnitEvaluation:
    """A unit's evaluation of a period: counts by figure, what is known beside them, indices, grade."""

    unit: ReportUnit
    period: Period
    cells: Mapping[str, int]
    known: Told
    entered: Mapping[str, Entered]
    told: Told
    grade: Grade


def unit_evaluation(session: Session, unit: ReportUnit, period: Period) -> UnitEvaluation:
    """Return the evaluation of a unit with its divisions; thresholds are those of its own level."""
    cells = counts_of(session, unit, period, EVALUATION.columns)
    known = evaluation_known(session, unit, period).get(unit.code, {})
    level = session.scalars(select(Unit.kind).where(Unit.code == unit.code)).one()
    told = EVALUATION.tell(cells, level, period.first_day, known)
    marks = grade(told, UNIT_INDICES, UNIT_BANDS, period.first_day)
    return UnitEvaluation(unit, period, cells, known, entered_of(session, unit, period), told, marks)
