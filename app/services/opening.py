"""Opening procedures at a desk (mở tiếp nhận thủ tục), and completing what a catalogue left undetermined."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from app.db.base import new_uid
from app.db.models import Offering, Procedure, ProcedureLimit, ProcedureStep, ProcedureVersion
from app.db.unit_of_work import UnitOfWork
from app.domain import checks
from app.domain.channels import Channel
from app.domain.people import Staff
from app.services.accounts import administering
from app.services.importing import usual_steps
from workflows.errors import RuleBroken
from workflows.limits import TimeLimit, check_committed, written_minutes
from workflows.steps import Step, check_steps


class NoSuchProcedure(RuleBroken):
    """The procedure is not in the catalogue."""

    code = "no_such_procedure"
    sentence = "Không tìm thấy thủ tục này trong danh mục. Vui lòng tìm lại."
    status = 404


class ProcedureIncomplete(RuleBroken):
    """A procedure whose limit nobody stated cannot be received by: no due time could be promised."""

    code = "procedure_incomplete"
    sentence = "Chưa mở được {count} thủ tục vì còn nội dung chưa xác định: {names}. Vui lòng bổ sung rồi mở."


class LimitNeeded(RuleBroken):
    """At least one channel needs a statutory limit."""

    code = "limit_needed"
    sentence = "Chưa nhập thời hạn theo quy định cho kênh nào. Vui lòng nhập ít nhất một kênh."


class DecisionNeeded(RuleBroken):
    """A shortened limit rests on a decision with number and date."""

    code = "decision_needed"
    sentence = "Thời hạn rút ngắn cần số và ngày quyết định. Vui lòng bổ sung."


@dataclass(frozen=True, slots=True)
class ChannelLimit:
    """The limits of one channel as typed; empty means not offered, or no commitment."""

    statutory: str
    committed: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """The decision that shortened a limit (quyết định rút ngắn thời hạn)."""

    number: str = ""
    day: date | None = None


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


def complete_limits(
    uow: UnitOfWork,
    staff: Staff,
    code: str,
    *,
    limits: Mapping[Channel, ChannelLimit],
    decision: Decision,
    at: datetime,
) -> None:
    """State what the catalogue left open: the limits per channel. The procedure is then ready to be opened.

    Raises LimitNotUnderstood, LimitOutOfRange, LimitLongerThanLaw (committed > statutory of the same
    channel), LimitNeeded, DecisionNeeded or NoSuchProcedure, naming the field; StepsTooLong naming the step of
    the process that the new limits have no room for.
    """
    _procedure, version = _current(uow, code)
    read = {channel: _read(channel, typed) for channel, typed in limits.items()}
    if not any(statutory for statutory, _committed in read.values()):
        raise LimitNeeded(where="statutory_1")
    shortened = any(committed for _statutory, committed in read.values())
    if shortened and not (decision.number.strip() and decision.day):
        raise DecisionNeeded(where="decision_number")
    number = checks.text(decision.number, what="số quyết định", where="decision_number", required=False)
    for channel, (statutory, committed) in read.items():
        _write(uow, version, channel, statutory, committed, Decision(number, decision.day))
    _fit_steps(uow, version, [committed or statutory for statutory, committed in read.values() if statutory])
    version.status, version.missing, version.revision = "ready", [], new_uid()
    said = {str(int(channel)): [str(value or "") for value in pair] for channel, pair in read.items()}
    uow.note("procedure:limits_completed", ("procedure", code), administering(staff), at, limits=said)


def _read(channel: Channel, typed: ChannelLimit) -> tuple[TimeLimit | None, TimeLimit | None]:
    statutory = _parse(typed.statutory, f"statutory_{int(channel)}")
    committed = _parse(typed.committed, f"committed_{int(channel)}")
    if committed and not statutory:
        raise LimitNeeded(where=f"statutory_{int(channel)}")
    if committed and statutory:
        try:
            check_committed(committed, statutory)
        except RuleBroken as error:
            raise type(error)(where=f"committed_{int(channel)}", **error.facts) from error
    return statutory, committed


def _parse(text: str, where: str) -> TimeLimit | None:
    if not text.strip():
        return None
    try:
        return TimeLimit.parse(text)
    except RuleBroken as error:
        raise type(error)(where=where, **error.facts) from error


def _write(
    uow: UnitOfWork,
    version: ProcedureVersion,
    channel: Channel,
    statutory: TimeLimit | None,
    committed: TimeLimit | None,
    decision: Decision,
) -> None:
    row = uow.session.scalar(
        select(ProcedureLimit).where(ProcedureLimit.version_id == version.id, ProcedureLimit.channel == int(channel))
    ) or ProcedureLimit(version_id=version.id, channel=int(channel))
    row.statutory = str(statutory) if statutory else None
    row.committed = str(committed) if committed else None
    row.decision_number, row.decision_date = (decision.number, decision.day) if committed else ("", None)
    row.percent = _cut(statutory, committed) if statutory and committed else None
    uow.session.add(row)


def _cut(statutory: TimeLimit, committed: TimeLimit) -> int:
    """Return by how many percent the law's limit was shortened, as decisions write it."""
    return 100 - round(100 * written_minutes(committed) / written_minutes(statutory))


def _fit_steps(uow: UnitOfWork, version: ProcedureVersion, limits: list[TimeLimit]) -> None:
    """Hold the process the version has against the new limits; give it the usual one when it has none."""
    steps = uow.session.scalars(select(ProcedureStep).where(ProcedureStep.version_id == version.id)).all()
    tight = min(limits, key=written_minutes)
    if steps:
        check_steps([Step(row.ordinal, row.name, row.role, row.unit_key, row.minutes) for row in steps], tight)
    else:
        usual = usual_steps(written_minutes(tight))
        uow.session.add_all(ProcedureStep(version_id=version.id, **columns) for columns in usual)


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
