"""Keys of linked systems as administrators see them (khóa kết nối): whose, for what, last used; no secret."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select, true
from sqlalchemy.orm import Session

from app.db.models import ApiKey, Unit
from app.domain.people import Staff


@dataclass(frozen=True, slots=True)
class ApiKeyRow:
    """One key; `revoked_at` is set once it is taken back, `last_used_at` is told to the minute."""

    id: int
    unit_id: int
    unit_code: str
    unit_name: str
    name: str
    scopes: tuple[str, ...]
    per_minute: int
    created_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None


def keys_for(session: Session, staff: Staff) -> tuple[ApiKeyRow, ...]:
    """Return the keys of the administrator's authority, of a province's all; living ones first, then the newest."""
    rows = session.execute(
        select(ApiKey, Unit.code, Unit.name)
        .join(Unit, Unit.id == ApiKey.unit_id)
        .where(_theirs(session, staff))
        .order_by(ApiKey.revoked_at.is_not(None), ApiKey.id.desc())
    )
    return tuple(
        ApiKeyRow(
            row.id,
            row.unit_id,
            code,
            name,
            row.name,
            tuple(row.scopes),
            row.per_minute,
            row.created_at,
            row.last_used_at,
            row.revoked_at,
        )
        for row, code, name in rows
    )


def units_with_keys(session: Session, staff: Staff) -> tuple[tuple[int, str], ...]:
    """Return the authorities that the administrator may give a key to, by name."""
    rows = session.execute(
        select(Unit.id, Unit.name, Unit.code)
        .where(_theirs(session, staff), Unit.kind.not_in(("division", "desk")))
        .order_by(Unit.name_sort, Unit.code)
    )
    return tuple((row.id, f"{row.name} ({row.code})") for row in rows)


def _theirs(session: Session, staff: Staff) -> ColumnElement[bool]:
    if session.get_one(Unit, staff.root_unit_id).kind == "province":
        return true()
    return or_(Unit.id == staff.root_unit_id, Unit.root_id == staff.root_unit_id)
