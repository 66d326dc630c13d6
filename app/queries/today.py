"""The quiet column beside the work list (số liệu hôm nay): what was done today, and the money of the day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.db.models import Dossier, Event, Payment
from app.domain.money import DRAWER
from app.domain.people import Staff

RECEIVED, RETURNED = "dossier:received", "dossier:returned"


@dataclass(frozen=True, slots=True)
class TodayNumbers:
    """Counts and whole đồng since `since`: the person's own acts and their own till."""

    received: int
    returned: int
    received_here: int
    cash_vnd: int
    transfer_vnd: int

    @property
    def money_vnd(self) -> int:
        """All that the person took in."""
        return self.cash_vnd + self.transfer_vnd


def today_numbers(session: Session, staff: Staff, since: datetime, until: datetime) -> TodayNumbers:
    """Return what `staff` and their authority did from `since` up to `until` (half-open)."""
    acts = _own_acts(session, staff, since, until)
    till = _till(session, staff, since, until)
    return TodayNumbers(
        received=acts.get(RECEIVED, 0),
        returned=acts.get(RETURNED, 0),
        received_here=_received_here(session, staff, since, until),
        cash_vnd=sum(amount for method, amount in till.items() if method in DRAWER),
        transfer_vnd=sum(amount for method, amount in till.items() if method not in DRAWER),
    )


def _own_acts(session: Session, staff: Staff, since: datetime, until: datetime) -> Mapping[str, int]:
    found = session.execute(
        select(Event.kind, func.count())
        .where(Event.user_id == staff.user_id, Event.at >= since, Event.at < until)
        .where(Event.kind.in_((RECEIVED, RETURNED)))
        .group_by(Event.kind)
    )
    return {row[0]: row[1] for row in found}


def _till(session: Session, staff: Staff, since: datetime, until: datetime) -> Mapping[str, int]:
    found = session.execute(
        select(Payment.method, func.sum(Payment.amount_vnd))
        .where(Payment.user_id == staff.user_id, Payment.paid_at >= since, Payment.paid_at < until)
        .group_by(Payment.method)
    )
    return {method: int(amount) for method, amount in found}


def _received_here(session: Session, staff: Staff, since: datetime, until: datetime) -> int:
    in_time = (Dossier.received_at >= since, Dossier.received_at < until)
    here = select(func.count(Dossier.id)).where(Dossier.receiving_unit_id == staff.root_unit_id, *in_time)
    return session.scalar(here) or 0
