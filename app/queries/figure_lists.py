"""The dossiers behind a figure (danh sách sau mỗi con số): found by the very condition that counted them.

A list names no person: it says which dossiers were counted and how they stood at the end of the period, so
that whoever may see the number may see its list. Opening one of them asks for rights of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, literal
from sqlalchemy.orm import Session

from app.db.models import Dossier, DossierFact, ProcedureVersion, Unit
from app.db.predicates import column_of, condition
from app.domain.closing import PARTS
from app.domain.figure_book import FIGURES
from app.domain.figures import Figure
from app.domain.periods import Period
from app.domain.reports import ReportUnit, RowsBy
from app.queries.closed_reports import closed_facts, closed_of, stands_in
from app.queries.figures import counted
from app.queries.report_rows import in_row
from app.queries.report_scope import counted_facts
from app.queries.work_rows import procedure_name
from workflows.calendar import VIETNAM
from workflows.deadlines import Standing
from workflows.errors import N_, RuleBroken

PAGE_SIZE = 50
# What a line of a list shows; a whole fact has three times as many columns.
_READ = (
    DossierFact.field,
    DossierFact.is_imported,
    DossierFact.channel,
    DossierFact.state,
    DossierFact.standing,
    DossierFact.is_suspended,
    DossierFact.by_day,
    DossierFact.received_at,
    DossierFact.due_at,
    DossierFact.ended_at,
)


class FigureUnknown(RuleBroken):
    """No report has such a number."""

    code = "figure_unknown"
    status = 404
    sentence = N_("Không có chỉ tiêu “{figure}”. Vui lòng mở lại từ trang báo cáo.")


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One dossier as it was counted: state and standing as of the period's end; `amount` is what it adds.

    `due_day` is set for limits by day: their due is the end of that day, `due_at` exclusive.
    """

    number: str
    procedure: str
    field: str
    unit: str
    channel: int
    state: str
    standing: str
    received_at: datetime
    due_at: datetime | None
    due_day: date | None
    ended_at: datetime | None
    amount: int
    is_imported: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """Which number of a report is opened: a figure, in one of its rows or (no `key`) in the total.

    `is_now` asks for what counts now where the period is closed.
    """

    figure: Figure
    by: RowsBy = RowsBy.FIELD
    key: str | None = None
    is_now: bool = False


@dataclass(frozen=True, slots=True)
class FigureList:
    """One page of the dossiers behind a number. `count` is the number itself, `total` how many dossiers."""

    asked: Asked
    rows: tuple[FigureRow, ...]
    count: int
    total: int
    page: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // PAGE_SIZE))


def asked_for(
    figure_id: str, *, by: RowsBy = RowsBy.FIELD, key: str | None = None, is_now: bool = False
) -> Asked:
    """Return the number that is meant. Raises FigureUnknown."""
    if figure_id not in FIGURES:
        raise FigureUnknown(where="figure", figure=figure_id)
    return Asked(FIGURES[figure_id], by, key, is_now)


def figure_list(session: Session, unit: ReportUnit, period: Period, asked: Asked, *, page: int = 1) -> FigureList:
    """Return one page of the dossiers behind a number, in the order of their reception."""
    behind = _behind(session, unit, period, asked)
    count, total = session.execute(
        behind.with_only_columns(counted(asked.figure, period), func.count(DossierFact.id))
    ).one()
    shown = min(max(page, 1), max(1, -(-total // PAGE_SIZE)))
    rows = _rows(session, behind.limit(PAGE_SIZE).offset((shown - 1) * PAGE_SIZE), period, asked)
    return FigureList(asked, tuple(rows), int(count), total, shown)


def every_dossier(session: Session, unit: ReportUnit, period: Period, asked: Asked) -> Iterator[FigureRow]:
    """Yield all the dossiers behind a number, for a file."""
    found = _behind(session, unit, period, asked).execution_options(yield_per=2_000)
    return _rows(session, found, period, asked)


def _behind(session: Session, unit: ReportUnit, period: Period, asked: Asked) -> Select[DossierFact]:
    """Return the facts behind a number: of a closed report those that it counted, else those that count now."""
    closed = None if asked.is_now else closed_of(session, unit, period)
    facts = closed_facts(closed.report_id) if closed else counted_facts(unit, period)
    stored = closed and asked.figure.id in PARTS
    found = facts.where(
        stands_in(asked.figure.id) if stored else condition(asked.figure.counted, period.bounds())
    )
    return found if asked.key is None else in_row(asked.by, found, asked.key)


def _rows(session: Session, behind: Select[DossierFact], period: Period, asked: Asked) -> Iterator[FigureRow]:
    named = (
        behind.join(Dossier, Dossier.id == DossierFact.dossier_id)
        .join(ProcedureVersion, ProcedureVersion.id == Dossier.procedure_version_id)
        .join(Unit, Unit.id == DossierFact.settling_unit_id)
        .with_only_columns(
            func.coalesce(Dossier.code, Dossier.filing_number).label("number"),
            procedure_name().label("procedure"),
            Unit.name.label("unit"),
            (column_of(asked.figure.weight) if asked.figure.weight else literal(1)).label("amount"),
            *_READ,
        )
        .order_by(DossierFact.received_at, DossierFact.dossier_id)
    )
    for fact in session.execute(named):
        yield FigureRow(
            number=fact.number,
            procedure=fact.procedure,
            field=fact.field,
            unit=fact.unit,
            channel=fact.channel,
            state=fact.state,
            standing=_standing(fact, period),
            received_at=fact.received_at,
            due_at=fact.due_at,
            due_day=_due_day(fact),
            ended_at=fact.ended_at,
            amount=fact.amount,
            is_imported=fact.is_imported,
        )


def _standing(fact: Any, period: Period) -> str:
    """Return how the dossier stood at the end of the period, in the words of the clock."""
    if fact.ended_at and fact.ended_at < period.end:
        return fact.standing
    if fact.is_suspended:
        return Standing.SUSPENDED
    if fact.due_at is None:
        return Standing.UNKNOWN
    return Standing.OVERDUE if fact.due_at < period.end else Standing.IN_TERM


def _due_day(fact: Any) -> date | None:
    """Return the last day of a limit by day: its due is that day's end, which is the next day's midnight."""
    if fact.due_at is None or not fact.by_day:
        return None
    return (fact.due_at - timedelta(microseconds=1)).astimezone(VIETNAM).date()
