"""What to clean before report day (việc cần dọn): conditions on open dossiers, shared by the list and the reminder."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, case, exists, func, select

from app.db.models import Dossier, DossierClock, LedgerEntry, NationalCopy, SupplementRequest
from workflows.states import OPEN_STATES, State


class Untidy(StrEnum):
    """Why a dossier spoils a report; the first that applies is told."""

    RESULT_OUT = "result_out"  # the result is out and the dossier was never finished
    EXPIRED = "expired"  # the applicant's time to supplement is over
    NO_DUE = "no_due"
    OVERDUE = "overdue"  # without a suspension or a new appointment that would explain it
    NOT_SYNCED = "not_synced"  # the national portal was asked after its reception and did not know it


def untidy(now: datetime, today: date) -> ColumnElement[str]:
    """Return which reason applies to a dossier joined with its clock; NULL where nothing is to be done."""
    suspended = func.coalesce(DossierClock.is_suspended, False)
    unanswered = exists().where(
        SupplementRequest.dossier_id == Dossier.id,
        SupplementRequest.answered_at.is_(None),
        SupplementRequest.answer_by < today,
    )
    explained = exists().where(LedgerEntry.dossier_id == Dossier.id, LedgerEntry.kind != "declared")
    return case(
        (Dossier.result_notice_at.is_not(None), Untidy.RESULT_OUT.value),
        (and_(Dossier.state == State.AWAITING_SUPPLEMENT.value, unanswered), Untidy.EXPIRED.value),
        (and_(DossierClock.due_at.is_(None), suspended.is_(False)), Untidy.NO_DUE.value),
        (and_(DossierClock.due_at <= now, ~explained), Untidy.OVERDUE.value),
        (_not_synced(), Untidy.NOT_SYNCED.value),
    )


def is_open() -> ColumnElement[bool]:
    """Return the condition that a dossier counts as pending."""
    return and_(Dossier.is_published, Dossier.state.in_(sorted(state.value for state in OPEN_STATES)))


def _not_synced() -> ColumnElement[bool]:
    """Return the condition that the portal's newest list was taken after the reception and lacks the dossier."""
    newest = select(func.max(NationalCopy.checked_at)).scalar_subquery()
    return and_(Dossier.received_at < newest, ~exists().where(NationalCopy.dossier_id == Dossier.id))
