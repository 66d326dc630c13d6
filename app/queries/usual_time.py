"""How long such dossiers usually take (thời gian giải quyết thường gặp), counted in working days."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db.models import Dossier, DossierClock, Procedure, ProcedureVersion
from workflows.states import State

PAST = timedelta(days=365)
FEWEST = 30  # below this a share says more about single people than about the desk
MOST = 1_000  # the newest dossiers are enough, and the look-up stays short
LONGEST = 6  # days: the last bar holds everything longer


@dataclass(frozen=True, slots=True)
class UsualTime:
    """Dossiers by working days used, the last bar open-ended, and by when half and nine tenths were done."""

    counts: tuple[int, ...]
    half: int
    most: int
    total: int
    since: date


def usual_time(
    session: Session, procedure_code: str, settling_unit_id: int, *, minutes_a_day: int, at: datetime
) -> UsualTime | None:
    """Return the distribution over the last year at one authority, or None with fewer than thirty dossiers."""
    versions = (
        select(ProcedureVersion.id)
        .join(Procedure, Procedure.id == ProcedureVersion.procedure_id)
        .where(Procedure.code == procedure_code)
    )
    minutes = session.scalars(
        select(DossierClock.consumed_minutes)
        .join(Dossier, Dossier.id == DossierClock.dossier_id)
        .where(
            Dossier.settling_unit_id == settling_unit_id,
            Dossier.state.in_((State.FINISHED, State.RETURNED)),
            Dossier.procedure_version_id.in_(versions),
            Dossier.ended_at >= at - PAST,
            DossierClock.consumed_minutes.is_not(None),
        )
        .order_by(Dossier.id.desc())
        .limit(MOST)
    ).all()
    days = sorted(max(-(-used // minutes_a_day), 1) for used in minutes if used is not None)
    return _shape(days, (at - PAST).date()) if len(days) >= FEWEST else None


def _shape(days: list[int], since: date) -> UsualTime:
    counted = Counter(min(used, LONGEST) for used in days)
    return UsualTime(
        tuple(counted[number] for number in range(1, LONGEST + 1)),
        days[len(days) // 2],
        days[min(len(days) * 9 // 10, len(days) - 1)],
        len(days),
        since,
    )
