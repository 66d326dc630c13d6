"""Authorities and divisions (đơn vị, bộ phận) as their administrator changes them; every change is an event."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.db.models import Hop, Unit, UserAccount
from app.db.unit_of_work import UnitOfWork
from app.domain import checks
from app.domain.people import Actor, Staff
from app.domain.vietnamese import fold, place_key, sort_key
from app.services.accounts import administering
from workflows.errors import RuleBroken

# Electronic identifiers: H44, H44.105, H44.105.2, G22.99… (QCVN 102:2016/BTTTT as amended).
_CODE = re.compile(r"^[A-Z]\d{2}(\.\d{1,4}){0,4}$")


class UnitCodeWrong(RuleBroken):
    """An electronic identifier has the shape H44.105 or H44.105.2."""

    code = "unit_code"
    sentence = "Mã định danh “{typed}” chưa đúng dạng (ví dụ H44.105, bộ phận H44.105.2). Vui lòng nhập lại."


class UnitCodeTaken(RuleBroken):
    """Two units cannot have one identifier."""

    code = "unit_code_taken"
    sentence = "Mã định danh {typed} đã thuộc về “{name}”. Vui lòng kiểm tra lại."


class UnitNotOurs(RuleBroken):
    """The unit is not one of this administrator's authority."""

    code = "unit_not_ours"
    sentence = "Không tìm thấy đơn vị này. Vui lòng mở lại danh sách đơn vị."
    status = 404


class UnitInUse(RuleBroken):
    """A division with people or dossiers cannot go."""

    code = "unit_in_use"
    sentence = "“{name}” còn {what} nên chưa bỏ được. Vui lòng chuyển đi trước."


@dataclass(frozen=True, slots=True)
class NewUnit:
    """A division to be made below another unit."""

    code: str
    name: str
    short_name: str
    kind: str
    parent_id: int
    address: str = ""
    phone: str = ""


def add_unit(uow: UnitOfWork, by: Actor, new: NewUnit, at: datetime) -> Unit:
    """Make a division below its parent and return it. Raises UnitCodeWrong, UnitCodeTaken, Missing, TooLong."""
    parent = uow.session.get_one(Unit, new.parent_id)
    name = checks.text(new.name, what="tên đơn vị", where="name")
    unit = Unit(
        code=check_code(uow, new.code, where="code"),
        name=name,
        short_name=checks.text(new.short_name, what="tên ngắn", where="short_name", required=False) or name,
        kind=new.kind,
        parent_id=parent.id,
        root_id=parent.root_id or parent.id,
        name_key=place_key(name),
        name_fold=fold(name),
        name_sort=sort_key(name),
        address=new.address,
        phone=new.phone,
        is_own=True,
    )
    uow.session.add(unit)
    uow.session.flush()
    uow.note("unit:added", ("unit", str(unit.id)), by, at, code=unit.code, name=name, unit_kind=unit.kind)
    return unit


def add_division(uow: UnitOfWork, staff: Staff, new: NewUnit, at: datetime) -> Unit:
    """Make a division of the administrator's own authority. Raises UnitNotOurs besides what add_unit raises."""
    own_unit(uow, staff, new.parent_id)
    return add_unit(uow, administering(staff), new, at)


def change_unit(
    uow: UnitOfWork, staff: Staff, unit_id: int, *, name: str, short_name: str, address: str, phone: str, at: datetime
) -> None:
    """Change how a unit is called and reached; its identifier stays. Raises UnitNotOurs, Missing, TooLong."""
    unit = own_unit(uow, staff, unit_id)
    unit.name = checks.text(name, what="tên đơn vị", where="name")
    unit.short_name = checks.text(short_name, what="tên ngắn", where="short_name", required=False) or unit.name
    unit.name_key, unit.name_fold, unit.name_sort = place_key(unit.name), fold(unit.name), sort_key(unit.name)
    unit.address, unit.phone = address, phone
    uow.note(
        "unit:changed", ("unit", str(unit.id)), administering(staff), at, name=unit.name, short_name=unit.short_name
    )


def remove_unit(uow: UnitOfWork, staff: Staff, unit_id: int, at: datetime) -> None:
    """Take away a division that nobody sits in and nothing went through. Raises UnitNotOurs, UnitInUse."""
    unit = own_unit(uow, staff, unit_id)
    for what, question in (
        ("bộ phận trực thuộc", select(Unit.id).where(Unit.parent_id == unit.id)),
        ("tài khoản", select(UserAccount.id).where(UserAccount.unit_id == unit.id)),
        ("hồ sơ đã xử lý", select(Hop.id).where(Hop.unit_id == unit.id)),
    ):
        if unit.id == staff.root_unit_id or uow.session.scalar(question.limit(1)) is not None:
            raise UnitInUse(name=unit.name, what=what)
    uow.note("unit:removed", ("unit", str(unit.id)), administering(staff), at, code=unit.code)
    uow.session.delete(unit)


def own_unit(uow: UnitOfWork, staff: Staff, unit_id: int) -> Unit:
    """Return a unit of the administrator's authority. Raises UnitNotOurs."""
    unit = uow.session.get(Unit, unit_id)
    if unit is None or staff.root_unit_id not in (unit.root_id, unit.id):
        raise UnitNotOurs
    return unit


def check_code(uow: UnitOfWork, typed: str, *, where: str, may_exist: bool = False) -> str:
    """Return the identifier in capitals. Raises UnitCodeWrong, or UnitCodeTaken unless it `may_exist`."""
    code = typed.strip().upper()
    if not _CODE.match(code):
        raise UnitCodeWrong(where=where, typed=typed.strip())
    known = uow.session.scalar(select(Unit).where(Unit.code == code))
    if known is not None and not may_exist:
        raise UnitCodeTaken(where=where, typed=code, name=known.name)
    return code
