"""What a row of a report is known for beside its dossiers: limits shortened, entered figures, its catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

from sqlalchemy import and_, case, distinct, func, select
from sqlalchemy.orm import Session, aliased

from app.db.models import Dossier, DossierFact, Offering, Procedure, ProcedureLimit, ProcedureVersion, Unit
from app.db.predicates import condition
from app.domain.evaluation_forms import COMPLETE, EVALUATION, OFFERED, OFFERED_ONLINE
from app.domain.figures import IN_PERIOD
from app.domain.mission_forms import MEAN, SHORTENED
from app.domain.periods import Period
from app.domain.reports import ReportUnit, RowsBy
from app.domain.table_form import TWO, TableForm, Told
from app.queries.closed_reports import told_facts
from app.queries.entered_figures import entered_by_unit
from app.queries.index_766 import online_versions
from app.queries.report_rows import Rows, fact_of


def known_of(
    session: Session, form: TableForm, by: RowsBy, *, unit: ReportUnit, period: Period
) -> Mapping[str | None, Told]:
    """Return what is known by the key of a row, of the total under None; nothing for forms that ask for nothing."""
    if form.id == SHORTENED.id:
        limits = _shortened(session) if by is RowsBy.PROCEDURE else {}
        means = _mean_shortening(session, by, unit, period)
        return {key: {**limits.get(key or "", {}), MEAN: mean} for key, mean in means.items()}
    if form.id == EVALUATION.id and by is RowsBy.UNIT:
        return {**evaluation_known(session, unit, period)}
    return {}


def evaluation_known(session: Session, unit: ReportUnit, period: Period) -> Mapping[str, Told]:
    """Return by authority what the evaluation reads beside dossiers: entered figures, and counts of the catalogue."""
    known: dict[str, dict[str, Decimal | None]] = {}
    for code, items in entered_by_unit(session, period).items():
        known[code] = {name: Decimal(one.value) for name, one in items.items()}
    for code, offered, complete, online in _catalogue(session, unit):
        counted = {OFFERED: Decimal(offered), COMPLETE: Decimal(complete), OFFERED_ONLINE: Decimal(online)}
        known.setdefault(code, {}).update(counted)
    return known


def _shortened(session: Session) -> Mapping[str, Told]:
    share = func.coalesce(ProcedureLimit.percent, 0)
    found = session.execute(
        select(Procedure.code, func.min(share), func.max(share))
        .join(ProcedureLimit, ProcedureLimit.version_id == Procedure.current_version_id)
        .where(ProcedureLimit.statutory.is_not(None))
        .group_by(Procedure.code)
    )
    return {code: {"shortened.least": Decimal(least), "shortened.most": Decimal(most)} for code, least, most in found}


def _mean_shortening(
    session: Session, by: RowsBy, unit: ReportUnit, period: Period
) -> Mapping[str | None, Decimal]:
    """Return by row how many percent of the statutory time is cut, on average over the dossiers received."""
    share = func.coalesce(ProcedureLimit.percent, 0)
    limit = and_(
        ProcedureLimit.version_id == Dossier.procedure_version_id, ProcedureLimit.channel == DossierFact.channel
    )
    asked = (
        told_facts(session, unit, period)
        .where(condition(IN_PERIOD, period.bounds()))
        .join(Dossier, Dossier.id == DossierFact.dossier_id)
        .join(ProcedureLimit, limit)
        .where(ProcedureLimit.statutory.is_not(None))
        .with_only_columns(fact_of(by), func.sum(share), func.count())
        .group_by(fact_of(by))
    )
    rows, sums = Rows(session, by), dict[str | None, list[int]]()
    for value, percent, dossiers in session.execute(asked):
        for key in (rows.of(value)[0], None):
            cut = sums.setdefault(key, [0, 0])
            cut[0], cut[1] = cut[0] + int(percent), cut[1] + dossiers
    return {key: (Decimal(cut) / dossiers).quantize(TWO, ROUND_HALF_UP) for key, (cut, dossiers) in sums.items()}


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
