"""The evidence of a person's evaluation (đánh giá cán bộ): stays that ended, dossiers settled that passed through."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from itertools import groupby
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, and_, case, func, select
from sqlalchemy.orm import Session, aliased

from app.db.models import Dossier, DossierFact, Hop, UserAccount
from app.db.predicates import condition
from app.domain.figures import RESOLVED
from app.domain.officer_evaluation import EARLY, LATE, ON_TIME, Held, Officer, Settled, counted, indices
from app.domain.people import Role, Staff
from app.domain.periods import Period
from app.domain.process import SENT_BACK
from app.domain.reports import ReportUnit
from app.domain.vietnamese import sort_key
from app.queries.entered_figures import entered_of
from app.queries.report_scope import counted_facts

Row = TypeVar("Row", Held, Settled)
_KNOWN = (EARLY, ON_TIME, LATE)


def shown_to(staff: Staff) -> int | None:
    """Return whose evaluation a person may see: None for a leader, who sees the unit, else their own account."""
    return None if staff.has(Role.LEADER) else staff.user_id


def officers(
    session: Session, unit: ReportUnit, period: Period, *, only: int | None = None
) -> tuple[Officer, ...]:
    """Return everybody of a unit who held a step or passed a settled dossier on; `only` one account of them."""
    held = _by_user(held_of(session, unit, period, only=only))
    settled = _by_user(settled_of(session, unit, period, only=only))
    accounts = session.execute(
        select(UserAccount.id, UserAccount.login, UserAccount.name).where(UserAccount.id.in_({*held, *settled}))
    )
    found = [
        _officer(session, unit, period, (user_id, login, name), held.get(user_id, []), settled.get(user_id, []))
        for user_id, login, name in accounts
    ]
    return tuple(sorted(found, key=lambda one: (sort_key(one.name), one.user_id)))


def held_of(session: Session, unit: ReportUnit, period: Period, *, only: int | None = None) -> tuple[Held, ...]:
    """Return the stays in the unit that ended in the period, the oldest first."""
    after = aliased(Hop)
    asked = (
        select(
            Hop.user_id,
            func.coalesce(Dossier.code, Dossier.filing_number),
            Hop.step_name,
            Hop.handed_at,
            Hop.left_at,
            Hop.due_at,
            Hop.outcome,
            func.coalesce(after.action == SENT_BACK, False),
        )
        .join(Dossier, Dossier.id == Hop.dossier_id)
        .outerjoin(after, (after.dossier_id == Hop.dossier_id) & (after.ordinal == Hop.ordinal + 1))
        .where(Dossier.is_published, Hop.unit_id.in_(unit.unit_ids), _of(only))
        .where(Hop.left_at >= period.start, Hop.left_at < period.end)
        .order_by(Hop.user_id, Hop.left_at, Hop.id)
    )
    return tuple(Held(*row[:7], bool(row[7])) for row in session.execute(asked))


def unnamed_stays(session: Session, unit: ReportUnit, period: Period) -> int:
    """Return how many stays ended in the period of which nobody is named: they count for nobody, and are told."""
    asked = (
        select(func.count(Hop.id))
        .join(Dossier, Dossier.id == Hop.dossier_id)
        .where(Dossier.is_published, Hop.unit_id.in_(unit.unit_ids), Hop.user_id.is_(None))
        .where(Hop.left_at >= period.start, Hop.left_at < period.end)
    )
    return session.scalar(asked) or 0


def settled_of(session: Session, unit: ReportUnit, period: Period, *, only: int | None = None) -> tuple[Settled, ...]:
    """Return the dossiers that the unit settled in the period, once for each person they passed through."""
    asked = _passed(unit, period, only).order_by(Hop.user_id, DossierFact.ended_at, DossierFact.dossier_id)
    return tuple(
        Settled(*row[:12], row[12] - row[9], int(row[13] or 0), (row[14] or 0) - int(row[13] or 0))
        for row in session.execute(asked)
    )


def _passed(unit: ReportUnit, period: Period, only: int | None) -> Select[Any]:
    other = aliased(Hop)
    stays = select(func.count(other.id)).where(other.dossier_id == DossierFact.dossier_id, other.left_at < period.end)
    all_late = stays.where(other.outcome == LATE).correlate(DossierFact).scalar_subquery()
    all_at_due = stays.where(_held_at_due(other)).correlate(DossierFact).scalar_subquery()
    fact = (
        DossierFact.received_at,
        DossierFact.ended_at,
        DossierFact.standing,
        DossierFact.statutory_standing,
        DossierFact.supplement_requests,
        DossierFact.channel,
        DossierFact.result_electronic,
    )
    number = func.coalesce(Dossier.code, Dossier.filing_number)
    return (
        counted_facts(unit, period)
        .where(condition(RESOLVED, period.bounds()))
        .join(Dossier, Dossier.id == DossierFact.dossier_id)
        .join(Hop, Hop.dossier_id == DossierFact.dossier_id)
        .where(Hop.unit_id.in_(unit.unit_ids), Hop.left_at < period.end, _of(only))
        .with_only_columns(
            Hop.user_id,
            number,
            *fact,
            func.sum(case((Hop.outcome == LATE, 1), else_=0)),
            func.sum(case((Hop.outcome == ON_TIME, 1), else_=0)),
            func.sum(case((Hop.outcome.not_in(_KNOWN), 1), else_=0)),
            all_late,
            func.sum(case((_held_at_due(Hop), 1), else_=0)),
            all_at_due,
        )
        .group_by(Hop.user_id, DossierFact.dossier_id, DossierFact.due_at, number, *fact)
    )


def _held_at_due(hop: Any) -> ColumnElement[bool]:
    """Return the condition that a stay lay over the dossier's due time: what comes after it is late."""
    return and_(hop.handed_at <= DossierFact.due_at, hop.left_at > DossierFact.due_at)


def _of(only: int | None) -> ColumnElement[bool]:
    return Hop.user_id.is_not(None) if only is None else Hop.user_id == only


def _by_user(rows: tuple[Row, ...]) -> Mapping[int, list[Row]]:
    return {user_id: list(group) for user_id, group in groupby(rows, key=lambda row: row.user_id)}


def _officer(
    session: Session,
    unit: ReportUnit,
    period: Period,
    account: tuple[int, str, str],
    held: list[Held],
    settled: list[Settled],
) -> Officer:
    user_id, login, name = account
    cells = counted(held, settled)
    known = {item: Decimal(one.value) for item, one in entered_of(session, unit, period, login).items()}
    return Officer(user_id, login, name, cells, indices(cells, known, period.first_day))
