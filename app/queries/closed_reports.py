"""Closed reports (báo cáo đã chốt): what was told, the dossiers behind it, and what the next period opens with."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import Session

from app.db.models import ClosedDossier, ClosedReport, Dossier, DossierFact, Unit
from app.db.predicates import condition
from app.domain.closing import CAME, FORM, PARTS, STOOD, Closed, Opening
from app.domain.figures import CELLS_06A, COUNTED
from app.domain.periods import Period
from app.domain.predicates import NEVER, Settled
from app.domain.reports import ReportUnit
from app.queries.report_scope import CountedPart, counted_facts, counted_parts

_CELLS = {cell.id: cell for cell in CELLS_06A}
ON_FORM = Settled(held=(COUNTED,))
MOST_NAMED = 200


def closed_of(session: Session, unit: ReportUnit, period: Period) -> Closed | None:
    """Return the closing of exactly this unit and these days, or None while they are a draft."""
    row = session.scalars(
        _closings(unit).where(ClosedReport.first_day == period.first_day, ClosedReport.end_day == period.end_day)
    ).first()
    return _closed(row) if row else None


def closed_facts(report_id: int) -> Select[DossierFact]:
    """Return the facts that a closed report counted, with where each stood."""
    return (
        select(DossierFact)
        .join(ClosedDossier, ClosedDossier.fact_id == DossierFact.id)
        .where(ClosedDossier.report_id == report_id)
    )


def told_facts(session: Session, unit: ReportUnit, period: Period) -> Select[DossierFact]:
    """Return the facts that the period is told by: those its closing kept, or while it is a draft, those of now."""
    closed = closed_of(session, unit, period)
    return closed_facts(closed.report_id) if closed else counted_facts(unit, period)


def told_parts(session: Session, unit: ReportUnit, period: Period) -> tuple[CountedPart, ...]:
    """Return `told_facts` in parts that share none."""
    closed = closed_of(session, unit, period)
    return (CountedPart(closed_facts(closed.report_id), ON_FORM),) if closed else counted_parts(unit, period)


def stands_in(cell: str) -> ColumnElement[bool]:
    """Return the condition that a closed dossier stood in this cell or one of its parts."""
    side = ClosedDossier.came if PARTS[cell][0] in CAME else ClosedDossier.stood
    return side.in_(PARTS[cell])


def placed(unit: ReportUnit, period: Period) -> Select[Any]:
    """Return dossier, fact, event and both cells of every dossier on the form, as the facts tell it now."""
    return counted_facts(unit, period).with_only_columns(
        DossierFact.dossier_id,
        DossierFact.id.label("fact_id"),
        DossierFact.event_seq,
        cell_of(CAME, period, ON_FORM).label("came"),
        cell_of(STOOD, period, ON_FORM).label("stood"),
    )


def opening(session: Session, unit: ReportUnit, period: Period) -> Opening | None:
    """Return the opening balance against the report that was closed up to this period's first day, if one was."""
    before = session.scalars(
        _closings(unit).where(ClosedReport.end_day == period.first_day).order_by(ClosedReport.first_day.desc())
    ).first()
    if before is None:
        return None
    pending = select(ClosedDossier.dossier_id).where(
        ClosedDossier.report_id == before.id, ClosedDossier.stood.in_(PARTS["pending_total"])
    )
    carried = _carried(session, unit, period)
    now = carried.subquery()
    return Opening(
        _count(session, pending),
        _count(session, carried),
        _numbers(session, pending.where(ClosedDossier.dossier_id.not_in(carried))),
        _numbers(session, select(now.c[0]).where(now.c[0].not_in(pending))),
    )


def _closings(unit: ReportUnit) -> Select[ClosedReport]:
    return (
        select(ClosedReport)
        .join(Unit, Unit.id == ClosedReport.unit_id)
        .where(ClosedReport.form == FORM, Unit.code == unit.code, ClosedReport.descendants == unit.descendants)
    )


def _closed(row: ClosedReport) -> Closed:
    return Closed(row.id, row.closed_at, row.closed_by, row.formula_version, row.dossiers, row.digest)


def cell_of(cells: Iterable[str], period: Period, settled: Settled) -> ColumnElement[str]:
    """Return in which of `cells`, of which each dossier on the form stands in one, a counted fact places it."""
    left = ((name, settled.left_of(_CELLS[name].counted)) for name in cells)
    cases = [(condition(asked, period.bounds()), name) for name, asked in left if asked != NEVER]
    return case(*cases, else_="")


def _carried(session: Session, unit: ReportUnit, period: Period) -> Select[int]:
    """Return the dossiers carried over, as this period was closed or as it counts now."""
    if closed := closed_of(session, unit, period):
        return select(ClosedDossier.dossier_id).where(
            ClosedDossier.report_id == closed.report_id, ClosedDossier.came == "carried_over"
        )
    counted = counted_facts(unit, period).where(condition(_CELLS["carried_over"].counted, period.bounds()))
    return counted.with_only_columns(DossierFact.dossier_id)


def _count(session: Session, ids: Select[int]) -> int:
    return session.scalar(select(func.count()).select_from(ids.subquery())) or 0


def _numbers(session: Session, ids: Select[int]) -> tuple[str, ...]:
    number = func.coalesce(Dossier.code, Dossier.filing_number)
    return tuple(session.scalars(select(number).where(Dossier.id.in_(ids)).order_by(number).limit(MOST_NAMED)))
