"""The 766 index of a unit and a period (chỉ số 766): dossiers counted, procedures counted, entries read."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app.db.models import (
    DossierFact,
    Offering,
    Procedure,
    ProcedureFee,
    ProcedureLimit,
    ProcedureVersion,
)
from app.db.predicates import condition
from app.db.sql_words import local_minute
from app.domain.channels import Channel
from app.domain.closed_entries import INDEX
from app.domain.figures import BACKWARDS, IN_PERIOD, ONLINE
from app.domain.index_766 import BY_VNEID, COMPONENTS, FORMULAS, PAID_ONLINE, is_for_citizens
from app.domain.index_lines import Entered, Index766, line_of
from app.domain.periods import Period
from app.domain.predicates import Predicate, and_, not_
from app.domain.rate_formulas import FINISHED
from app.domain.rates import Rate
from app.domain.reports import ReportUnit
from app.domain.table_form import ONE
from app.queries.closed_reports import told_facts
from app.queries.entered_figures import entries_told, index_entries_of
from app.queries.figures import rates
from workflows.instants import MINUTES_A_DAY


def index_766(session: Session, unit: ReportUnit, period: Period) -> Index766:
    """Return every component of groups 1 to 5, in the order of the decision."""
    counted = {
        **{name.removeprefix("index_766."): rate for name, rate in rates(session, unit, period, FORMULAS).items()},
        **_of_procedures(session, unit, period),
    }
    entered = _entered(session, unit, period)
    days = {"2.2": _mean_days(session, unit, period)}
    lines = (line_of(one, counted.get(one.code), entered.get(one.code), days.get(one.code)) for one in COMPONENTS)
    return Index766(unit, period, tuple(lines))


def _of_procedures(session: Session, unit: ReportUnit, period: Period) -> dict[str, Rate]:
    """Return the components that count procedures offered by the unit, as of now."""
    offered = set(session.scalars(_offered(unit)))
    complete = set(session.scalars(_offered(unit).where(ProcedureVersion.status == "ready")))
    online = set(session.scalars(_offered(unit).where(ProcedureVersion.id.in_(online_versions()))))
    charged = set(session.scalars(_offered(unit).where(ProcedureVersion.id.in_(_with_fee()))))

    def used(which: Predicate) -> set[int]:
        asked = told_facts(session, unit, period).where(condition(and_(IN_PERIOD, which), period.bounds()))
        return set(session.scalars(asked.with_only_columns(DossierFact.procedure_id).distinct()))

    rates_told = {
        "1.3": Rate(len(complete), len(offered)),
        "3.1": Rate(len(online), len(offered)),
        "3.2": Rate(len(online & used(ONLINE)), len(online)),
        "3.5b": Rate(len(charged & used(PAID_ONLINE)), len(charged)),
    }
    citizens = _of_citizens(session, unit)
    if citizens is not None:
        rates_told["4.5a"] = Rate(len(citizens & used(BY_VNEID)), len(citizens))
    return rates_told


def _of_citizens(session: Session, unit: ReportUnit) -> set[int] | None:
    """Return the procedures that citizens do; None where the catalogue does not name the subjects of each."""
    named = session.execute(_offered(unit).add_columns(ProcedureVersion.subject)).all()
    told = {procedure_id: is_for_citizens(subject) for procedure_id, subject in named}
    return None if None in told.values() else {procedure_id for procedure_id, is_so in told.items() if is_so}


def _with_fee() -> Select[int]:
    """Return the versions with a fee; one whose amount the catalogue leaves open is a fee too."""
    return select(ProcedureFee.version_id).where(func.coalesce(ProcedureFee.amount_vnd, 1) > 0)


def _mean_days(session: Session, unit: ReportUnit, period: Period) -> Decimal | None:
    """Return the mean time from reception to result in days of 24 hours, one decimal; None where none was finished."""
    asked = told_facts(session, unit, period).where(condition(and_(FINISHED, not_(BACKWARDS)), period.bounds()))
    taken = local_minute(DossierFact.ended_at) - local_minute(DossierFact.received_at)
    minutes, dossiers = session.execute(asked.with_only_columns(func.sum(taken), func.count())).one()
    if not dossiers:
        return None
    return (Decimal(int(minutes)) / (dossiers * MINUTES_A_DAY)).quantize(ONE, ROUND_HALF_UP)


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
    """Return by component the counts that the period is told by, and the official points as last entered."""
    found = {
        row.component: Entered(
            None,
            None,
            None if row.official_points is None else Decimal(row.official_points) / 100,
            row.source,
            row.entered_by,
        )
        for row in session.scalars(index_entries_of(unit, period))
    }
    for one in entries_told(session, unit, period):
        if one.item.startswith(INDEX):
            component, whole = one.item.removeprefix(INDEX), one.numbers[1] if len(one.numbers) > 1 else None
            official = found[component].official if component in found else None
            found[component] = Entered(one.numbers[0], whole, official, one.source, one.by)
    return found
