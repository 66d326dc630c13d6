"""History of another system in this house (dữ liệu chuyển vào): how much of a report it is."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.db.models import Dossier, ImportRun
from app.domain.periods import Period
from app.domain.reports import ReportUnit
from app.domain.vietnamese_format import number


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


def notes(session: Session, unit: ReportUnit, period: Period) -> tuple[str, ...]:
    """Return what a printed form says of such history, in Vietnamese: how much it is, and whether more still comes."""
    moved_in = received(session, unit, period)
    half_done = session.scalars(select(ImportRun).where(ImportRun.state == "running")).first()
    told = [f"Trong số tiếp nhận trong kỳ có {number(moved_in)} hồ sơ chuyển từ hệ thống cũ."] if moved_in else []
    if half_done is not None:
        done = min(half_done.rows, half_done.batches_done * half_done.batch_rows)
        far = f"{number(done)}/{number(half_done.rows)} dòng của tệp {half_done.file_name}"
        told.append(f"Đang nhập dở hồ sơ từ hệ thống cũ: {far}; số liệu còn thay đổi.")
    return tuple(told)
