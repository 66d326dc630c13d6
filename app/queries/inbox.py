"""Work lists (danh sách việc): what waits for a person, tab by tab, the most urgent first.

Every condition keeps to the person's own part: an authority's roles see what it receives or settles, an
officer what lies with the division or asks its opinion. Lists hold open dossiers only, so they stay short
however many dossiers are closed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, and_, case, false, func, literal, or_, select
from sqlalchemy.orm import Session

from app.db.models import Consultation, Dossier, DossierClock, Procedure, ProcedureVersion, UserAccount
from app.db.scope import Reach, scope_of
from app.domain.people import Staff
from app.queries.work_rows import (
    WorkRow,
    certified_here,
    from_dossiers,
    procedure_name,
    read_rows,
    result_state,
    rows_of,
    to_digitize,
)
from workflows.states import State

PAGE_SIZE = 50
_CLOSED = (State.NOT_ACCEPTED, State.WITHDRAWN, State.STOPPED, State.RETURNED)
ACTIVE = tuple(state for state in State if state not in _CLOSED)
IN_WORK = (State.RECEIVED, State.PROCESSING, State.AWAITING_PAYMENT)
# Written out and not bound: an index over finished dossiers is only used where the statement says so.
_FINISHED: BindParameter[str] = literal("finished", literal_execute=True)
WAITING = (State.AWAITING_SUPPLEMENT, State.AWAITING_INTAKE_SUPPLEMENT)


class Tab(StrEnum):
    """The groups of work, with their names in addresses."""

    TODAY = "hom-nay"
    INTAKE = "cho-tiep-nhan"
    PROCESSING = "dang-xu-ly"
    SUPPLEMENT = "cho-bo-sung"
    SOON = "sap-den-han"
    OVERDUE = "qua-han"
    HAND_OVER = "cho-ban-giao"
    DIGITIZE = "cho-so-hoa"
    SIGN = "trinh-ky"
    ISSUE = "cho-phat-hanh"
    RETURN = "cho-tra-ket-qua"


@dataclass(frozen=True, slots=True)
class Horizon:
    """The instants that lists compare with: now, the end of today, until when "soon" reaches."""

    now: datetime
    end_of_today: datetime
    soon_until: datetime


@dataclass(frozen=True, slots=True)
class ListQuery:
    """What narrows a list. `page` counts from 1; `mine` keeps what lies with the person themselves."""

    procedure: str = ""
    channel: int | None = None
    holder: int | None = None
    mine: bool = False
    page: int = 1
    size: int = PAGE_SIZE

    @property
    def is_narrowed(self) -> bool:
        """Whether the list is less than its whole tab."""
        return bool(self.procedure or self.channel or self.holder or self.mine)


@dataclass(frozen=True, slots=True)
class Page:
    """One page of rows and how many there are in all."""

    rows: tuple[WorkRow, ...]
    total: int
    page: int
    size: int

    @property
    def pages(self) -> int:
        """How many pages the list has, at least one."""
        return max(1, -(-self.total // self.size))


@dataclass(frozen=True, slots=True)
class Choice:
    """One value to filter by and its name."""

    value: str
    text: str


def tabs(session: Session, staff: Staff, horizon: Horizon) -> Mapping[Tab, int]:
    """Return how many dossiers stand in each tab, counted in one pass."""
    conditions = _in_tabs(staff, horizon)
    counts = [func.count(case((conditions[tab], 1))).label(tab.name) for tab in Tab]
    found = session.execute(from_dossiers(select(*counts)).where(*_base(staff))).one()
    return dict(zip(Tab, found, strict=True))


def worklist(
    session: Session, staff: Staff, tab: Tab, query: ListQuery, horizon: Horizon, *, total: int | None = None
) -> Page:
    """Return one page of a tab, by promised time; what is suspended or ready comes after what runs.

    `total` is the count of the same list where the caller has it already.
    """
    wanted = [*_base(staff), _in_tabs(staff, horizon)[tab], *_narrowed(staff, query)]
    if total is None:
        total = session.scalar(from_dossiers(select(func.count(Dossier.id))).where(*wanted)) or 0
    page = min(max(query.page, 1), max(1, -(-total // query.size)))
    rows = rows_of().where(*wanted).order_by(*_urgency()).limit(query.size).offset((page - 1) * query.size)
    return Page(read_rows(session, rows), total, page, query.size)


def choices_at_work(session: Session, staff: Staff) -> tuple[tuple[Choice, ...], tuple[Choice, ...]]:
    """Return the procedures and the holders of the open dossiers in the person's part, each by name; one pass."""
    pairs = session.execute(
        select(Dossier.procedure_version_id, Dossier.holder_user_id).where(*_base(staff)).distinct()
    ).all()
    versions, holders = {pair[0] for pair in pairs}, {pair[1] for pair in pairs if pair[1] is not None}
    name = procedure_name()
    procedures = session.execute(
        select(Procedure.code, func.min(name).label("name"))
        .join(ProcedureVersion, ProcedureVersion.procedure_id == Procedure.id)
        .where(ProcedureVersion.id.in_(versions))
        .group_by(Procedure.code)
        .order_by("name")
    )
    people = session.execute(
        select(UserAccount.id, UserAccount.name).where(UserAccount.id.in_(holders)).order_by(UserAccount.name)
    )
    return tuple(Choice(code, text) for code, text in procedures), tuple(Choice(str(i), text) for i, text in people)


