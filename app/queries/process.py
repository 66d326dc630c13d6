"""Stays at steps and times used (các lượt xử lý): what the process page and the process export are made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import String, and_, cast, func, select
from sqlalchemy.orm import Session, aliased

from app.db.models import Dossier, DossierClock, Event, Hop, LedgerEntry, ProcedureVersion, Unit
from app.domain.periods import Period
from app.domain.process import LoggedEvent, Minutes, Stay
from app.domain.reports import ReportUnit
from app.domain.statistics import FEWEST_FOR_A_RATE, percentile
from app.queries.work_rows import procedure_name

MOST = 20_000  # stays: the newest tell enough, and the page stays quick
BATCH = 1_000


@dataclass(frozen=True, slots=True)
class UsedTime:
    """One procedure: dossiers, and what they used in open minutes: ours, and theirs while the clock stood still."""

    procedure: str
    dossiers: int
    ours_half: float
    ours_most: float
    theirs_half: float
    theirs_most: float
    is_enough: bool  # enough dossiers to promise anything of it


def stays_of(session: Session, unit: ReportUnit, period: Period) -> tuple[Stay, ...]:
    """Return the stays that ended in the period at dossiers the unit settles, the oldest first."""
    here, sender = aliased(Unit), aliased(Unit)
    touched = (
        select(func.min(Event.at))
        .where(Event.subject_kind == "reading", Event.subject_id == cast(Hop.dossier_id, String))
        .where(Event.at >= Hop.handed_at, Event.at <= Hop.left_at, Event.user_id == Hop.user_id)
        .correlate(Hop)
        .scalar_subquery()
    )
    asked = (
        select(
            func.coalesce(Dossier.code, Dossier.filing_number),
            Hop.step_name,
            here.name,
            func.coalesce(sender.name, ""),
            Hop.handed_at,
            touched,
            Hop.left_at,
            Hop.action,
        )
        .join(Dossier, Dossier.id == Hop.dossier_id)
        .join(here, here.id == Hop.unit_id)
        .outerjoin(sender, sender.id == Hop.from_unit_id)
        .where(Dossier.is_published, Dossier.settling_unit_id.in_(unit.unit_ids))
        .where(Hop.left_at >= period.start, Hop.left_at < period.end)
        .order_by(Hop.id.desc())
        .limit(MOST)
    )
    return tuple(Stay(*row) for row in reversed(session.execute(asked).all()))


def used_times(session: Session, unit: ReportUnit, period: Period, minutes: Minutes) -> tuple[UsedTime, ...]:
    """Return what the dossiers that ended in the period used, by procedure, the most frequent first."""
    asked = (
        select(Dossier.id, procedure_name(), DossierClock.consumed_minutes)
        .join(DossierClock, DossierClock.dossier_id == Dossier.id)
        .join(ProcedureVersion, ProcedureVersion.id == Dossier.procedure_version_id)
        .where(Dossier.is_published, Dossier.settling_unit_id.in_(unit.unit_ids))
        .where(Dossier.ended_at >= period.start, Dossier.ended_at < period.end)
        .where(DossierClock.consumed_minutes.is_not(None))
        .limit(MOST)
    )
    waited = _stood_still(session, unit, period, minutes)
    used: dict[str, list[tuple[float, float]]] = {}
    for dossier_id, name, consumed in session.execute(asked):
        used.setdefault(name, []).append((float(consumed), waited.get(dossier_id, 0.0)))
    return tuple(
        _used(name, pairs) for name, pairs in sorted(used.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    )


def logged_events(session: Session, unit: ReportUnit, period: Period) -> Iterator[LoggedEvent]:
    """Yield the events of the dossiers received in the period, dossier by dossier, in their order."""
    asked = (
        select(
            func.coalesce(Dossier.code, Dossier.filing_number),
            procedure_name(),
            Unit.code,
            Dossier.channel,
            Event.seq,
            Event.kind,
            Event.at,
            Event.actor_kind,
            Event.user_id,
        )
        .join(Event, Event.dossier_id == Dossier.id)
        .join(ProcedureVersion, ProcedureVersion.id == Dossier.procedure_version_id)
        .join(Unit, Unit.id == Dossier.settling_unit_id)
        .where(Dossier.is_published, Dossier.settling_unit_id.in_(unit.unit_ids))
        .where(Dossier.received_at >= period.start, Dossier.received_at < period.end)
        .order_by(Dossier.id, Event.seq)
        .execution_options(yield_per=BATCH)
    )
    for row in session.execute(asked):
        yield LoggedEvent(*row)


def _stood_still(session: Session, unit: ReportUnit, period: Period, minutes: Minutes) -> Mapping[int, float]:
    asked = (
        select(Dossier.id, LedgerEntry.started_at, func.coalesce(LedgerEntry.ended_at, Dossier.ended_at))
        .join(LedgerEntry, and_(LedgerEntry.dossier_id == Dossier.id, LedgerEntry.kind == "suspension"))
        .where(Dossier.is_published, Dossier.settling_unit_id.in_(unit.unit_ids))
        .where(Dossier.ended_at >= period.start, Dossier.ended_at < period.end)
    )
    waited: dict[int, float] = {}
    for dossier_id, start, end in session.execute(asked):
        waited[dossier_id] = waited.get(dossier_id, 0.0) + minutes(start, max(start, end))
    return waited


def _used(name: str, pairs: list[tuple[float, float]]) -> UsedTime:
    ours, theirs = sorted(pair[0] for pair in pairs), sorted(pair[1] for pair in pairs)
    return UsedTime(
        name,
        len(pairs),
        percentile(ours, 0.5),
        percentile(ours, 0.9),
        percentile(theirs, 0.5),
        percentile(theirs, 0.9),
        len(pairs) >= FEWEST_FOR_A_RATE,
    )
