"""What people entered (số liệu nhập) of a unit and exactly these days: as it stands now, or as a closing told it."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.db.models import ClosedReport, EnteredFigure, IndexEntry, Unit
from app.domain.closed_entries import INDEX, Entry, EntryChange, changes, kept
from app.domain.entered_figures import PORTAL, Entered
from app.domain.periods import Period
from app.domain.reports import ReportUnit
from app.queries.closed_reports import closed_of


def entries_now(session: Session, unit: ReportUnit, period: Period) -> tuple[Entry, ...]:
    """Return what was entered of a unit and those below it for their evaluation and index, in a fixed order."""
    figures = session.execute(_of(period).where(EnteredFigure.unit_id.in_(unit.unit_ids)))
    found = [
        Entry(code, row.login, row.item, (row.value,), row.source, row.told_on, row.entered_by)
        for code, row in figures
        if not row.item.startswith(PORTAL)
    ]
    for row in session.scalars(index_entries_of(unit, period)):
        numbers = tuple(one for one in (row.numerator, row.denominator) if one is not None)
        if numbers:
            found.append(Entry(unit.code, "", INDEX + row.component, numbers, row.source, None, row.entered_by))
    return tuple(sorted(found, key=lambda one: one.key))


def entries_told(session: Session, unit: ReportUnit, period: Period) -> tuple[Entry, ...]:
    """Return the figures that the period is told by: those its closing kept, or while it is a draft, those of now."""
    told = _kept(session, unit, period)
    return entries_now(session, unit, period) if told is None else told


def entries_changed(session: Session, unit: ReportUnit, period: Period) -> tuple[EntryChange, ...]:
    """Return what was entered anew or otherwise since the period was closed."""
    told = _kept(session, unit, period)
    return () if told is None else changes(told, entries_now(session, unit, period))


def entered_by_unit(
    session: Session, unit: ReportUnit, period: Period, login: str = ""
) -> Mapping[str, Mapping[str, Entered]]:
    """Return the figures that a period is told by, of the unit and each below it, by code and by item."""
    found: dict[str, dict[str, Entered]] = {}
    for one in entries_told(session, unit, period):
        if one.login == login and one.told_on:
            told = Entered(one.item, one.numbers[0], one.source, one.told_on, one.by)
            found.setdefault(one.unit, {})[one.item] = told
    return found


def entered_of(session: Session, unit: ReportUnit, period: Period, login: str = "") -> Mapping[str, Entered]:
    """Return the figures that a period is told by, of one unit or of one person there, by item."""
    return entered_by_unit(session, unit, period, login).get(unit.code, {})


def portal_of(session: Session, unit_code: str, period: Period) -> Mapping[str, Entered]:
    """Return what was last entered of the portal's numbers, by item: what others tell is not closed."""
    rows = session.execute(_of(period).where(Unit.code == unit_code, EnteredFigure.item.startswith(PORTAL)))
    return {row.item: Entered(row.item, row.value, row.source, row.told_on, row.entered_by) for _code, row in rows}


def index_entries_of(unit: ReportUnit, period: Period) -> Select[IndexEntry]:
    """Return what was last entered for the components of the unit's index."""
    days = IndexEntry.first_day == period.first_day, IndexEntry.end_day == period.end_day
    return select(IndexEntry).join(Unit, Unit.id == IndexEntry.unit_id).where(Unit.code == unit.code, *days)


def _of(period: Period) -> Select[str, EnteredFigure]:
    days = EnteredFigure.first_day == period.first_day, EnteredFigure.end_day == period.end_day
    return select(Unit.code, EnteredFigure).join(EnteredFigure, EnteredFigure.unit_id == Unit.id).where(*days)


def _kept(session: Session, unit: ReportUnit, period: Period) -> tuple[Entry, ...] | None:
    """Return what the closing kept; None for a draft, and for a period that was closed before entries were kept."""
    closed = closed_of(session, unit, period)
    found = session.get_one(ClosedReport, closed.report_id).entered if closed else None
    return None if found is None else kept(found)
