"""A result between release and return (kết quả chờ trả): where it lies, and the scan of a paper that comes later."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from app.db.models import Dossier, Result, ResultShelf
from app.db.unit_of_work import UnitOfWork
from app.domain import checks
from app.domain.people import Role, Staff, acting
from app.services.attachments import link_file
from app.services.dossiers import to_change
from app.services.errors import AlreadyDone, NoRight, NotFound
from app.services.values import NewFile
from workflows.errors import N_, RuleBroken
from workflows.states import ActorKind, State


class NotWaiting(RuleBroken):
    """Only a result that waits to be fetched lies on a shelf."""

    code = "not_waiting"
    status = 409
    sentence = N_("Hồ sơ này không còn kết quả chờ trả tại quầy. Vui lòng mở lại hồ sơ để xem.")


def shelve(uow: UnitOfWork, staff: Staff, number: str, version: int, place: str, at: datetime) -> None:
    """Write down where a finished dossier's result lies. Raises NotWaiting, NoRight, Missing."""
    dossier = to_change(uow, staff, number, version)
    _may(staff)
    if State(dossier.state) is not State.FINISHED:
        raise NotWaiting(where="place")
    where = checks.text(place, what="chỗ để kết quả", where="place", longest=60)
    row = uow.session.get(ResultShelf, dossier.id) or ResultShelf(dossier_id=dossier.id)
    row.place, row.placed_by, row.placed_at = where, staff.name, at
    uow.session.add(row)
    uow.record("dossier:shelved", dossier, acting(staff, _kind(staff)), at, place=where)


def add_scan(uow: UnitOfWork, staff: Staff, number: str, version: int, scan: NewFile, at: datetime) -> None:
    """Attach the scan of a paper result that was released without one; nothing is signed.

    Raises NotFound where no such result waits, AlreadyDone where its scan is there, NoRight.
    """
    dossier = to_change(uow, staff, number, version)
    _may(staff)
    result = _released(uow, dossier)
    if result is None or result.form == "electronic":
        raise NotFound(number=number)
    if result.file_id is not None:
        raise AlreadyDone
    result.file_id = link_file(uow, scan, "result", result.id, at=at, by=staff.name, dossier_id=dossier.id).file_id
    told = {"result": result.version, "symbol": result.symbol}
    uow.record("dossier:result_scanned", dossier, acting(staff, _kind(staff)), at, **told)  # type: ignore[arg-type]  # facts of the event, none of them its time


def _released(uow: UnitOfWork, dossier: Dossier) -> Result | None:
    newest = select(Result).where(Result.dossier_id == dossier.id, Result.state == "released")
    return uow.session.scalars(newest.order_by(Result.version.desc()).limit(1)).first()


def _may(staff: Staff) -> None:
    if not staff.has(Role.CLERK, Role.RECORDS):
        raise NoRight(who="quầy trả kết quả hoặc văn thư")


def _kind(staff: Staff) -> ActorKind:
    return ActorKind.CLERK if staff.has(Role.CLERK) else ActorKind.RECORDS
