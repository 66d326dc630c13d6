"""Units by their identifiers (tra cứu đơn vị)."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db.models import Unit


def unit_id_by_code(session: Session, code: str) -> int:
    """Return the id of the unit with this electronic identifier. Raises LookupError for an unknown one."""
    found = session.scalars(select(Unit.id).where(Unit.code == code)).first()
    if found is None:
        raise LookupError(code)
    return found
