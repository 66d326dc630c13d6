"""Accounts of staff (tài khoản cán bộ): made by an administrator, owned by their person; every grant is an event.

A change of role, unit or password raises `rights_version` or ends the sessions: the old rights are gone at
the next request, in every process.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from app.db.models import Membership, Unit, UserAccount
from app.db.unit_of_work import UnitOfWork
from app.domain import checks
from app.domain.passwords import check_password, one_time_password
from app.domain.people import Actor, Role, Staff
from app.services import passwords, sessions
from workflows.errors import RuleBroken
from workflows.states import ActorKind

PRODUCT_WORDS = ("motcua", "một cửa")


class LoginTaken(RuleBroken):
    """Two people cannot sign in under one name."""

    code = "login_taken"
    sentence = "Tên đăng nhập “{login}” đã có người dùng. Vui lòng chọn tên khác, ví dụ thêm tên phòng."


class LoginNotPlain(RuleBroken):
    """A login is written without diacritics or spaces."""

    code = "login_not_plain"
    sentence = "Tên đăng nhập chỉ gồm chữ không dấu, số, dấu chấm, gạch ngang, từ 3 đến 40 ký tự (ví dụ hoa.nt)."


class NoSuchAccount(RuleBroken):
    """The account is not one of this administrator's authority."""

    code = "no_such_account"
    sentence = "Không tìm thấy tài khoản này. Vui lòng mở lại danh sách tài khoản."
    status = 404


class RolesNeeded(RuleBroken):
    """An account without a role can do nothing."""

    code = "roles_needed"
    sentence = "Chưa chọn vai trò nào. Vui lòng chọn ít nhất một vai trò."


class RolesExclude(RuleBroken):
    """Who configures the house does not also check it, and sees no dossier (tách quyền)."""

    code = "roles_exclude"
    sentence = "“{first}” và “{second}” không được giao cho cùng một tài khoản. Vui lòng tạo hai tài khoản."


class CurrentPasswordWrong(RuleBroken):
    """A password is changed only by who knows the present one."""

    code = "current_password_wrong"
    sentence = "Mật khẩu hiện tại chưa đúng. Vui lòng nhập lại."


class LastAdministrator(RuleBroken):
    """Somebody must be able to administer the house."""

    code = "last_administrator"
    sentence = "Đây là quản trị viên cuối cùng còn hoạt động. Vui lòng tạo quản trị viên khác trước."


@dataclass(frozen=True, slots=True)
class NewAccount:
    """A new account and the password to begin with, which is shown once and kept nowhere."""

    user_id: int
    login: str
    name: str
    one_time_password: str


def administering(staff: Staff) -> Actor:
    """Return `staff` as the actor of an event about the house itself."""
    return Actor(ActorKind.STAFF, staff.name, staff.user_id, staff.unit_id)


def create_account(
    uow: UnitOfWork,
    by: Actor,
    at: datetime,
    *,
    login: str,
    name: str,
    unit_id: int,
    roles: Iterable[Role],
    title: str = "",
    phone: str = "",
    password: str | None = None,
    is_demo: bool = False,
) -> NewAccount:
    """Make an account with its roles in its unit. Without `password`, a one-time one is made.

    Raises LoginNotPlain, LoginTaken, RolesNeeded, RolesExclude, or what `checks.text` raises.
    """
    held = check_roles(roles)
    begin_with = password or one_time_password()
    user = UserAccount(
        login=_free_login(uow, login),
        name=checks.text(name, what="họ và tên", where="name"),
        title=checks.text(title, what="chức vụ", where="title", required=False),
        phone=phone,
        unit_id=unit_id,
        password_hash=passwords.hash_password(begin_with),
        must_change_password=password is None,
        is_demo=is_demo,
        created_at=at,
    )
    uow.session.add(user)
    uow.session.flush()
    uow.note("user:created", ("user", str(user.id)), by, at, login=user.login, unit_id=unit_id)
    _set_roles(uow, user, held, by, at)
    return NewAccount(user.id, user.login, user.name, begin_with)


def set_roles(uow: UnitOfWork, by: Staff, user_id: int, roles: Iterable[Role], *, at: datetime) -> None:
    """Give a colleague exactly these roles; their sessions end. Raises NoSuchAccount, RolesNeeded,
    RolesExclude or LastAdministrator."""
    held = check_roles(roles)
    user = account_of(uow, by, user_id)
    if Role.ADMIN not in held:
        _keep_an_administrator(uow, user)
    _set_roles(uow, user, held, administering(by), at)
    user.rights_version += 1


