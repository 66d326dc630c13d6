"""An administrator's first run on an empty home (lần chạy đầu): own agency, its desk, its hours, its administrator.

There is no default account. The terminal prints a secret, good for thirty minutes and for one use; whoever
can read that terminal is whom the operator trusts with the house.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from app.db.models import Setting, Unit, UserAccount
from app.db.unit_of_work import UnitOfWork
from app.domain import checks
from app.domain.passwords import check_password
from app.domain.people import Actor, Role
from app.domain.vietnamese import fold, place_key, sort_key
from app.services import units, working_days
from app.services.accounts import PRODUCT_WORDS, NewAccount, create_account
from workflows.errors import RuleBroken
from workflows.opening import OpeningHours
from workflows.states import ActorKind

SETTING = "setup_secret"
LIFETIME = timedelta(minutes=30)
SETTING_UP = Actor(ActorKind.STAFF, "Thiết lập ban đầu")


class AlreadySetUp(RuleBroken):
    """The house has an administrator; the first run is over."""

    code = "already_set_up"
    sentence = "Hệ thống đã được thiết lập. Vui lòng đăng nhập bằng tài khoản quản trị."
    status = 404


class SetupSecretWrong(RuleBroken):
    """The secret of the terminal is wrong, used, or older than thirty minutes."""

    code = "setup_secret_wrong"
    sentence = (
        "Mã thiết lập chưa đúng hoặc đã quá 30 phút. "
        "Vui lòng xem lại màn hình lệnh; muốn có mã mới, chạy lại “motcua up”."
    )


@dataclass(frozen=True, slots=True)
class Agency:
    """The authority that the house is for, as its administrator typed it."""

    code: str
    name: str
    short_name: str
    kind: str
    province_code: str
    province_name: str
    address: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class FirstAdministrator:
    """The first account: who, and the password they chose."""

    login: str
    name: str
    password: str


def is_needed(uow: UnitOfWork) -> bool:
    """Tell whether nobody can sign in yet."""
    return uow.session.scalar(select(UserAccount.id).limit(1)) is None


def issue_secret(uow: UnitOfWork, at: datetime) -> str | None:
    """Return a fresh setup secret, replacing an older one; None when the house is set up."""
    if not is_needed(uow):
        return None
    secret = secrets.token_hex(8)
    row = _setting(uow) or Setting(unit_id=None, name=SETTING, value=None)
    row.value = {"digest": _digest(secret), "until": (at + LIFETIME).isoformat()}
    uow.session.add(row)
    return secret


def check_secret(uow: UnitOfWork, secret: str, at: datetime) -> None:
    """Raise AlreadySetUp or SetupSecretWrong unless `secret` may set up this house at `at`."""
    if not is_needed(uow):
        raise AlreadySetUp
    row = _setting(uow)
    kept = row.value if row is not None and isinstance(row.value, dict) else None
    right = kept is not None and hmac.compare_digest(kept["digest"], _digest(secret.strip().lower()))
    if kept is None or not right or datetime.fromisoformat(kept["until"]) <= at:
        raise SetupSecretWrong(where="secret")


def set_up(
    uow: UnitOfWork,
    *,
    secret: str,
    agency: Agency,
    administrator: FirstAdministrator,
    hours: OpeningHours,
    at: datetime,
) -> NewAccount:
    """Make the agency with its desk, the working calendar and the first administrator, all or nothing.

    Raises AlreadySetUp, SetupSecretWrong, what the checks of names and codes raise, or a password's refusal.
    """
    check_secret(uow, secret, at)
    about = (administrator.login, administrator.name, agency.name, *PRODUCT_WORDS)
    check_password(administrator.password, about=about, where="password")
    authority = _agency(uow, agency, at)
    desk = units.add_unit(
        uow,
        SETTING_UP,
        units.NewUnit(f"{authority.code}.1", _desk_name(agency), "Một cửa", "desk", authority.id),
        at,
    )
    calendar = working_days.with_hours(uow, hours)
    authority.calendar_id = calendar.id
    made = create_account(
        uow,
        SETTING_UP,
        at,
        login=administrator.login,
        name=administrator.name,
        unit_id=authority.id,
        roles=[Role.ADMIN],
        password=administrator.password,
    )
    row = _setting(uow)
    if row is not None:
        uow.session.delete(row)  # used once
    uow.note("house:set_up", ("house", "setup"), SETTING_UP, at, agency=authority.code, desk_id=desk.id)
    return made


def _agency(uow: UnitOfWork, agency: Agency, at: datetime) -> Unit:
    """Return the own authority: an imported one with this code becomes ours, else it is made."""
    code = units.check_code(uow, agency.code, where="code", may_exist=True)
    name = checks.text(agency.name, what="tên cơ quan", where="name")
    unit = uow.session.scalar(select(Unit).where(Unit.code == code)) or Unit(code=code, kind=agency.kind)
    province = None if agency.kind == "province" else _province(uow, agency)
    unit.name, unit.short_name, unit.kind = name, agency.short_name or name, agency.kind
    unit.name_key, unit.name_fold, unit.name_sort = place_key(name), fold(name), sort_key(name)
    unit.address, unit.phone, unit.is_own = agency.address, agency.phone, True
    unit.parent_id = province.id if province else None
    uow.session.add(unit)
    uow.session.flush()
    unit.root_id = unit.id
    uow.note("unit:made_own", ("unit", str(unit.id)), SETTING_UP, at, code=code, unit_kind=agency.kind)
    return unit


def _province(uow: UnitOfWork, agency: Agency) -> Unit | None:
    """Return the province above the agency: known by its identifier, or made from its name."""
    name = checks.text(agency.province_name, what="tỉnh, thành phố", where="province_name")
    code = agency.province_code.strip().upper() or agency.code.strip().upper().split(".")[0]
    if code == agency.code.strip().upper():
        return None
    known = uow.session.scalar(select(Unit).where(Unit.code == code))
    if known is not None:
        return known
    province = Unit(
        code=code,
        name=name,
        kind="province",
        name_key=place_key(name),
        name_fold=fold(name),
        name_sort=sort_key(name),
    )
    uow.session.add(province)
    uow.session.flush()
    province.root_id = province.id
    return province


def _desk_name(agency: Agency) -> str:
    """Return the usual name of the desk: a centre at a commune, a counter elsewhere."""
    if agency.kind == "commune":
        return f"Trung tâm Phục vụ hành chính công – {agency.short_name or agency.name}"
    return f"Quầy tiếp nhận – {agency.short_name or agency.name}"


def _setting(uow: UnitOfWork) -> Setting | None:
    return uow.session.scalar(select(Setting).where(Setting.unit_id.is_(None), Setting.name == SETTING))


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