def _base(staff: Staff) -> tuple[Any, ...]:
    return _part_of(staff), Dossier.state.in_(ACTIVE), Dossier.is_published


def _part_of(staff: Staff) -> ColumnElement[bool]:
    """Each side of an OR has an index on its unit and state: the closed dossiers are never read.

    Who only returns comes in when the result is there; who only helped to file finds the dossier by its code.
    """
    scope = scope_of(staff)
    if scope.reach is Reach.AUTHORITY:
        units = (scope.root_unit_id, scope.unit_id)
        ready = and_(Dossier.returning_unit_id.in_(units), Dossier.state == _FINISHED)
        return or_(Dossier.receiving_unit_id.in_(units), Dossier.settling_unit_id.in_(units), ready)
    asked = select(Consultation.dossier_id).where(
        Consultation.unit_id == scope.unit_id, Consultation.answered_at.is_(None)
    )
    if scope.reach is Reach.NOTHING:
        return false()
    return or_(Dossier.holder_unit_id == scope.unit_id, Dossier.id.in_(asked))


def _in_tabs(staff: Staff, horizon: Horizon) -> Mapping[Tab, ColumnElement[bool]]:
    running = and_(DossierClock.is_open, DossierClock.due_at.is_not(None))
    late = and_(running, DossierClock.due_at <= horizon.now)
    due_today = and_(running, DossierClock.due_at <= horizon.end_of_today)
    own = and_(or_(Dossier.holder_user_id.in_(staff.hands), _nobodys(staff)), Dossier.state.in_(IN_WORK))
    return {
        Tab.TODAY: or_(Dossier.state == State.FILED, due_today, own),
        Tab.INTAKE: Dossier.state == State.FILED,
        Tab.PROCESSING: Dossier.state.in_(IN_WORK),
        Tab.SUPPLEMENT: Dossier.state.in_(WAITING),
        Tab.SOON: and_(running, ~late, DossierClock.due_at <= horizon.soon_until),
        Tab.OVERDUE: late,
        Tab.HAND_OVER: and_(Dossier.state == State.RECEIVED, ~to_digitize(), ~certified_here()),
        Tab.DIGITIZE: and_(Dossier.state == State.RECEIVED, to_digitize()),
        Tab.SIGN: and_(Dossier.state == State.PROCESSING, result_state() == "proposed"),
        Tab.ISSUE: and_(Dossier.state == State.PROCESSING, result_state() == "signed"),
        Tab.RETURN: Dossier.state == State.FINISHED,
    }


def _narrowed(staff: Staff, query: ListQuery) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = []
    if query.procedure:
        named = select(Procedure.id).where(Procedure.code == query.procedure)
        wanted.append(ProcedureVersion.procedure_id.in_(named))
    if query.channel is not None:
        wanted.append(Dossier.channel == query.channel)
    if query.holder is not None:
        wanted.append(Dossier.holder_user_id == query.holder)
    if query.mine:
        wanted.append(or_(Dossier.holder_user_id.in_(staff.hands), _nobodys(staff)))
    return wanted


def _nobodys(staff: Staff) -> ColumnElement[bool]:
    return and_(Dossier.holder_user_id.is_(None), Dossier.holder_unit_id == staff.unit_id)


def _urgency() -> tuple[Any, ...]:
    clock = DossierClock
    suspended = func.coalesce(clock.is_suspended, False)
    place = case((Dossier.state == State.FINISHED, 2), (suspended, 1), else_=0)
    until = func.coalesce(clock.promised_at, clock.due_at, clock.answer_due_at, Dossier.filed_at)
    return place, until, Dossier.id
