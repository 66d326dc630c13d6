"""Open clocks under a calendar (hạn của hồ sơ đang mở theo một lịch): many at once, without writing anything."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import ColumnExpressionArgument, select
from sqlalchemy.orm import Session

from app.db.facts import ledger_from, limits_of
from app.db.models import Dossier, DossierClock, LedgerEntry
from workflows.calendar import WorkingCalendar
from workflows.deadlines import Projection, project
from workflows.errors import CalendarYearMissing
from workflows.instants import day_of
from workflows.ledger import Ledger
from workflows.limits import TimeLimit

# Rows instead of objects: a province has two hundred thousand of them.
_COLUMNS = (
    Dossier.id,
    Dossier.code,
    Dossier.filing_number,
    Dossier.event_seq,
    Dossier.received_at,
    Dossier.competent_received_at,
    Dossier.ended_at,
    Dossier.is_imported,
    Dossier.committed_limit,
    Dossier.statutory_limit,
    Dossier.limit_cutoff,
    DossierClock.due_at,
    DossierClock.statutory_due_at,
    DossierClock.is_suspended,
)


@dataclass(frozen=True, slots=True)
class Move:
    """One due time that another calendar moves."""

    dossier_id: int
    code: str
    event_seq: int
    old_due_at: datetime | None
    due_at: datetime | None
    due_day: int | None
    promised_at: datetime | None
    statutory_due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A batch of open dossiers: how many were looked at, which move, how many need a year nobody has entered."""

    seen: int
    last_id: int
    moves: tuple[Move, ...]
    unreckoned: int


def reckon(
    session: Session, calendar: WorkingCalendar, units: Sequence[int], *, after: int, most: int, at: datetime
) -> Reckoned:
    """Return what `calendar` makes of up to `most` open dossiers of `units`, in the order of ids after `after`."""
    rows = session.execute(
        select(*_COLUMNS)
        .join(DossierClock, DossierClock.dossier_id == Dossier.id)
        .where(*open_after(after, units))
        .order_by(DossierClock.dossier_id)
        .limit(most)
    ).all()
    entries = _entries(session, [row.id for row in rows])
    moves: list[Move] = []
    unreckoned = 0
    due_of = _remembering(calendar, at)
    for row in rows:
        try:
            move = _move(row, entries.get(row.id, []), due_of)
        except CalendarYearMissing:
            unreckoned += 1
            continue
        if move is not None:
            moves.append(move)
    return Reckoned(len(rows), rows[-1].id if rows else after, tuple(moves), unreckoned)


def open_after(after: int, units: Sequence[int]) -> tuple[ColumnExpressionArgument[bool], ...]:
    """Return the condition that finds open clocks of these units after a dossier, in the order of the dossiers.

    The sum keeps the planner from reading all clocks of the units, to sort them, for each batch.
    """
    return DossierClock.is_open, DossierClock.dossier_id > after, (DossierClock.settling_unit_id + 0).in_(units)


DueOf = Callable[[TimeLimit | None, Ledger], Projection]


def _remembering(calendar: WorkingCalendar, at: datetime) -> DueOf:
    """Return the clock, which reckons dossiers alike only once: of one limit, received on one day or at one minute.

    Limits by day, but for the cut-off hour, ask only for the day of reception.
    """
    known: dict[tuple[TimeLimit, date | datetime], Projection] = {}

    def due_of(limit: TimeLimit | None, ledger: Ledger) -> Projection:
        plain = not (ledger.suspensions or ledger.extension or ledger.declared_due_at)
        if limit is None or not plain:
            return project(limit, ledger, calendar, at=at)
        by_day = limit.is_by_day and limit.cutoff is None
        key = limit, day_of(ledger.started_at) if by_day else ledger.started_at
        if key not in known:
            known[key] = project(limit, ledger, calendar, at=at)
        return known[key]

    return due_of


def _move(row: Any, entries: Sequence[LedgerEntry], due_of: DueOf) -> Move | None:
    """Return what moves of one dossier; the row has the columns of a dossier and of its clock."""
    ledger = ledger_from(row, entries)
    if ledger is None or row.is_suspended:
        return None  # what stands still gets its due when it runs again
    by_law = ledger_from(row, entries, by_law=True) if row.is_imported else ledger
    committed, statutory = limits_of(row)
    new = due_of(committed, ledger)
    lawful = due_of(statutory, by_law) if by_law and (statutory or by_law.declared_due_at) else None
    lawful_due = lawful.due_at if lawful else None
    if (new.due_at, lawful_due) == (row.due_at, row.statutory_due_at):
        return None
    return Move(
        dossier_id=row.id,
        code=row.code or row.filing_number,
        event_seq=row.event_seq,
        old_due_at=row.due_at,
        due_at=new.due_at,
        due_day=int(f"{new.due_day:%Y%m%d}") if new.due_day else None,
        promised_at=new.promised_at,
        statutory_due_at=lawful_due,
    )


def _entries(session: Session, ids: Sequence[int]) -> dict[int, list[LedgerEntry]]:
    rows = session.scalars(
        select(LedgerEntry)
        .where(LedgerEntry.dossier_id.in_(ids))
        .order_by(LedgerEntry.dossier_id, LedgerEntry.started_at, LedgerEntry.id)
    )
    return {dossier_id: list(same) for dossier_id, same in groupby(rows, key=attrgetter("dossier_id"))}
