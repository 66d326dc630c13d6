"""The board of report day and the cleaning list (bảng ngày báo cáo, việc cần dọn)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db.models import ClosedReport, Dossier, DossierClock, Event, Unit, UserAccount
from app.db.untidy import is_open, untidy
from app.domain.figures import CELLS_06A
from app.domain.people import Staff
from app.domain.periods import Period, report_month_before
from app.domain.report_day import Odd, ReportState, oddities, subject_of
from app.domain.reports import ReportUnit
from app.queries.flags import flags_of
from app.queries.slices import settled_here
from app.queries.unit_figures import by_unit

_NOTHING = {cell.id: 0 for cell in CELLS_06A}
_KINDS = {"report:sent": ReportState.SENT, "report:returned": ReportState.RETURNED}
AUTHORITIES = ("commune", "department")


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One unit's report of a period: its state, its numbers, what is odd, and the last thing said about it."""

    code: str
    name: str
    state: ReportState
    since: datetime | None
    cells: Mapping[str, int]
    odd: tuple[Odd, ...]
    returned_cell: str
    reason: str
    reminders: int
    flags: int  # of the period, not explained yet


@dataclass(frozen=True, slots=True)
class UntidyRow:
    """One dossier to clean: why, and with whom it lies."""

    number: str
    reason: str
    holder: str
    received_at: datetime | None
    promised_at: datetime | None


def board(session: Session, unit: ReportUnit, period: Period) -> tuple[BoardRow, ...]:
    """Return all authorities of `unit`, by name, with those that have no dossiers."""
    units = session.execute(
        select(Unit.id, Unit.code, Unit.name)
        .where(Unit.id.in_(unit.unit_ids), Unit.kind.in_(AUTHORITIES))
        .order_by(Unit.name_sort, Unit.code)
    ).all()
    now = {row.code: row.counts for row in by_unit(session, unit, period, CELLS_06A)}
    before_period = report_month_before(period)
    before = {row.code: row.counts for row in by_unit(session, unit, before_period, CELLS_06A)}
    closed = _closed(session, [row[0] for row in units], before_period, period)
    said = _said(session, [subject_of(row[1], period)[1] for row in units])
    flags = Counter(one.unit_code for one in flags_of(session, unit, period) if one.state != "answered")
    return tuple(
        _row(
            (code, name),
            now.get(code, _NOTHING),
            before.get(code),
            closed.get((unit_id, "before")),
            closed.get((unit_id, "now")),
            said.get(subject_of(code, period)[1], []),
            flags[code],
        )
        for unit_id, code, name in units
    )


def to_clean(session: Session, staff: Staff, now: datetime, today: date) -> tuple[UntidyRow, ...]:
    """Return the dossiers of the person's part that would spoil a report, holder by holder."""
    reason = untidy(now, today)
    asked = (
        select(
            Dossier.code, Dossier.filing_number, reason, UserAccount.name, Dossier.received_at, DossierClock.promised_at
        )
        .join(DossierClock, DossierClock.dossier_id == Dossier.id)
        .outerjoin(UserAccount, UserAccount.id == Dossier.holder_user_id)
        .where(settled_here(staff), is_open(), reason.is_not(None))
        .order_by(UserAccount.name, DossierClock.due_at, Dossier.id)
    )
    return tuple(UntidyRow(row[0] or row[1], row[2], row[3] or "", row[4], row[5]) for row in session.execute(asked))


def _row(
    named: tuple[str, str],
    cells: Mapping[str, int],
    before: Mapping[str, int] | None,
    closed_before: ClosedReport | None,
    closed: ClosedReport | None,
    said: list[Event],
    flags: int,
) -> BoardRow:
    last = next((event for event in reversed(said) if event.kind in _KINDS), None)
    told: dict[str, Any] = (last.payload or {}) if last else {}
    state = ReportState.CLOSED if closed else _KINDS[last.kind] if last else ReportState.NOT_SENT
    return BoardRow(
        *named,
        state,
        closed.closed_at if closed else last.at if last else None,
        cells,
        oddities(
            cells,
            before,
            closed_before.total["pending_total"] if closed_before else None,
            told.get("total") if state is ReportState.SENT else None,
        ),
        str(told.get("cell", "")),
        str(told.get("text", "")),
        sum(event.kind == "report:reminded" for event in said),
        flags,
    )


def _closed(
    session: Session, unit_ids: list[int], before: Period, period: Period
) -> dict[tuple[int, str], ClosedReport]:
    found: dict[tuple[int, str], ClosedReport] = {}
    for name, one in (("before", before), ("now", period)):
        rows = session.scalars(
            select(ClosedReport).where(
                ClosedReport.unit_id.in_(unit_ids),
                ClosedReport.first_day == one.first_day,
                ClosedReport.end_day == one.end_day,
            )
        )
        found.update({(row.unit_id, name): row for row in rows})
    return found


def _said(session: Session, subjects: list[str]) -> dict[str, list[Event]]:
    said: dict[str, list[Event]] = {}
    rows = session.scalars(
        select(Event).where(Event.subject_kind == "report_day", Event.subject_id.in_(subjects)).order_by(Event.id)
    )
    for event in rows:
        said.setdefault(event.subject_id, []).append(event)
    return said
