"""Revising a procedure (sửa thủ tục): a part of it changes with a new version, from a day on.

A dossier keeps the version it was received under; nothing of an old version is touched. The new one is the house's
own: neither a newer seed nor an import of the national catalogue replaces it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import func, inspect, select

from app.db.models import (
    Procedure,
    ProcedureComponent,
    ProcedureFee,
    ProcedureLimit,
    ProcedureStep,
    ProcedureVersion,
    Unit,
)
from app.db.unit_of_work import UnitOfWork
from app.domain import checks
from app.domain.catalogue_complete import ProcessStep
from app.domain.people import ACTOR_OF_ROLE, Actor, Role, Staff
from app.domain.process_fit import check_process
from app.services.accounts import administering
from app.services.importing_store import Columns, Current, Definition, publish
from app.services.opening import NoSuchProcedure, ProcedureIncomplete
from workflows.calendar import VIETNAM
from workflows.errors import N_, RuleBroken, StepsBroken

LOCAL = "local"
LONGEST_PROCESS = 30
_PARTS: Mapping[str, Any] = {
    "limits": ProcedureLimit,
    "fees": ProcedureFee,
    "components": ProcedureComponent,
    "steps": ProcedureStep,
}
_ORDER = {"limits": "channel", "fees": "id", "components": "ordinal", "steps": "ordinal"}
_NOTHING: Mapping[str, Any] = MappingProxyType({})
_OWN = frozenset(
    {"id", "version_id", "procedure_id", "version", "effective_from", "effective_to", "content_hash", "revision"}
)


class VersionStale(RuleBroken):
    """Somebody published another version since this page was opened."""

    code = "procedure_version_stale"
    status = 409
    sentence = N_(
        "Thủ tục này đã có phiên bản {version} sau khi bạn mở trang. Nội dung bạn nhập còn giữ bên dưới; "
        "vui lòng xem bản mới rồi ghi lại."
    )


class SinceTooEarly(RuleBroken):
    """A version cannot begin before today, nor before the one it replaces."""

    code = "version_since_too_early"
    sentence = N_("Ngày hiệu lực {since} sớm hơn {earliest}. Hồ sơ đã nhận giữ phiên bản cũ; chọn từ {earliest}.")


class NothingRevised(RuleBroken):
    """The new version would say what the present one says."""

    code = "nothing_revised"
    sentence = N_("Nội dung giống phiên bản hiện tại nên chưa tạo phiên bản mới.")


class TooManyRows(RuleBroken):
    """More rows than a procedure can sensibly have."""

    code = "too_many_rows"
    sentence = N_("Có {count} dòng, tối đa {limit}. Vui lòng gộp bớt.")


class UnitKeyUnknown(RuleBroken):
    """No division of the authority has this short name."""

    code = "unit_key_unknown"
    sentence = N_("Không có đơn vị nào tên ngắn là “{unit}”. Vui lòng chọn trong danh sách.")


@dataclass(frozen=True, slots=True)
class Revision:
    """Which procedure changes, the version its page showed, and from which day (Vietnam date) the new one holds."""

    code: str
    based_on: int
    since: date


def revise_steps(
    uow: UnitOfWork, staff: Staff, revision: Revision, *, steps: Sequence[ProcessStep], at: datetime
) -> int:
    """Publish the procedure with this internal process; return the number of the new version.

    Raises StepsTooLong naming the step where the sum first exceeds the shortest committed limit, StepsBroken,
    UnitKeyUnknown, VersionStale, SinceTooEarly, NothingRevised, NoSuchProcedure or ProcedureIncomplete.
    """
    version = version_to_revise(uow, revision)
    rows = tuple(_step_row(ordinal, step) for ordinal, step in enumerate(steps, start=1))
    check_process(rows, parts_of(uow, version.id)["limits"])
    _check_roles(rows)
    _check_units(uow, staff, version, rows)
    return publish_parts(uow, administering(staff), revision, version, parts={"steps": rows}, at=at)


def parts_of(uow: UnitOfWork, version_id: int) -> dict[str, tuple[Columns, ...]]:
    """Return the rows of a version's parts, in order, as a definition holds them."""
    return {
        name: tuple(
            _columns(row)
            for row in uow.session.scalars(
                select(model).where(model.version_id == version_id).order_by(getattr(model, _ORDER[name]))
            )
        )
        for name, model in _PARTS.items()
    }


