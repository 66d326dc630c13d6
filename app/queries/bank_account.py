"""The account that fees are paid into (tài khoản nhận phí, lệ phí), as set by the administrator."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db.models import Setting
from app.domain.vietqr import BankAccount

SETTING = "bank_account"


def bank_account(session: Session, unit_id: int) -> BankAccount | None:
    """Return the account of an authority, or None when it takes no transfers by QR."""
    value = session.scalar(select(Setting.value).where(Setting.unit_id == unit_id, Setting.name == SETTING))
    return BankAccount(**value) if isinstance(value, dict) else None
