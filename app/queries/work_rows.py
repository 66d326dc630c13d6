"""Rows of dossiers for lists (dòng danh sách hồ sơ): one select that work lists and searches narrow.

Whoever uses `rows_of` adds the scope; `read_rows` turns the answer into frozen rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, select
from sqlalchemy.orm import Session, aliased

from app.db.models import (
    Certification,
    Component,
    Dossier,
    DossierClock,
    DossierPerson,
    Hop,
    ProcedureVersion,
    Result,
    SupplementRequest,
    Unit,
    UserAccount,
)


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One dossier of a list. Times are aware; `promised_at` is None before reception and while suspended."""

    id: int
    filing_number: str
    code: str | None
    external_code: str | None
    source: str
    state: str
    channel: int
    is_assisted: bool
    case_name: str
    summary: str
    procedure: str
    subject: str | None
    applicant: str | None
    authorised: str | None
    filed_at: datetime
    received_at: datetime | None
    ended_at: datetime | None
    promised_at: datetime | None
    due_at: datetime | None
    first_due_at: datetime | None
    answer_due_at: datetime | None
    is_suspended: bool
    standing: str
    step: str | None
    holder: str | None
    holder_title: str | None
    holder_user_id: int | None
    holder_unit: str | None
    result_state: str | None
    to_digitize: bool
    answer_by: date | None
    supplement_requests: int
    is_late_entry: bool
    is_certified_here: bool

    @property
    def number(self) -> str:
        """The dossier code, or the filing number before there is one."""
        return self.code or self.filing_number


# Expressions are never changed, so each is built once: to build them for every page took as long as the database.
@cache
def rows_of() -> Any:
    """Return the select of WorkRow's columns, to be narrowed by the caller; scope is the caller's too."""
    subject, applicant, authorised = (aliased(DossierPerson) for _ in range(3))
    hop, unit, user = aliased(Hop), aliased(Unit), aliased(UserAccount)
    statement = select(
        Dossier.id, Dossier.filing_number, Dossier.code, Dossier.external_code, Dossier.source, Dossier.state,
        Dossier.channel, Dossier.is_assisted, Dossier.case_name, Dossier.summary,
        procedure_name().label("procedure"),
        subject.name.label("subject"), applicant.name.label("applicant"), authorised.name.label("authorised"),
        Dossier.filed_at, Dossier.received_at, Dossier.ended_at,
        DossierClock.promised_at, DossierClock.due_at, DossierClock.first_due_at, DossierClock.answer_due_at,
        func.coalesce(DossierClock.is_suspended, False).label("is_suspended"),
        func.coalesce(DossierClock.standing, "unknown").label("standing"),
        hop.step_name.label("step"), user.name.label("holder"), user.title.label("holder_title"),
        Dossier.holder_user_id, unit.name.label("holder_unit"),
        Dossier.supplement_requests, (Dossier.late_entry_reason != "").label("is_late_entry"),
        result_state().label("result_state"), to_digitize().label("to_digitize"),
        _answer_by().label("answer_by"), certified_here().label("is_certified_here"),
    )  # fmt: skip
    return (
        from_dossiers(statement)
        .outerjoin(subject, and_(subject.dossier_id == Dossier.id, subject.role == "subject"))
        .outerjoin(applicant, and_(applicant.dossier_id == Dossier.id, applicant.role == "applicant"))
        .outerjoin(authorised, and_(authorised.dossier_id == Dossier.id, authorised.role == "authorised"))
        .outerjoin(hop, and_(hop.dossier_id == Dossier.id, hop.left_at.is_(None)))
        .outerjoin(unit, unit.id == Dossier.holder_unit_id)
        .outerjoin(user, user.id == Dossier.holder_user_id)
    )


def from_dossiers(statement: Any) -> Any:
    """Return `statement` over dossiers with their procedure version and their clock."""
    return (
        statement.select_from(Dossier)
        .join(ProcedureVersion, ProcedureVersion.id == Dossier.procedure_version_id)
        .outerjoin(DossierClock, DossierClock.dossier_id == Dossier.id)
    )


def read_rows(session: Session, statement: Any) -> tuple[WorkRow, ...]:
    """Return the answer of a narrowed `rows_of` as frozen rows."""
    return tuple(WorkRow(**row) for row in session.execute(statement).mappings())


@cache
def procedure_name() -> ColumnElement[str]:
    """Return the short name where there is one, else the full name."""
    return case((ProcedureVersion.short_name != "", ProcedureVersion.short_name), else_=ProcedureVersion.name)


@cache
def result_state() -> ColumnElement[str]:
    """Return the state of the newest version of the result, NULL without one."""
    return (
        select(Result.state)
        .where(Result.dossier_id == Dossier.id)
        .order_by(Result.version.desc())
        .limit(1)
        .correlate(Dossier)
        .scalar_subquery()
    )


@cache
def to_digitize() -> ColumnElement[bool]:
    """Return whether a paper still waits to be scanned (chờ số hóa)."""
    paper = exists().where(Component.dossier_id == Dossier.id, Component.form == "paper")
    return and_(ProcedureVersion.needs_digitizing, paper.correlate(Dossier))


@cache
def certified_here() -> ColumnElement[bool]:
    """Return whether the dossier was numbered at the certification desk: it is signed there and never forwarded."""
    return exists().where(Certification.dossier_id == Dossier.id).correlate(Dossier)


def _answer_by() -> ColumnElement[Any]:
    return (
        select(SupplementRequest.answer_by)
        .where(SupplementRequest.dossier_id == Dossier.id, SupplementRequest.answered_at.is_(None))
        .order_by(SupplementRequest.ordinal.desc())
        .limit(1)
        .correlate(Dossier)
        .scalar_subquery()
    )
