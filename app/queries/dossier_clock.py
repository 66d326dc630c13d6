"""The clocks of one dossier (thời hạn): committed and statutory, under both readings, with the why."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import facts
from app.db.calendars import CalendarBook
from app.db.models import Dossier, Hop
from app.queries.dossier_values import ClockShown
from workflows.calendar import WorkingCalendar
from workflows.deadlines import project
from workflows.ledger import Reading
from workflows.limits import label_vi
from workflows.readings import readings
from workflows.steps import opening_minutes


def clock_shown(
    session: Session, dossier: Dossier, calendars: CalendarBook, *, at: datetime, reading: Reading
) -> ClockShown | None:
    """Return where both clocks stand at `at`, or None before reception or without a limit.

    `other` is the committed clock under the reading that was not asked for.
    """
    ledger = facts.ledger_of(session, dossier)
    committed, statutory = facts.limits_of(dossier)
    if ledger is None or committed is None:
        return None
    calendar, _version = calendars.of_unit(session, dossier.settling_unit_id)
    other = Reading.RESTART if reading is Reading.SUBTRACT else Reading.SUBTRACT
    shown = ClockShown(
        committed=project(committed, ledger, calendar, at=at, reading=reading, with_trace=True),
        statutory=project(statutory, ledger, calendar, at=at, reading=reading) if statutory else None,
        other=project(committed, ledger, calendar, at=at, reading=other) if ledger.suspensions else None,
        committed_limit=label_vi(committed),
        statutory_limit=label_vi(statutory) if statutory else "",
        decision=dossier.limit_decision,
        step_due_at=None,
        step_minutes=0,
        step_used=0,
        started_at=ledger.started_at,
        is_extended=ledger.extension is not None,
        readings=readings(committed, ledger, calendar, at=at) if ledger.suspensions else None,
        readings_by_law=readings(statutory, ledger, calendar, at=at) if ledger.suspensions and statutory else None,
    )
    return _with_step(session, dossier, shown, calendar, at)


def _with_step(
    session: Session, dossier: Dossier, shown: ClockShown, calendar: WorkingCalendar, at: datetime
) -> ClockShown:
    hop = session.scalars(
        select(Hop).where(Hop.dossier_id == dossier.id, Hop.left_at.is_(None)).order_by(Hop.ordinal.desc()).limit(1)
    ).first()
    if hop is None or hop.due_at is None:
        return shown
    used = calendar.working_minutes_between(hop.handed_at, max(at, hop.handed_at))
    allotted = opening_minutes(hop.allotted_minutes, calendar)
    return replace(shown, step_due_at=hop.due_at, step_minutes=allotted, step_used=used)
