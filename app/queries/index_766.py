"""The 766 index of a unit and a period (chỉ số 766): dossiers counted, procedures counted, entries read."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app.db.models import DossierFact, IndexEntry, Offering, Procedure, ProcedureLimit, ProcedureVersion, Unit
from app.db.predicates import condition
from app.domain.channels import Channel
from app.domain.figures import IN_PERIOD, ONLINE
from app.domain.index_766 import COMPONENTS, FORMULAS
from app.domain.index_lines import Entered, Index766, line_of
from app.domain.periods import Period
from app.domain.predicates import and_
from app.domain.rates import Rate
from app.domain.reports import ReportUnit
from app.queries.closed_reports import told_facts
from app.queries.figures import rates


def index_766(session: Session, unit: ReportUnit, period: Period) -> Index766:
    """Return every component of groups 1 to 5, in the order of the decision."""
    counted = {
        **{name.removeprefix("index_766."): rate for name, rate in rates(session, unit, period, FORMULAS).items()},
        **_of_procedures(session, unit, period),
    }
    entered = _entered(session, unit, period)
    lines = (line_of(one, counted.get(one.code), entered.get(one.code)) for one in COMPONENTS)
    return Index766(unit, period, tuple(lines))


def _of_procedures(session: Session, unit: ReportUnit, period: Period) -> dict[str, Rate]:
    """Return the components that count procedures offered by the unit, as of now."""
    offered = set(session.scalars(_offered(unit)))
    complete = set(session.scalars(_offered(unit).where(ProcedureVersion.status == "ready")))
    online = set(session.scalars(_offered(unit).where(ProcedureVersion.id.in_(online_versions()))))
    asked = told_facts(session, unit, period).where(condition(and_(IN_PERIOD, ONLINE), period.bounds()))
    used = set(session.scalars(asked.with_only_columns(DossierFact.procedure_id).distinct()))
    return {
        "1.3": Rate(len(complete), len(offered)),
        "3.1": Rate(len(online), len(offered)),
        "3.2": Rate(len(online & used), len(online)),
    }


def _offered(unit: ReportUnit) -> Select[int]:
    return (
        select(Procedure.id)
        .join(ProcedureVersion, ProcedureVersion.id == Procedure.current_version_id)
        .join(Offering, Offering.procedure_id == Procedure.id)
        .where(Offering.is_open, Offering.unit_id.in_(unit.unit_ids))
        .distinct()
    )


def online_versions() -> Select[int]:
    """Return the versions of procedures that can be filed online: those with a limit of that channel."""
    return select(ProcedureLimit.version_id).where(
        ProcedureLimit.channel == Channel.ONLINE.value,
        func.coalesce(ProcedureLimit.committed, ProcedureLimit.statutory).is_not(None),
    )


def _entered(session: Session, unit: ReportUnit, period: Period) -> dict[str, Entered]:
    rows = session.scalars(
        select(IndexEntry)
        .join(Unit, Unit.id == IndexEntry.unit_id)
        .where(
            Unit.code == unit.code,
            IndexEntry.first_day == period.first_day,
            IndexEntry.end_day == period.end_day,
        )
    )
    return {
        row.component: Entered(
            row.numerator,
            row.denominator,
            None if row.official_points is None else Decimal(row.official_points) / 100,
            row.source,
            row.entered_by,
        )
        for row in rows
    }
