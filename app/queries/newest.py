"""The newest event (sự kiện mới nhất): one number that changes with everything that is done."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.db.models import Event


def newest_event(session: Session) -> int:
    """Return the id of the newest event, 0 in an empty house."""
    return session.scalar(select(func.max(Event.id))) or 0
