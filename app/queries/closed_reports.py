"""Closed reports (báo cáo đã chốt): what was told, the dossiers behind it, and how today's facts differ from it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session, aliased

from app.db.models import ClosedDossier, ClosedReport, Dossier, DossierFact, Event, Unit
from app.db.predicates import condition
from app.domain.closing import CAME, FORM, PARTS, STOOD, Closed, Move, Opening, Placed, Restatement
from app.domain.figures import CELLS_06A, COUNTED
from app.domain.periods import Period
from app.domain.predicates import NEVER, Settled
from app.domain.reports import ReportUnit
from app.queries.report_scope import counted_facts

_CELLS = {cell.id: cell for cell in CELLS_06A}
ON_FORM = Settled(held=(COUNTED,))
MOST_NAMED = 200


def closed_of(session: Session, unit: ReportUnit, period: Period) -> Closed | None:
    """Return the closing of form 06a of exactly this unit and these days, or None while it is a draft."""
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


def counted_closed(cell: str) -> ColumnElement[int]:
    """Return the aggregate of one cell over the closed dossiers."""
    return func.coalesce(func.sum(case((stands_in(cell), 1), else_=0)), 0)


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


def restatement(session: Session, unit: ReportUnit, period: Period, closed: Closed) -> Restatement:
    """Return what changed since the closing; of the moves the first by dossier, up to a bound."""
    told = session.execute(
        closed_facts(closed.report_id).with_only_columns(*(counted_closed(cell.id) for cell in CELLS_06A))
    ).one()
    now = placed(unit, period).subquery()
    counts = (func.sum(case((_now_in(now, cell.id), 1), else_=0)) for cell in CELLS_06A)
    counted = session.execute(select(*(func.coalesce(count, 0) for count in counts))).one()
    names = tuple(_CELLS)
    return Restatement(
        closed,
        dict(zip(names, map(int, told), strict=True)),
        dict(zip(names, map(int, counted), strict=True)),
        tuple(_moves(session, closed, now)),
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


def _now_in(now: Any, cell: str) -> ColumnElement[bool]:
    side = now.c.came if PARTS[cell][0] in CAME else now.c.stood
    return side.in_(PARTS[cell])


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


def _moves(session: Session, closed: Closed, now: Any) -> Iterable[Move]:
    was, then, today, last = aliased(ClosedDossier), aliased(DossierFact), aliased(DossierFact), aliased(DossierFact)
    ids = (
        select(ClosedDossier.dossier_id)
        .where(ClosedDossier.report_id == closed.report_id)
        .union(select(now.c.dossier_id))
    )
    every = ids.subquery()
    # A dossier that left the form has no fact on it now; its newest one says why.
    newest = select(func.max(DossierFact.id)).where(DossierFact.dossier_id == every.c[0]).scalar_subquery()
    differs = or_(
        was.dossier_id.is_(None),
        now.c.dossier_id.is_(None),
        was.came != now.c.came,
        was.stood != now.c.stood,
        then.field != today.field,
        then.settling_unit_id != today.settling_unit_id,
    )
    asked = (
        select(
            func.coalesce(Dossier.code, Dossier.filing_number),
            *(was.came, was.stood, then.field, now.c.came, now.c.stood, today.field),
            *(Event.kind, Event.actor_name, Event.at),
        )
        .select_from(every)
        .join(Dossier, Dossier.id == every.c[0])
        .outerjoin(was, and_(was.report_id == closed.report_id, was.dossier_id == every.c[0]))
        .outerjoin(then, then.id == was.fact_id)
        .outerjoin(now, now.c.dossier_id == every.c[0])
        .outerjoin(today, today.id == now.c.fact_id)
        .outerjoin(last, last.id == newest)
        .outerjoin(
            Event,
            and_(Event.dossier_id == every.c[0], Event.seq == func.coalesce(today.event_seq, last.event_seq)),
        )
        .where(differs)
        .order_by(Dossier.code, Dossier.id)
        .limit(MOST_NAMED)
    )
    for number, came, stood, row, came_now, stood_now, row_now, kind, actor, at in session.execute(asked):
        before = Placed(came, stood, row) if came is not None else None
        after = Placed(came_now, stood_now, row_now) if came_now is not None else None
        yield Move(number, before, after, kind or "", actor or "", at)
