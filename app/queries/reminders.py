"""How an authority reminds (cách nhắc hạn của cơ quan), for the page that sets it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.db.reminding import ladders, quiet_minutes
from app.domain.ladder import Rung


@dataclass(frozen=True, slots=True)
class Reminders:
    """The rungs in force, the hours of the stuck radar, and whether they are this authority's own."""

    ladder: tuple[Rung, ...]
    stuck_hours: int
    is_own: bool


def reminders_of(session: Session, unit_id: int) -> Reminders:
    """Return how an authority reminds."""
    rungs, quiet = ladders(session), quiet_minutes(session)
    return Reminders(rungs.of(unit_id), quiet.of(unit_id) // 60, unit_id in rungs.own or unit_id in quiet.own)