def publish_parts(
    uow: UnitOfWork,
    by: Actor,
    revision: Revision,
    version: ProcedureVersion,
    *,
    parts: Mapping[str, tuple[Columns, ...]],
    at: datetime,
    columns: Columns = _NOTHING,
    told: Mapping[str, object] = _NOTHING,
) -> int:
    """Publish `version` anew with `parts` and `columns` in place of its own; return the number of the new version.

    The event tells the first part and its rows, version and day, and what else is `told`.
    """
    standing_parts, own = parts_of(uow, version.id), _columns(version)
    same = all(
        [dict(row) for row in standing_parts[name]] == [dict(row) for row in rows] for name, rows in parts.items()
    )
    if same and all(own[name] == value for name, value in columns.items()):
        raise NothingRevised(where="since")
    _check_since(version, revision.since, at)
    columns = {**own, **columns, "source": LOCAL, "status": "ready", "missing": []}
    made = Definition(revision.code, columns, **{**standing_parts, **parts})
    newest = uow.session.scalar(
        select(func.max(ProcedureVersion.version)).where(ProcedureVersion.procedure_id == version.procedure_id)
    )
    standing = Current(
        version.procedure_id, version.id, newest or 0, version.status, version.source, version.content_hash, frozenset()
    )
    publish(uow, [made], {revision.code: standing}, on=revision.since)
    number, (name, rows) = (newest or 0) + 1, next(iter(parts.items()))
    facts = {"part": name, "rows": len(rows), "version": number, "since": f"{revision.since:%d/%m/%Y}"}
    uow.note("procedure:revised", ("procedure", revision.code), by, at, **facts, **told)
    return number


def version_to_revise(uow: UnitOfWork, revision: Revision) -> ProcedureVersion:
    """Return the newest published version, its procedure held. Raises what makes it unfit to be revised."""
    version = newest_version(uow, revision.code)
    refuse_stale(version, revision)
    if version.status != "ready":
        raise ProcedureIncomplete(where="since", count=1, names=version.name[:80])
    return version


def newest_version(uow: UnitOfWork, code: str) -> ProcedureVersion:
    """Return the newest version of a procedure, draft or published, its procedure held. Raises NoSuchProcedure."""
    procedure = uow.session.scalars(select(Procedure).where(Procedure.code == code).with_for_update()).one_or_none()
    version = uow.session.get(ProcedureVersion, procedure.current_version_id) if procedure else None
    if version is None:
        raise NoSuchProcedure
    return version


def refuse_stale(version: ProcedureVersion, revision: Revision) -> None:
    """Raise VersionStale where the page was opened on another version."""
    if version.id != revision.based_on:
        raise VersionStale(where="since", version=version.version)


def _check_since(version: ProcedureVersion, since: date, at: datetime) -> None:
    earliest = max(at.astimezone(VIETNAM).date(), version.effective_from)
    if since < earliest:
        raise SinceTooEarly(where="since", since=f"{since:%d/%m/%Y}", earliest=f"{earliest:%d/%m/%Y}")


def _step_row(ordinal: int, step: ProcessStep) -> dict[str, Any]:
    if ordinal > LONGEST_PROCESS:
        raise TooManyRows(where="since", count=ordinal, limit=LONGEST_PROCESS)
    name = checks.text(step.name, what="tên bước", where=f"rows.{ordinal}.name")
    return {"ordinal": ordinal, "name": name, "role": step.role, "unit_key": step.unit, "minutes": step.minutes}


def _check_roles(rows: Sequence[Mapping[str, Any]]) -> None:
    """A dossier begins with who receives it, and a result wants a signature."""
    roles = [row["role"] for row in rows]
    strange = next((row for row in rows if row["role"] not in set(ACTOR_OF_ROLE)), None)
    if strange is not None:
        raise _broken(strange, "phải giao cho một vai trò xử lý hồ sơ")
    if roles[0] != Role.CLERK:
        raise _broken(rows[0], "phải do cán bộ một cửa làm: hồ sơ bắt đầu ở nơi tiếp nhận")
    if Role.LEADER not in roles:
        raise _broken(rows[-1], "là bước cuối mà chưa bước nào do lãnh đạo ký kết quả")


def _broken(row: Mapping[str, Any], why: str) -> StepsBroken:
    return StepsBroken(where=f"rows.{row['ordinal']}.role", ordinal=row["ordinal"], step=row["name"], why=why)


def _check_units(
    uow: UnitOfWork, staff: Staff, version: ProcedureVersion, rows: Sequence[Mapping[str, Any]]
) -> None:
    """A key names a division of the authority, or one the process names already (another authority's)."""
    ours = uow.session.scalars(select(Unit.short_name).where(Unit.root_id == staff.root_unit_id))
    used = uow.session.scalars(select(ProcedureStep.unit_key).where(ProcedureStep.version_id == version.id))
    known = {"", *ours, *used}
    for row in rows:
        if row["unit_key"] not in known:
            raise UnitKeyUnknown(where=f"rows.{row['ordinal']}.unit", unit=row["unit_key"][:80])


def _columns(row: Any) -> dict[str, Any]:
    """Return what a row says, apart from where it stands."""
    names = (column.key for column in inspect(type(row)).column_attrs)
    return {name: getattr(row, name) for name in names if name not in _OWN}
