"""Where results lie (chỗ để kết quả), by dossier."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db.models import ResultShelf


def places(session: Session, dossier_ids: Sequence[int]) -> Mapping[int, str]:
    """Return the place of each dossier that has one."""
    wanted = select(ResultShelf.dossier_id, ResultShelf.place).where(ResultShelf.dossier_id.in_(dossier_ids))
    return {row.dossier_id: row.place for row in session.execute(wanted)}
