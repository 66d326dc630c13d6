"""Entering figures of the 766 index (nhập số liệu, điểm chính thức): one entry per component, unit and period."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select

from app.db.models import IndexEntry, Unit
from app.db.unit_of_work import UnitOfWork
from app.domain.catalogue_rows import Fault, Findings, ImportRefused
from app.domain.index_entries import EntryRow, NewEntry
from app.domain.people import Actor
from app.domain.periods import Period
from app.services.importing import Imported


def enter(uow: UnitOfWork, unit_code: str, period: Period, entry: NewEntry, by: Actor, at: datetime) -> bool:
    """Keep an entry in the place of an earlier one; False where it replaced one. The unit must exist."""
    unit_id = uow.session.scalars(select(Unit.id).where(Unit.code == unit_code)).one()
    row = uow.session.scalars(
        select(IndexEntry).where(
            IndexEntry.unit_id == unit_id,
            IndexEntry.first_day == period.first_day,
            IndexEntry.end_day == period.end_day,
            IndexEntry.component == entry.component,
        )
    ).first()
    is_new = row is None
    if row is None:
        row = IndexEntry(
            unit_id=unit_id, first_day=period.first_day, end_day=period.end_day, component=entry.component
        )
        uow.session.add(row)
    row.numerator, row.denominator, row.source = entry.numerator, entry.denominator, entry.source
    row.official_points = None if entry.official is None else int(entry.official * 100)
    row.entered_by, row.entered_at = by.name, at
    uow.note(
        "figures:index_entered",
        ("unit", str(unit_id)),
        by,
        at,
        component=entry.component,
        first_day=str(period.first_day),
        end_day=str(period.end_day),
        numerator=entry.numerator,
        denominator=entry.denominator,
        official_points=row.official_points,
    )
    uow.session.flush()
    return is_new


def import_entries(
    uow: UnitOfWork, rows: Iterable[EntryRow], findings: Findings, by: Actor, *, at: datetime
) -> Imported:
    """Keep the entries of a file. Raises ImportRefused for units nobody knows."""
    known = set(uow.session.scalars(select(Unit.code)))
    wanted = tuple(rows)
    if unknown := [row for row in wanted if row.unit_code not in known]:
        faults = [Fault(row.line, "unit_code", f"không có đơn vị “{row.unit_code[:40]}”") for row in unknown]
        raise ImportRefused(faults)
    added = [enter(uow, row.unit_code, Period(row.first_day, row.end_day), row.entry, by, at) for row in wanted]
    return Imported(sum(added), len(added) - sum(added), tuple(findings.warnings))
