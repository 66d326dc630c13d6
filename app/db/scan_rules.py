"""The rows of scan resolution in force here (độ phân giải): the administrator's, or those of the program."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db.models import Setting
from app.domain.scan_rules import SETTING, ScanRule, rules_of


def scan_rules(session: Session) -> tuple[ScanRule, ...]:
    """Return the rows, those of the setting before ours."""
    stored = session.scalars(select(Setting.value).where(Setting.unit_id.is_(None), Setting.name == SETTING)).first()
    return rules_of(stored if isinstance(stored, list) else None)
