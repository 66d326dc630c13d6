"""A signed report as anybody may check it (báo cáo đã ký): whose, of which days, whether its figures moved."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db.models import SignedReport, StoredFile, Unit
from app.domain.closed_forms import CLOSED_FORMS
from app.domain.periods import between
from app.domain.signed_reports import changed
from app.queries.figures import counts_now
from app.queries.issued_papers import IssuedPaper, Replacement
from app.queries.report_scope import report_unit
from workflows.calendar import VIETNAM


def report_by_digest(session: Session, digest_mac: str) -> IssuedPaper | None:
    """Return the report whose signed file has exactly these bytes; None when it is not ours."""
    row = session.scalars(
        select(SignedReport)
        .join(StoredFile, StoredFile.id == SignedReport.file_id)
        .where(StoredFile.digest_mac == digest_mac, SignedReport.state == "signed")
    ).first()
    return _paper(session, row) if row and row.signed_at else None


def _paper(session: Session, row: SignedReport) -> IssuedPaper:
    unit = session.get_one(Unit, row.unit_id)
    period = between(row.first_day, row.end_day)
    form = CLOSED_FORMS[row.form]
    now = counts_now(session, report_unit(session, unit.code, descendants=row.descendants), period, form.figures)
    return IssuedPaper(
        title=f"{form.title}, {period.title}",
        symbol="",
        issued_on=row.signed_at.astimezone(VIETNAM).date() if row.signed_at else None,
        agency=unit.name,
        holder="",
        replaced_by=_newer(session, row),
        moved_cells=len(changed(row.total, now)),
        is_report=True,
    )


def _newer(session: Session, row: SignedReport) -> Replacement | None:
    newer = session.scalars(
        select(SignedReport)
        .where(
            SignedReport.form == row.form,
            SignedReport.unit_id == row.unit_id,
            SignedReport.descendants == row.descendants,
            SignedReport.rows_by == row.rows_by,
            SignedReport.first_day == row.first_day,
            SignedReport.end_day == row.end_day,
            SignedReport.state == "signed",
            SignedReport.version > row.version,
        )
        .order_by(SignedReport.version.desc())
    ).first()
    if newer is None or newer.signed_at is None:
        return None
    return Replacement(f"bản {newer.version}", newer.signed_at.astimezone(VIETNAM).date(), "")
