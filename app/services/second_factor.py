"""The second factor (xác thực hai lớp): a code from an authenticator app, TOTP of RFC 6238, used once."""

from __future__ import annotations

import hmac
from datetime import datetime

import pyotp

from app.db.models import UserAccount
from app.db.unit_of_work import UnitOfWork
from app.domain.people import Staff
from app.services import passwords, recovery_codes, sessions
from app.services.accounts import CurrentPasswordWrong, administering
from workflows.errors import RuleBroken

ISSUER = "Một cửa"
STEP = 30  # seconds a code lives


class CodeWrong(RuleBroken):
    """The typed code does not belong to the secret just shown."""

    code = "totp_code_wrong"
    sentence = "Mã 6 chữ số chưa đúng. Kiểm tra giờ trên điện thoại rồi nhập mã mới nhất."


class SecondFactorOff(RuleBroken):
    """Recovery codes belong to a second factor that is switched on."""

    code = "second_factor_off"
    sentence = "Chưa bật xác thực hai lớp nên không cần mã khôi phục."


def new_secret() -> str:
    """Return a fresh secret for an authenticator app, base32, 160 bits."""
    return pyotp.random_base32()


def address_for_app(secret: str, login: str) -> str:
    """Return the otpauth address that an authenticator app reads from a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=ISSUER)


def matching_step(secret: str, code: str, at: datetime) -> int | None:
    """Return the time step whose code was typed: the present one or a neighbour (±30 s); None for a wrong code."""
    # As bytes: compare_digest raises for letters outside ASCII.
    totp, now, typed = pyotp.TOTP(secret), int(at.timestamp()) // STEP, code.replace(" ", "").encode()
    steps = (now, now - 1, now + 1)
    return next((step for step in steps if hmac.compare_digest(totp.generate_otp(step).encode(), typed)), None)


def place_of(user: UserAccount) -> str:
    """Return where in the vault's terms the secret of `user` lies."""
    return f"users.totp_sealed:{user.uid}"


def switch_on(
    uow: UnitOfWork, staff: Staff, *, secret: str, code: str, current: str, at: datetime
) -> tuple[str, ...]:
    """Ask for a code from now on; return ten recovery codes, to be shown once.

    Raises CurrentPasswordWrong or CodeWrong; every session ends.
    """
    user = _proven(uow, staff, current)
    step = matching_step(secret, code, at)
    if step is None:
        raise CodeWrong(where="code")
    user.totp_sealed, user.totp_last_step = uow.vault.seal_text(secret, place_of(user)), step
    sessions.close_all(uow, user.id, at)
    uow.note("user:second_factor_on", ("user", str(user.id)), administering(staff), at)
    return recovery_codes.issue(uow, user, at)


def renew_codes(uow: UnitOfWork, staff: Staff, *, current: str, at: datetime) -> tuple[str, ...]:
    """Return ten new recovery codes, to be shown once; the old ones hold no longer.

    Raises CurrentPasswordWrong, or SecondFactorOff where there is nothing to recover.
    """
    user = _proven(uow, staff, current)
    if user.totp_sealed is None:
        raise SecondFactorOff(where="current")
    return recovery_codes.issue(uow, user, at)


def switch_off(uow: UnitOfWork, staff: Staff, *, current: str, at: datetime) -> None:
    """Ask for the password alone again. Raises CurrentPasswordWrong; every session ends."""
    user = _proven(uow, staff, current)
    user.totp_sealed = user.totp_last_step = None
    recovery_codes.withdraw(uow, user)
    sessions.close_all(uow, user.id, at)
    uow.note("user:second_factor_off", ("user", str(user.id)), administering(staff), at)


def _proven(uow: UnitOfWork, staff: Staff, current: str) -> UserAccount:
    user = uow.session.get_one(UserAccount, staff.user_id, with_for_update=True)
    if not passwords.matches(user.password_hash, current):
        raise CurrentPasswordWrong(where="current")
    return user
