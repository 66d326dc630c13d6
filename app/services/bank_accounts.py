"""The account that fees are paid into by QR (tài khoản nhận phí, lệ phí): a setting of the authority."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db.models import Setting
from app.db.unit_of_work import UnitOfWork
from app.domain.people import Staff
from app.domain.vietqr import BankAccount
from app.services.accounts import administering, prove_self

SETTING = "bank_account"


def set_account(uow: UnitOfWork, staff: Staff, account: BankAccount | None, password: str, at: datetime) -> None:
    """Set or clear (None) the account of the administrator's authority, after their own password.

    Raises CurrentPasswordWrong: whoever changes where the money goes proves who they are.
    """
    prove_self(uow, staff, password)
    row = _row(uow.session, staff.root_unit_id)
    if row is None:
        row = Setting(unit_id=staff.root_unit_id, name=SETTING, value=None)
        uow.session.add(row)
    row.value = asdict(account) if account else None
    bank, number = (account.bank_bin, account.number) if account else ("", "")
    subject = ("unit", str(staff.root_unit_id))
    uow.note("unit:bank_account_set", subject, administering(staff), at, bank=bank, number=number)


def _row(session: Session, unit_id: int) -> Setting | None:
    return session.scalars(select(Setting).where(Setting.unit_id == unit_id, Setting.name == SETTING)).first()
