"""The promise before it is made (hẹn trả dự kiến): when a dossier received now would be due, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.db.calendars import CalendarBook
from app.domain.version_parts import LimitLine
from workflows.deadlines import Projection, project
from workflows.ledger import Ledger
from workflows.limits import TimeLimit, label_vi


@dataclass(frozen=True, slots=True)
class Promise:
    """What the receive form shows beside it. The law's due stands beside the committed one."""

    committed: Projection
    statutory: Projection
    limit: str
    decision: str


def promise(
    session: Session, calendars: CalendarBook, terms: LimitLine, *, unit_id: int, received_at: datetime
) -> Promise:
    """Return the promise of a reception at `received_at` under `terms`, by the settling unit's calendar.

    Raises CalendarYearMissing when the due falls into a year that nobody has entered.
    """
    calendar, _version = calendars.of_unit(session, unit_id)
    law = TimeLimit.parse(terms.statutory or "", terms.cutoff)
    ours = TimeLimit.parse(terms.committed, terms.cutoff) if terms.committed else law
    ledger = Ledger(started_at=received_at)
    return Promise(
        committed=project(ours, ledger, calendar, at=received_at, with_trace=True),
        statutory=project(law, ledger, calendar, at=received_at),
        limit=label_vi(ours),
        decision=terms.decision_number,
    )
