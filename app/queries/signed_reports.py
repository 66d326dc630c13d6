"""Reports to be signed and signed ones (báo cáo trình ký, đã ký): what they tell, and what the facts tell now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db.models import ReportSigning, SignedReport, StoredFile, Unit
from app.domain.closed_forms import CLOSED_FORMS
from app.domain.closing import FORM, SumsBroken, UnknownLeft
from app.domain.periods import Period, between
from app.domain.reports import Form06a, ReportUnit, RowsBy
from app.domain.signed_reports import ReportNotClosed, ReportRef, SignedReportShown, SigningShown, changed
from app.domain.table_reports import FORMS
from app.queries.figures import counts_now, form06a_on_paper
from app.queries.report_scope import report_unit
from app.queries.table_reports import CountedTable, table
from workflows.errors import RuleBroken

MOST = 25


@dataclass(frozen=True, slots=True)
class Printable:
    """A report counted for signing: its form, its total, and why it cannot be signed yet, if so."""

    ref: ReportRef
    counted: Form06a | CountedTable
    total: Mapping[str, int]
    refused: RuleBroken | None


@dataclass(frozen=True, slots=True)
class SignedFile:
    """One report of the list with its unit, its days and its stored file."""

    shown: SignedReportShown
    unit: ReportUnit
    period: Period
    by: RowsBy
    file_id: int


def printable(session: Session, ref: ReportRef) -> Printable:
    """Return the report as it would be signed now."""
    if ref.form == FORM:
        form = form06a_on_paper(session, ref.unit, ref.period, by=ref.by)
        refused: RuleBroken | None = None if form.balances else SumsBroken()
        if form.closed is None:
            refused = UnknownLeft(count=form.unknown) if form.unknown else ReportNotClosed()
        return Printable(ref, form, form.total.cells, refused)
    found = table(session, FORMS[ref.form], ref.unit, ref.period, ref.by)
    return Printable(ref, found, found.total.cells, None if found.balances else SumsBroken())


def reports_of(session: Session, unit: ReportUnit, period: Period) -> tuple[SignedFile, ...]:
    """Return what was prepared and signed of a unit's period, the newest first; what was withdrawn is left out."""
    rows = session.scalars(
        select(SignedReport)
        .join(Unit, Unit.id == SignedReport.unit_id)
        .where(Unit.code == unit.code, SignedReport.state != "withdrawn")
        .where(SignedReport.first_day == period.first_day, SignedReport.end_day == period.end_day)
        .order_by(SignedReport.id.desc())
    )
    return tuple(_file(session, row, unit.code) for row in rows)


def one_of(session: Session, report_id: int, codes: frozenset[str]) -> SignedFile | None:
    """Return a report by its id if it is of one of these units and was not withdrawn."""
    row = session.get(SignedReport, report_id)
    code = session.scalars(select(Unit.code).where(Unit.id == row.unit_id)).one() if row else ""
    return _file(session, row, code) if row and row.state != "withdrawn" and code in codes else None


def _file(session: Session, row: SignedReport, code: str) -> SignedFile:
    unit = report_unit(session, code, descendants=row.descendants)
    period = between(row.first_day, row.end_day)
    form = CLOSED_FORMS[row.form]
    now = counts_now(session, unit, period, form.figures)
    shown = SignedReportShown(
        row.id,
        row.form,
        form.title,
        row.version,
        row.state,
        row.prepared_by,
        row.prepared_at,
        row.signed_by,
        row.signed_at,
        changed(row.total, now),
        _signing(session, row.id),
    )
    return SignedFile(shown, unit, period, RowsBy(row.rows_by), row.file_id)


def _signing(session: Session, report_id: int) -> SigningShown | None:
    row = session.get(ReportSigning, report_id)
    return SigningShown(row.state, row.intended_at, row.tries, row.error, row.reason) if row else None


@dataclass(frozen=True, slots=True)
class HeldReport:
    """A signed report to be put under a timestamp."""

    report_id: int
    signer_id: int
    storage_id: str
    key_sealed: bytes


def due_for_time(session: Session, at: datetime) -> tuple[HeldReport, ...]:
    """Return the held reports to try again now, the longest waiting first."""
    found = session.execute(
        select(ReportSigning.report_id, ReportSigning.user_id, StoredFile.storage_id, StoredFile.key_sealed)
        .join(SignedReport, SignedReport.id == ReportSigning.report_id)
        .join(StoredFile, StoredFile.id == ReportSigning.file_id)
        .where(ReportSigning.state == "held", ReportSigning.next_at <= at, SignedReport.state == "prepared")
        .order_by(ReportSigning.next_at)
        .limit(MOST)
    )
    return tuple(HeldReport(*row) for row in found)


def signer_of(session: Session, report_id: int) -> int | None:
    """Return the account whose signature a report carries or is about to."""
    return session.scalar(select(ReportSigning.user_id).where(ReportSigning.report_id == report_id))
