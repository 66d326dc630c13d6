"""By when papers are handed on (hạn chuyển hồ sơ giấy), derived for a page."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app.db.calendars import CalendarBook
from app.db.models import Dossier
from app.domain.channels import Channel
from app.domain.forwarding import forward_due
from workflows.states import State


def forward_due_at(session: Session, dossier: Dossier, calendars: CalendarBook) -> datetime | None:
    """Return by when the papers of a received dossier are handed on; None once they were, and for online ones."""
    if State(dossier.state) is not State.RECEIVED or dossier.received_at is None:
        return None
    calendar, _version = calendars.of_unit(session, dossier.receiving_unit_id)
    return forward_due(Channel(dossier.channel), dossier.received_at, calendar)
