"""Entry later than reception (nhập muộn, nhập bù): the true time and the time of typing are both kept.

On the same day a reason is enough, and the dossier is flagged; a reception of an earlier day waits for a leader.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from app.db.models import Correction, Dossier
from app.db.unit_of_work import UnitOfWork
from app.domain import checks
from app.domain.corrections import LATE_ENTRY, moment_of
from app.domain.people import Role, Staff, acting
from app.domain.vietnamese_format import short_date, short_moment
from app.services import notices, submission
from app.services.correcting import put_down, values_of, waiting
from app.services.correction_errors import LateEntryWaits
from app.services.drafts import DraftOwner
from app.services.errors import LateEntryNeedsLeader, LateEntryNeedsReason, ReceivedInFuture
from app.services.filing import local_day
from app.services.values import Filed, Reception
from workflows.states import ActorKind

_SAME_TIME = timedelta(minutes=2)  # typed while it was received


def needs_leader(staff: Staff, received_at: datetime | None, at: datetime) -> bool:
    """Tell whether `staff` may enter a reception of that time only with a leader's word."""
    return received_at is not None and local_day(received_at) < local_day(at) and not staff.has(Role.LEADER)


def true_time(
    uow: UnitOfWork, staff: Staff, dossier: Dossier, reception: Reception | None, at: datetime
) -> tuple[datetime, str]:
    """Return when the dossier was really received, and why it is entered later ("" where it is not).

    A time that a leader has confirmed stands. Raises ReceivedInFuture, LateEntryNeedsReason, LateEntryNeedsLeader,
    LateEntryWaits.
    """
    confirmed = _confirmed(uow, dossier)
    if confirmed is not None:
        return confirmed
    true = reception.received_at if reception else None
    if true is None or abs(true - at) < _SAME_TIME:
        return at, ""
    if true > at:
        raise ReceivedInFuture(where="received_at", received=short_moment(true))
    reason = reception.late_reason.strip() if reception else ""
    if not reason:
        raise LateEntryNeedsReason(where="late_reason", received=short_moment(true))
    if needs_leader(staff, true, at):
        raise LateEntryNeedsLeader(where="received_at", day=short_date(local_day(true)))
    return true, reason


def file_for_leader(uow: UnitOfWork, staff: Staff, reception: Reception, at: datetime) -> Filed:
    """Write down a reception of an earlier day and lay it before the leaders; it has no code until one confirms.

    The same `request_id` twice gives the first answer again. Raises the refusals of filing, LateEntryNeedsReason.
    """
    true = reception.received_at or at
    reason = checks.paragraph(reception.late_reason, what="lý do nhập bù", where="late_reason")
    by = acting(staff, ActorKind.CLERK)
    filed = submission.file_online(uow, reception.filing, owner=DraftOwner(user_id=staff.user_id), by=by, at=at)
    dossier = uow.session.get_one(Dossier, filed.dossier_id)
    if waiting(uow, dossier) is not None or _confirmed(uow, dossier) is not None:
        return filed
    made = put_down(uow, dossier, staff, field=LATE_ENTRY, old="", new=true.isoformat(), reason=reason, at=at)
    told = notices.facts_of(uow, dossier) | {"received": short_moment(true), "by": staff.name}
    people = notices.leaders_of(uow, dossier.receiving_unit_id, at)
    notices.tell(uow, people, "late_entry", told, about=dossier, at=at)
    uow.record(
        "dossier:late_entry_proposed", dossier, by, at, correction=made.id, received_at=true.isoformat(), reason=reason
    )
    return filed


def _confirmed(uow: UnitOfWork, dossier: Dossier) -> tuple[datetime, str] | None:
    """Return the time and reason that a leader confirmed, None without a late entry. Raises LateEntryWaits."""
    if uow.newborns.of(dossier):
        return None
    rows = select(Correction).where(Correction.dossier_id == dossier.id, Correction.field == LATE_ENTRY)
    made = uow.session.scalars(rows.order_by(Correction.id.desc()).limit(1)).first()
    if made is None or made.state == "declined":
        return None
    true = moment_of(values_of(uow, made)[1])
    if made.state == "proposed":
        raise LateEntryWaits(where="received_at", day=short_date(local_day(true)))
    return true, made.reason
