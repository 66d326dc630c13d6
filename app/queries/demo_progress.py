"""Whether the demo's dossiers are there already."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.db.models import Dossier


def lives_begun(session: Session) -> int:
    """Return how many dossiers the demo made."""
    made = select(func.count()).select_from(Dossier).where(Dossier.request_id.like("demo-%"))
    return session.scalar(made) or 0
