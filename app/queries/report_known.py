"""What a row of a report is known for beside its dossiers: limits shortened, entered figures, its catalogue."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from sqlalchemy import case, distinct, func, select
from sqlalchemy.orm import Session, aliased

from app.db.models import Dossier, DossierFact, Offering, Procedure, ProcedureVersion, Unit
from app.db.predicates import condition
from app.domain.evaluation_forms import COMPLETE, EVALUATION, OFFERED, OFFERED_ONLINE
from app.domain.figures import IN_PERIOD
from app.domain.mission_forms import LEAST, MEAN, MOST, SHORTENED
from app.domain.periods import Period
from app.domain.reports import ReportUnit, RowsBy
from app.domain.table_form import TWO, TableForm, Told
from app.queries.closed_reports import told_facts
from app.queries.entered_figures import entered_by_unit
from app.queries.index_766 import online_versions
from app.queries.report_rows import Rows, fact_of
from workflows.limits import TimeLimit, shortened_percent


def known_of(
    session: Session, form: TableForm, by: RowsBy, *, unit: ReportUnit, period: Period
) -> Mapping[str | None, Told]:
    """Return what is known by the key of a row, of the total under None; nothing for forms that ask for nothing."""
    if form.id == SHORTENED.id:
        return _shortenings(session, by, unit, period)
    if form.id == EVALUATION.id and by is RowsBy.UNIT:
        return {**evaluation_known(session, unit, period)}
    return {}


def evaluation_known(session: Session, unit: ReportUnit, period: Period) -> Mapping[str, Told]:
    """Return by authority what the evaluation reads beside dossiers: entered figures, and counts of the catalogue."""
    known: dict[str, dict[str, Decimal | None]] = {}
    for code, items in entered_by_unit(session, unit, period).items():
        known[code] = {name: Decimal(one.value) for name, one in items.items()}
    for code, offered, complete, online in _catalogue(session, unit):
        counted = {OFFERED: Decimal(offered), COMPLETE: Decimal(complete), OFFERED_ONLINE: Decimal(online)}
        known.setdefault(code, {}).update(counted)
    return known


def _shortenings(session: Session, by: RowsBy, unit: ReportUnit, period: Period) -> Mapping[str | None, Told]:
    """Return by row how many percent of the law's time is cut for the dossiers received: on average, least, most.

    Each dossier counts with the limits it was received under, whatever its procedure says today.
    """
    asked = (
        told_facts(session, unit, period)
        .where(condition(IN_PERIOD, period.bounds()))
        .join(Dossier, Dossier.id == DossierFact.dossier_id)
        .where(Dossier.statutory_limit.is_not(None))
        .with_only_columns(fact_of(by), Dossier.statutory_limit, Dossier.committed_limit, func.count())
        .group_by(fact_of(by), Dossier.statutory_limit, Dossier.committed_limit)
    )
    rows, found = Rows(session, by), dict[str | None, Counter[int]]()
    for value, statutory, committed, dossiers in session.execute(asked):
        for key in (rows.of(value)[0], None):
            found.setdefault(key, Counter())[_percent(statutory, committed)] += dossiers
    return {key: _told(percents) for key, percents in found.items()}


@lru_cache(maxsize=4096)
def _percent(statutory: str, committed: str | None) -> int:
    return shortened_percent(TimeLimit.parse(committed), TimeLimit.parse(statutory)) if committed else 0


def _told(percents: Counter[int]) -> Told:
    mean = Decimal(sum(percent * dossiers for percent, dossiers in percents.items())) / percents.total()
    return {MEAN: mean.quantize(TWO, ROUND_HALF_UP), LEAST: Decimal(min(percents)), MOST: Decimal(max(percents))}


def _catalogue(session: Session, unit: ReportUnit) -> list[tuple[str, int, int, int]]:
    """Return code, procedures open, of these complete, of these online, of each authority, as of now."""
    seat, authority = aliased(Unit), aliased(Unit)
    complete = case((ProcedureVersion.status == "ready", Procedure.id))
    online = case((ProcedureVersion.id.in_(online_versions()), Procedure.id))
    asked = (
        select(
            authority.code,
            func.count(distinct(Procedure.id)),
            func.count(distinct(complete)),
            func.count(distinct(online)),
        )
        .select_from(seat)
        .join(Offering, Offering.unit_id == seat.id)
        .join(Procedure, Procedure.id == Offering.procedure_id)
        .join(ProcedureVersion, ProcedureVersion.id == Procedure.current_version_id)
        .join(authority, authority.id == func.coalesce(seat.root_id, seat.id))
        .where(Offering.is_open, seat.id.in_(unit.unit_ids))
        .group_by(authority.code)
    )
    return [(row[0], row[1], row[2], row[3]) for row in session.execute(asked)]
