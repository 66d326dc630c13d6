"""Entering figures with their source (nhập số liệu có nguồn): the last one told stands, all are in the log."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select

from app.db.models import EnteredFigure, Unit, UserAccount
from app.db.unit_of_work import UnitOfWork
from app.domain.catalogue_rows import Fault, Findings, ImportRefused
from app.domain.entered_figures import FigureRow, FigureWrong, NewFigure, refuse_impossible
from app.domain.people import Actor, Role, Staff
from app.domain.periods import Period
from app.services.errors import NoRight
from app.services.filing import local_day
from app.services.importing import Imported
from workflows.states import ActorKind


def enter_as(uow: UnitOfWork, staff: Staff, unit_code: str, period: Period, new: NewFigure, at: datetime) -> bool:
    """Keep a figure typed by a leader of the unit, or by the province; False where it replaced one. Raises NoRight."""
    own = staff.has(Role.LEADER) and unit_code == staff.root_unit_code
    if not (own or staff.has(Role.PROVINCE)):
        raise NoRight(who="lãnh đạo đơn vị hoặc Văn phòng UBND tỉnh")
    by = Actor(ActorKind.STAFF, staff.name, staff.user_id, staff.unit_id)
    return enter(uow, unit_code, period, new, by=by, at=at)


def enter(uow: UnitOfWork, unit_code: str, period: Period, new: NewFigure, *, by: Actor, at: datetime) -> bool:
    """Keep a figure in the place of an earlier one; False where it replaced one. Raises FigureWrong."""
    unit_id = uow.session.scalars(select(Unit.id).where(Unit.code == unit_code)).one()
    if new.login and not _works_there(uow, unit_id, new.login):
        raise FigureWrong(where="login", problem=f"không có cán bộ “{new.login[:40]}” ở đơn vị này")
    told = _told(uow, unit_id, period, new.login)
    refuse_impossible(new, {item: row.value for item, row in told.items()}, local_day(at))
    row = told.get(new.item)
    is_new = row is None
    if row is None:
        row = EnteredFigure(
            unit_id=unit_id, login=new.login, first_day=period.first_day, end_day=period.end_day, item=new.item
        )
        uow.session.add(row)
    row.value, row.source, row.told_on, row.entered_by, row.entered_at = new.value, new.source, new.told_on, by.name, at
    uow.note(
        "figures:entered",
        ("unit", str(unit_id)),
        by,
        at,
        item=new.item,
        login=new.login,
        first_day=str(period.first_day),
        end_day=str(period.end_day),
        value=new.value,
        source=new.source,
        told_on=str(new.told_on),
    )
    uow.session.flush()
    return is_new


def import_figures(
    uow: UnitOfWork, rows: Iterable[FigureRow], findings: Findings, by: Actor, *, at: datetime
) -> Imported:
    """Keep the figures of a file as a whole. Raises ImportRefused naming each line that cannot be."""
    known = set(uow.session.scalars(select(Unit.code)))
    faults, added = [], []
    for row in rows:
        if row.unit_code not in known:
            faults.append(Fault(row.line, "unit_code", f"không có đơn vị “{row.unit_code[:40]}”"))
            continue
        try:
            period = Period(row.first_day, row.end_day)
            added.append(enter(uow, row.unit_code, period, row.figure, by=by, at=at))
        except FigureWrong as wrong:
            faults.append(Fault(row.line, wrong.where or "value", str(wrong.facts["problem"])))
    if faults:
        raise ImportRefused(faults)
    return Imported(sum(added), len(added) - sum(added), tuple(findings.warnings))


def _told(uow: UnitOfWork, unit_id: int, period: Period, login: str) -> dict[str, EnteredFigure]:
    rows = uow.session.scalars(
        select(EnteredFigure).where(
            EnteredFigure.unit_id == unit_id,
            EnteredFigure.login == login,
            EnteredFigure.first_day == period.first_day,
            EnteredFigure.end_day == period.end_day,
        )
    )
    return {row.item: row for row in rows}


def _works_there(uow: UnitOfWork, unit_id: int, login: str) -> bool:
    asked = (
        select(UserAccount.id)
        .join(Unit, Unit.id == UserAccount.unit_id)
        .where(UserAccount.login == login, (Unit.id == unit_id) | (Unit.root_id == unit_id))
    )
    return uow.session.scalar(asked) is not None


