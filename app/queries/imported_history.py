"""History of another system in this house (dữ liệu chuyển vào): how much of a report it is."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.db.models import Dossier, ImportRun
from app.domain.periods import Period
from app.domain.reports import ReportUnit


def received(session: Session, unit: ReportUnit, period: Period) -> int:
    """Return how many of the dossiers received in the period came in with another system's history."""
    if session.scalar(select(ImportRun.id).limit(1)) is None:
        return 0  # most houses never import: nobody counts there
    moved_in = select(func.count()).where(
        Dossier.receiving_unit_id.in_(unit.unit_ids),
        Dossier.received_at >= period.start,
        Dossier.received_at < period.end,
        Dossier.is_imported,
        Dossier.is_published,
    )
    return session.scalar(moved_in) or 0
