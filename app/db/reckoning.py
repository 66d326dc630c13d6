"""Open clocks under a calendar (hạn của hồ sơ đang mở theo một lịch): many at once, without writing anything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

from sqlalchemy import ColumnExpressionArgument, Integer, bindparam, select
from sqlalchemy.orm import Session

from app.db.facts import ledger_from, limits_of
from app.db.models import Dossier, DossierClock, Hop, LedgerEntry
from workflows.calendar import WorkingCalendar
from workflows.deadlines import Projection, project
from workflows.errors import CalendarYearMissing
from workflows.instants import start_of
from workflows.ledger import Ledger
from workflows.limits import TimeLimit
from workflows.steps import step_due_at

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
    DossierClock.step_due_at,
    Hop.handed_at,
    Hop.allotted_minutes,
)
_ENTRY = (
    LedgerEntry.dossier_id,
    LedgerEntry.kind,
    LedgerEntry.ground,
    LedgerEntry.effect,
    LedgerEntry.started_at,
    LedgerEntry.ended_at,
    LedgerEntry.new_due_at,
    LedgerEntry.reason,
)


# Open clocks of some units after a dossier, in the order of the dossiers. The sum keeps the planner from reading all
# clocks of the units, to sort them, for each batch.
OPEN_AFTER: tuple[ColumnExpressionArgument[bool], ...] = (
    DossierClock.is_open,
    DossierClock.dossier_id > bindparam("after"),
    (DossierClock.settling_unit_id + 0).in_(bindparam("units", expanding=True)),
)
_BATCH = (
    select(*_COLUMNS)
    .join(DossierClock, DossierClock.dossier_id == Dossier.id)
    .join(Hop, (Hop.dossier_id == Dossier.id) & Hop.left_at.is_(None), isouter=True)
    .where(*OPEN_AFTER)
    .order_by(DossierClock.dossier_id)
    .limit(bindparam("most", type_=Integer))
)
_OF_BATCH = _BATCH.with_only_columns(DossierClock.dossier_id).subquery()
_ENTRIES = (
    select(*_ENTRY)
    .join(_OF_BATCH, _OF_BATCH.c.dossier_id == LedgerEntry.dossier_id)
    .order_by(LedgerEntry.dossier_id, LedgerEntry.started_at, LedgerEntry.id)
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
    step_due_at: datetime | None


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
    asked = {"after": after, "units": units, "most": most}
    rows = session.connection().execute(_BATCH, asked).all()
    entries = _entries(session, asked)
    moves: list[Move] = []
    unreckoned = 0
    for row in rows:
        try:
            move = _move(row, entries.get(row.id, ()), calendar, at)
        except CalendarYearMissing:
            unreckoned += 1
            continue
        if move is not None:
            moves.append(move)
    return Reckoned(len(rows), rows[-1].id if rows else after, tuple(moves), unreckoned)


class _Due(NamedTuple):
    """A due time as a clock keeps it."""

    due_at: datetime | None
    due_day: int | None
    promised_at: datetime | None


_NONE = _Due(None, None, None)


@lru_cache(maxsize=65_536)
def _of_plain(
    committed: TimeLimit, statutory: TimeLimit | None, started_at: datetime, calendar: WorkingCalendar
) -> tuple[_Due, _Due]:
    """Return both due times of a clock that never stood still: thousands of dossiers share them."""
    ledger = Ledger(started_at)
    new = _due(project(committed, ledger, calendar, at=started_at))
    return new, _due(project(statutory, ledger, calendar, at=started_at)) if statutory else _NONE


def _due(projection: Projection) -> _Due:
    day, due_at = projection.due_day, projection.due_at
    return _Due(due_at and due_at.astimezone(UTC), int(f"{day:%Y%m%d}") if day else None, projection.promised_at)


def _dues(row: Any, entries: Sequence[Any], calendar: WorkingCalendar, at: datetime) -> tuple[_Due, _Due] | None:
    """Return the committed and the statutory due time of a dossier; None where its ledger tells none."""
    committed, statutory = limits_of(row)
    if committed and not entries and row.received_at and row.ended_at is None:
        started = row.competent_received_at or row.received_at
        return _of_plain(committed, statutory, _key(committed, statutory, started), calendar)
    ledger = ledger_from(row, entries)
    by_law = ledger_from(row, entries, by_law=True)
    if ledger is None or by_law is None:
        return None
    known = statutory or by_law.declared_due_at
    return (_due(project(committed, ledger, calendar, at=at)),
            _due(project(statutory, by_law, calendar, at=at)) if known else _NONE)  # fmt: skip


def _key(committed: TimeLimit, statutory: TimeLimit | None, started: datetime) -> datetime:
    """Return what of a reception its limits ask for: by day, but for a cut-off hour, the day alone."""
    return start_of(started) if _asks_for_day(committed) and _asks_for_day(statutory or committed) else started


def _asks_for_day(limit: TimeLimit) -> bool:
    return limit.is_by_day and limit.cutoff is None


def _move(row: Any, entries: Sequence[Any], calendar: WorkingCalendar, at: datetime) -> Move | None:
    """Return what moves of one dossier; the row has the columns of a dossier, of its clock and of its stay."""
    # What stands still gets its due when it runs again, and so does its step.
    found = None if row.is_suspended else _dues(row, entries, calendar, at)
    if found is None:
        return None
    new, lawful = found
    step = step_due_at(row.allotted_minutes, row.handed_at, calendar) if row.allotted_minutes else row.step_due_at
    if (new.due_at, lawful.due_at, step) == (row.due_at, row.statutory_due_at, row.step_due_at):
        return None
    return Move(row.id, row.code or row.filing_number, row.event_seq, row.due_at, *new, lawful.due_at, step)


def _entries(session: Session, asked: Mapping[str, Any]) -> dict[int, list[Any]]:
    """Return the ledgers of a whole batch in one read, by dossier; few have any."""
    rows = session.connection().execute(_ENTRIES, asked)
    return {dossier_id: list(same) for dossier_id, same in groupby(rows, key=attrgetter("dossier_id"))}
