"""Signed reports that wait for a timestamp (báo cáo chờ dấu thời gian): tried again, or released by a decision.

A report that is held was signed once and keeps that signature; the timestamp is added to it, or after the hold a
leader gives it out without, with a reason. Until then nobody outside has seen the file, so it has one version.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from app.db.models import ReportSigning, SignedReport
from app.db.unit_of_work import UnitOfWork
from app.domain import checks
from app.domain.people import Role, Staff
from app.domain.signed_reports import ReportNotPrepared
from app.domain.vietnamese_format import short_moment
from app.services.attachments import keep
from app.services.errors import HeldTooShort, NoRight
from app.services.release_times import HOLD, LEASE, PAUSES
from app.services.signed_reports import give_out, note
from app.services.values import KeptFile, NewFile


def take(uow: UnitOfWork, report_id: int, at: datetime) -> bool:
    """Claim a report that is due, so that two processes do not ask for one timestamp twice; False when it is taken."""
    signing = _held(uow, report_id)
    if signing is None or signing.next_at is None or signing.next_at > at:
        return False
    signing.next_at = at + LEASE
    return True


def stamped(uow: UnitOfWork, report_id: int, kept: KeptFile, signer: Staff, at: datetime) -> None:
    """Give a held report out under its timestamp; one that was withdrawn meanwhile stays so."""
    signing, row = _held(uow, report_id), uow.session.get_one(SignedReport, report_id)
    if signing is None or row.state != "prepared":
        return
    file = NewFile(kept, "application/pdf", 1, f"{row.form}.pdf", origin="signed")
    signing.file_id, signing.state, signing.next_at, signing.error = keep(uow, file, at=at).id, "timed", None, ""
    give_out(uow, row, signing, signer, at)


def not_stamped(uow: UnitOfWork, report_id: int, why: str, at: datetime) -> None:
    """Keep why a try failed and when the next comes."""
    signing = _held(uow, report_id)
    if signing is None:
        return
    signing.error, signing.tries = why[:500], signing.tries + 1
    signing.next_at = at + PAUSES[min(signing.tries, len(PAUSES) - 1)]


def release_without(
    uow: UnitOfWork, staff: Staff, report_id: int, *, reason: str, signer: Staff, at: datetime
) -> None:
    """Give a held report out without a timestamp, by a leader's recorded decision.

    Raises NoRight, ReportNotPrepared, HeldTooShort before the hold is over.
    """
    row, signing = uow.session.get(SignedReport, report_id), _held(uow, report_id)
    if row is None or row.unit_id != staff.root_unit_id or not staff.has(Role.LEADER):
        raise NoRight(who="lãnh đạo đơn vị báo cáo")
    if signing is None or signing.signed_at is None or row.state != "prepared":
        raise ReportNotPrepared
    if at < signing.signed_at + HOLD:
        raise HeldTooShort(where="reason", until=short_moment(signing.signed_at + HOLD))
    signing.reason = checks.paragraph(reason, what="lý do", where="reason")
    signing.state, signing.next_at, signing.released_by = "untimed", None, staff.user_id
    note(uow, "report:released_without_time", row, staff, at, reason=signing.reason)
    give_out(uow, row, signing, signer, at)


def _held(uow: UnitOfWork, report_id: int) -> ReportSigning | None:
    return uow.session.scalars(
        select(ReportSigning)
        .where(ReportSigning.report_id == report_id, ReportSigning.state == "held")
        .with_for_update()
    ).one_or_none()
