"""Restatements (thay đổi sau khi chốt): how today's facts differ from a closed period, form by form.

On both sides each dossier is written down as the cells of the form it stands in, with what it adds to each; it moved
where the two differ, or where its row does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import reduce
from operator import add
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, case, cast, func, literal, or_, select
from sqlalchemy.orm import Session, aliased

from app.db.models import ClosedDossier, ClosedReport, Dossier, DossierFact, Event
from app.db.predicates import column_of, condition
from app.domain.closed_forms import CLOSED_FORMS, ClosedForm, FormTold
from app.domain.closing import FORM, Closed, Move, Placed, Restatement
from app.domain.figures import Figure
from app.domain.periods import Period
from app.domain.reports import ReportUnit
from app.queries.closed_reports import ON_FORM, closed_facts, placed
from app.queries.figures import counts_now, counts_of
from app.queries.report_scope import counted_facts

MOST_NAMED = 200


def forms_now(session: Session, unit: ReportUnit, period: Period) -> Mapping[str, FormTold]:
    """Return what every form tells now, with the version of its formulas, to be kept by a closing."""
    return {
        form.id: FormTold(form.formulas, counts_now(session, unit, period, form.figures))
        for form in CLOSED_FORMS.values()
    }


def restatement(
    session: Session,
    unit: ReportUnit,
    period: Period,
    closed: Closed,
    *,
    form: ClosedForm = CLOSED_FORMS[FORM],
    most: int | None = MOST_NAMED,
) -> Restatement:
    """Return what changed of a form since the closing; of the moves the first `most` by dossier, or all."""
    kept = session.get_one(ClosedReport, closed.report_id).forms.get(form.id)
    moved = _moved(closed, form, unit, period)
    return Restatement(
        closed,
        form.id,
        kept["total"] if kept else counts_of(session, unit, period, form.figures),
        counts_now(session, unit, period, form.figures),
        session.scalar(select(func.count()).select_from(moved.order_by(None).subquery())) or 0,
        tuple(_moves(session, moved.limit(most))),
        bool(kept and kept["formulas"] != form.formulas),
    )


def _then(closed: Closed, form: ClosedForm, period: Period) -> Select[Any]:
    """Return dossier, cells, row and unit of every closed dossier, as it was told."""
    cells = (
        ClosedDossier.came.concat(",").concat(ClosedDossier.stood).concat(",")
        if form.id == FORM
        else _cells(form.figures, period)
    )
    return closed_facts(closed.report_id).with_only_columns(
        DossierFact.dossier_id,
        cells.label("cells"),
        DossierFact.field,
        DossierFact.settling_unit_id,
    )


def _now(unit: ReportUnit, form: ClosedForm, period: Period) -> Select[Any]:
    """Return the same of every dossier that the form counts now, and the event of its fact."""
    if form.id == FORM:
        now = placed(unit, period).subquery()
        asked = select(now.c.dossier_id, now.c.came.concat(",").concat(now.c.stood).concat(",").label("cells"))
        asked = asked.join(DossierFact, DossierFact.id == now.c.fact_id)
    else:
        asked = counted_facts(unit, period).with_only_columns(
            DossierFact.dossier_id, _cells(form.figures, period).label("cells")
        )
    return asked.add_columns(DossierFact.field, DossierFact.settling_unit_id, DossierFact.event_seq)


def _cells(figures: Iterable[Figure], period: Period) -> ColumnElement[str]:
    """Return the cells in which a counted fact stands, as text: each id with a comma, before it what it adds."""
    return reduce(add, (_cell(figure, period) for figure in figures))


def _cell(figure: Figure, period: Period) -> ColumnElement[str]:
    stands = condition(ON_FORM.left_of(figure.counted), period.bounds())
    name = literal(f"{figure.id},", String)
    if not figure.weight:
        return case((stands, name), else_=literal("", String))
    return case((stands, cast(column_of(figure.weight), String).concat("*").concat(name)), else_=literal("", String))


def _moved(closed: Closed, form: ClosedForm, unit: ReportUnit, period: Period) -> Select[Any]:
    """Return number, cells and row then and now, and the event that says why, of every dossier that moved."""
    was, now = _then(closed, form, period).subquery(), _now(unit, form, period).subquery()
    every = select(was.c.dossier_id).union(select(now.c.dossier_id)).subquery()
    last = aliased(DossierFact)
    # A dossier that left the form has no fact on it now; its newest one says why.
    newest = select(func.max(DossierFact.id)).where(DossierFact.dossier_id == every.c[0]).scalar_subquery()
    other_row = or_(was.c.field != now.c.field, was.c.settling_unit_id != now.c.settling_unit_id)
    differs = or_(
        func.coalesce(was.c.cells, "") != func.coalesce(now.c.cells, ""), and_(was.c.cells != "", other_row)
    )
    return (
        select(
            func.coalesce(Dossier.code, Dossier.filing_number),
            *(was.c.cells, was.c.field, now.c.cells, now.c.field),
            *(Event.kind, Event.actor_name, Event.at),
        )
        .select_from(every)
        .join(Dossier, Dossier.id == every.c[0])
        .outerjoin(was, was.c.dossier_id == every.c[0])
        .outerjoin(now, now.c.dossier_id == every.c[0])
        .outerjoin(last, last.id == newest)
        .outerjoin(
            Event, and_(Event.dossier_id == every.c[0], Event.seq == func.coalesce(now.c.event_seq, last.event_seq))
        )
        .where(differs)
        .order_by(Dossier.code, Dossier.id)
    )


def _moves(session: Session, moved: Select[Any]) -> Iterable[Move]:
    for number, cells, row, cells_now, row_now, kind, actor, at in session.execute(moved):
        yield Move(number, _placed(cells, row), _placed(cells_now, row_now), kind or "", actor or "", at)


def _placed(cells: str | None, row: str | None) -> Placed | None:
    if not cells:  # not counted, or in none of the form's cells
        return None
    told = (cell.rpartition("*") for cell in cells.split(",") if cell)
    return Placed({name: int(amount or 1) for amount, _, name in told}, row or "")
