"""Opening procedures at a desk (mở tiếp nhận thủ tục), and closing them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select

from app.db.models import Offering, Procedure, ProcedureVersion
from app.db.unit_of_work import UnitOfWork
from app.domain.people import Staff
from app.services.accounts import administering
from workflows.errors import RuleBroken


class NoSuchProcedure(RuleBroken):
    """The procedure is not in the catalogue."""

    code = "no_such_procedure"
    sentence = "Không tìm thấy thủ tục này trong danh mục. Vui lòng tìm lại."
    status = 404


class ProcedureIncomplete(RuleBroken):
    """A procedure whose limit nobody stated cannot be received by: no due time could be promised."""

    code = "procedure_incomplete"
    sentence = "Chưa mở được {count} thủ tục vì còn nội dung chưa xác định: {names}. Vui lòng bổ sung rồi mở."


def open_procedures(uow: UnitOfWork, staff: Staff, codes: Iterable[str], at: datetime) -> int:
    """Let the administrator's desk receive these procedures, settled by its authority; all or none.

    Returns how many were newly opened. Raises NoSuchProcedure or ProcedureIncomplete naming them.
    """
    versions = [_current(uow, code) for code in dict.fromkeys(codes)]
    incomplete = [version.name for _procedure, version in versions if version.status != "ready"]
    if incomplete:
        names = "; ".join(name[:80] for name in incomplete[:5])
        raise ProcedureIncomplete(count=len(incomplete), names=names)
    return sum(_set_open(uow, staff, procedure, at=at, is_open=True) for procedure, _version in versions)


def close_procedures(uow: UnitOfWork, staff: Staff, codes: Iterable[str], at: datetime) -> int:
    """Stop receiving these procedures; dossiers under way go on. Returns how many were open."""
    procedures = [_current(uow, code)[0] for code in dict.fromkeys(codes)]
    return sum(_set_open(uow, staff, procedure, at=at, is_open=False) for procedure in procedures)


def _current(uow: UnitOfWork, code: str) -> tuple[Procedure, ProcedureVersion]:
    """Return a procedure with the version it has now. Raises NoSuchProcedure."""
    found = uow.session.execute(
        select(Procedure, ProcedureVersion)
        .join(ProcedureVersion, ProcedureVersion.id == Procedure.current_version_id)
        .where(Procedure.code == code)
    ).first()
    if found is None:
        raise NoSuchProcedure
    return found[0], found[1]


def _set_open(uow: UnitOfWork, staff: Staff, procedure: Procedure, *, at: datetime, is_open: bool) -> bool:
    """Open or close one procedure at the authority; False when it already was so."""
    offering = uow.session.scalar(
        select(Offering).where(Offering.unit_id == staff.root_unit_id, Offering.procedure_id == procedure.id)
    )
    if (offering.is_open if offering else False) == is_open:
        return False
    if offering is None:
        offering = Offering(unit_id=staff.root_unit_id, procedure_id=procedure.id, settling_unit_id=staff.root_unit_id)
        uow.session.add(offering)
    offering.is_open = is_open
    kind = "procedure:opened" if is_open else "procedure:closed"
    uow.note(kind, ("procedure", procedure.code), administering(staff), at, unit_id=staff.root_unit_id)
    return True
