"""Signing in (đăng nhập): the check, which reads and takes its time, apart from what it writes.

Hashing costs tens of milliseconds; it must not be done while holding the database's only writer.
An unknown account, a wrong password and a wrong code get the same answer after the same work.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db.models import UserAccount
from app.db.unit_of_work import UnitOfWork
from app.services import passwords, recovery_codes, throttle
from app.services.second_factor import matching_step, place_of
from app.services.sessions import Opened, Visitor, open_session, self_acting
from app.vault import Vault
from workflows.errors import RuleBroken


class SignInRefused(RuleBroken):
    """Account, password or code is wrong; which one is not said."""

    code = "sign_in_refused"
    sentence = "Tên đăng nhập, mật khẩu hoặc mã xác thực chưa đúng. Vui lòng kiểm tra rồi nhập lại."


class SignInTooSoon(RuleBroken):
    """Too many failures: the next try has to wait."""

    code = "sign_in_too_soon"
    sentence = "Đã thử sai nhiều lần. Vui lòng đợi {wait} rồi đăng nhập lại; không cần báo quản trị mở khóa."
    status = 429


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody typed to sign in; never logged."""

    login: str
    password: str
    totp: str = ""

    @property
    def account(self) -> str:
        """The login as accounts and counters know it."""
        return self.login.strip().lower()[:100]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer of the check: whose account it is, or nobody's."""

    user_id: int | None
    totp_step: int | None = None
    recovery_code: int | None = None
    fresh_hash: str | None = None


def check(db: Session, vault: Vault, typed: Typed, at: datetime, *, visitor: Visitor) -> Verdict:
    """Return whose credentials were typed, without writing anything. Raises SignInTooSoon, before any work."""
    wait = max(
        throttle.waiting_time(db, throttle.ACCOUNT, typed.account, at),
        throttle.waiting_time(db, throttle.ADDRESS, visitor.address, at),
    )
    if wait:
        raise SignInTooSoon(wait=_words(wait), seconds=int(wait.total_seconds()))
    user = db.scalar(select(UserAccount).where(UserAccount.login == typed.account))
    known = user is not None and user.is_active
    right = passwords.matches(user.password_hash if known and user else None, typed.password)
    if not right or user is None:
        return Verdict(None)
    step = _totp_step(vault, user, typed.totp, at)
    recovery = None
    if user.totp_sealed is not None and step is None:
        recovery = recovery_codes.matching(db, vault, user, typed.totp)
        if recovery is None:
            return Verdict(None)
    outdated = passwords.is_outdated(user.password_hash)
    fresh = passwords.hash_password(typed.password) if outdated else None
    return Verdict(user.id, step, recovery, fresh)


def refuse(uow: UnitOfWork, typed: Typed, at: datetime, *, visitor: Visitor) -> None:
    """Count a failure for the account's name and for the address; a known account's chain remembers it too."""
    throttle.count_failure(uow.session, throttle.ACCOUNT, typed.account, at)
    throttle.count_failure(uow.session, throttle.ADDRESS, visitor.address, at)
    user = uow.session.scalar(select(UserAccount).where(UserAccount.login == typed.account).with_for_update())
    if user is not None:
        uow.note("session:refused", ("user", str(user.id)), self_acting(user), at, address=visitor.address)


def admit(uow: UnitOfWork, verdict: Verdict, at: datetime, *, lifetime: timedelta, visitor: Visitor) -> Opened:
    """Open a session for a good verdict and return it. Raises SignInRefused when the code was just used."""
    user = uow.session.get(UserAccount, verdict.user_id, with_for_update=True)
    if user is None or not user.is_active or _is_replayed(user, verdict.totp_step):
        raise SignInRefused
    if verdict.recovery_code is not None and not recovery_codes.spend(uow, user, verdict.recovery_code, at):
        raise SignInRefused
    user.totp_last_step = verdict.totp_step or user.totp_last_step
    user.password_hash = verdict.fresh_hash or user.password_hash
    throttle.forgive(uow.session, throttle.ACCOUNT, user.login)
    return open_session(uow, user, at, lifetime=lifetime, visitor=visitor)


def _totp_step(vault: Vault, user: UserAccount, code: str, at: datetime) -> int | None:
    """Return the time step whose code was typed (the present one or a neighbour), or None."""
    if user.totp_sealed is None:
        return None
    step = matching_step(vault.open_text(user.totp_sealed, place_of(user)), code, at)
    return None if step is None or _is_replayed(user, step) else step


def _is_replayed(user: UserAccount, step: int | None) -> bool:
    return step is not None and user.totp_last_step is not None and step <= user.totp_last_step


def _words(wait: timedelta) -> str:
    seconds = int(wait.total_seconds()) + 1
    return f"{seconds} giây" if seconds < 60 else f"{-(-seconds // 60)} phút"