def reset_password(uow: UnitOfWork, by: Staff, user_id: int, at: datetime) -> NewAccount:
    """Give a colleague a new one-time password and end their sessions. Raises NoSuchAccount."""
    user = account_of(uow, by, user_id)
    begin_with = one_time_password()
    user.password_hash, user.must_change_password = passwords.hash_password(begin_with), True
    ended = sessions.close_all(uow, user.id, at)
    uow.note("user:password_reset", ("user", str(user.id)), administering(by), at, sessions_ended=ended)
    return NewAccount(user.id, user.login, user.name, begin_with)


def set_active(uow: UnitOfWork, by: Staff, user_id: int, active: bool, *, at: datetime) -> None:
    """Let an account sign in, or no longer; its sessions end. Raises NoSuchAccount or LastAdministrator."""
    user = account_of(uow, by, user_id)
    if user.is_active == active:
        return
    if not active:
        _keep_an_administrator(uow, user)
    user.is_active = active
    sessions.close_all(uow, user.id, at)
    uow.note("user:enabled" if active else "user:disabled", ("user", str(user.id)), administering(by), at)


def change_password(uow: UnitOfWork, staff: Staff, *, current: str, new: str, at: datetime) -> None:
    """Set the person's own password and end all their sessions. Raises CurrentPasswordWrong or what
    `check_password` raises."""
    user = uow.session.get_one(UserAccount, staff.user_id, with_for_update=True)
    if not passwords.matches(user.password_hash, current):
        raise CurrentPasswordWrong(where="current")
    about = (user.login, user.name, staff.unit_name, staff.root_unit_name, *PRODUCT_WORDS)
    check_password(new, about=about, has_totp=user.totp_sealed is not None)
    user.password_hash, user.must_change_password = passwords.hash_password(new), False
    ended = sessions.close_all(uow, user.id, at)
    uow.note("user:password_changed", ("user", str(user.id)), administering(staff), at, sessions_ended=ended)


def prove_self(uow: UnitOfWork, staff: Staff, password: str) -> None:
    """Raise CurrentPasswordWrong unless `password` is the person's own: before an act that a thief would want."""
    user = uow.session.get_one(UserAccount, staff.user_id)
    if not passwords.matches(user.password_hash, password):
        raise CurrentPasswordWrong(where="current")


def check_roles(roles: Iterable[Role]) -> frozenset[Role]:
    """Return the roles as a set. Raises RolesNeeded, or RolesExclude for administrator beside any other."""
    held = frozenset(roles)
    if not held:
        raise RolesNeeded(where="roles")
    others = sorted(held - {Role.ADMIN})
    if Role.ADMIN in held and others:
        raise RolesExclude(where="roles", first=Role.ADMIN.value, second=others[0].value)
    return held


def account_of(uow: UnitOfWork, by: Staff, user_id: int) -> UserAccount:
    """Return an account of the administrator's own authority, locked. Raises NoSuchAccount."""
    user = uow.session.get(UserAccount, user_id, with_for_update=True)
    unit = uow.session.get(Unit, user.unit_id) if user else None
    if user is None or unit is None or by.root_unit_id not in (unit.root_id, unit.id):
        raise NoSuchAccount
    return user


def _free_login(uow: UnitOfWork, login: str) -> str:
    plain = login.strip().lower()
    if not 3 <= len(plain) <= 40 or not all(c.isascii() and (c.isalnum() or c in ".-_") for c in plain):
        raise LoginNotPlain(where="login")
    if uow.session.scalar(select(UserAccount.id).where(UserAccount.login == plain)) is not None:
        raise LoginTaken(where="login", login=plain)
    return plain


def _set_roles(uow: UnitOfWork, user: UserAccount, roles: frozenset[Role], by: Actor, at: datetime) -> None:
    before = set(uow.session.scalars(select(Membership.role).where(Membership.user_id == user.id)))
    uow.session.execute(delete(Membership).where(Membership.user_id == user.id))
    uow.session.add_all(Membership(user_id=user.id, unit_id=user.unit_id, role=role.value) for role in sorted(roles))
    uow.session.flush()
    granted, withdrawn = sorted(roles - before), sorted(before - roles)
    uow.note("user:roles_set", ("user", str(user.id)), by, at, granted=granted, withdrawn=withdrawn)


def _keep_an_administrator(uow: UnitOfWork, user: UserAccount) -> None:
    administrators = set(
        uow.session.scalars(
            select(UserAccount.id)
            .join(Membership, Membership.user_id == UserAccount.id)
            .where(Membership.role == Role.ADMIN.value, UserAccount.is_active)
        )
    )
    if administrators == {user.id}:
        raise LastAdministrator
