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


def code_of(session: Session, unit_id: int) -> str:
    """Return the electronic identifier of a unit. Raises NoResultFound for an unknown one."""
    return session.scalars(select(Unit.code).where(Unit.id == unit_id)).one()
