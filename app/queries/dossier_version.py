"""The event number a screen would show now (phiên bản hồ sơ), for an act that follows another at once."""

from __future__ import annotations

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.db.models import Dossier
from app.db.scope import scope_filter
from app.domain.identifiers import normal_number
from app.domain.people import Staff


def version_of(session: Session, staff: Staff, number: str) -> int | None:
    """Return the dossier's last event number, or None outside the person's part."""
    wanted = normal_number(number)
    named = or_(Dossier.code == wanted, Dossier.filing_number == wanted)
    return session.scalar(select(Dossier.event_seq).where(named, scope_filter(staff)))
