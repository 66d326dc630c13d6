"""Recovery codes (mã khôi phục): ten ways in without the phone, each once. Only keyed digests of them are kept.

Twelve digits, so that the same numeric keyboard types them; forty bits are enough behind a keyed digest and the
throttle of signing in.
"""

from __future__ import annotations

import re
import secrets
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from app.db.models import RecoveryCode, UserAccount
from app.db.unit_of_work import UnitOfWork
from app.services.sessions import self_acting
from app.vault import Vault

HOW_MANY = 10
_DIGITS = 12
_TYPED = re.compile(r"\d{12}")


def issue(uow: UnitOfWork, user: UserAccount, at: datetime) -> tuple[str, ...]:
    """Give `user` ten new codes, `1234-5678-9012`, to be shown once; those of before hold no longer."""
    withdraw(uow, user)
    codes: dict[str, None] = {}
    while len(codes) < HOW_MANY:
        codes[f"{secrets.randbelow(10**_DIGITS):0{_DIGITS}d}"] = None
    uow.session.add_all(
        RecoveryCode(user_id=user.id, code_mac=_mac(uow.vault, user, code), created_at=at) for code in codes
    )
    uow.note("user:recovery_codes_issued", ("user", str(user.id)), self_acting(user), at, count=HOW_MANY)
    return tuple("-".join(code[start : start + 4] for start in (0, 4, 8)) for code in codes)


def withdraw(uow: UnitOfWork, user: UserAccount) -> None:
    """Let no code of `user` hold any longer."""
    uow.session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))


def matching(db: Session, vault: Vault, user: UserAccount, typed: str) -> int | None:
    """Return which unused code of `user` was typed, with or without dashes; None for a wrong one."""
    digits = re.sub(r"[\s-]", "", typed)
    if not (digits.isascii() and _TYPED.fullmatch(digits)):
        return None
    return db.scalar(
        select(RecoveryCode.id).where(
            RecoveryCode.user_id == user.id,
            RecoveryCode.code_mac == _mac(vault, user, digits),
            RecoveryCode.used_at.is_(None),
        )
    )


def spend(uow: UnitOfWork, user: UserAccount, code_id: int, at: datetime) -> bool:
    """Use a code up; False when it was just used by somebody else."""
    ours = (RecoveryCode.id == code_id, RecoveryCode.user_id == user.id, RecoveryCode.used_at.is_(None))
    used = uow.session.execute(update(RecoveryCode).where(*ours).values(used_at=at).returning(RecoveryCode.id)).first()
    if used is None:
        return False
    uow.note("user:recovery_code_used", ("user", str(user.id)), self_acting(user), at, left=left(uow.session, user.id))
    return True


def left(db: Session, user_id: int) -> int:
    """Return how many codes of an account are still unused."""
    unused = select(func.count()).where(RecoveryCode.user_id == user_id, RecoveryCode.used_at.is_(None))
    return db.scalar(unused) or 0


def _mac(vault: Vault, user: UserAccount, digits: str) -> str:
    return vault.mac(digits, f"recovery_codes:{user.uid}")
