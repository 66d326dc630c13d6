"""Where imported dossiers belong (đơn vị, thủ tục của hồ sơ nhập): known by code, made by code, or refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.db.models import Procedure, ProcedureLimit, ProcedureStep, ProcedureVersion, Unit
from app.db.unit_of_work import UnitOfWork
from app.domain.catalogue import CODE
from app.domain.catalogue_rows import Fault
from app.domain.geography import AGENCY_CODE
from app.domain.imported_dossiers import ImportedDossier
from app.domain.version_parts import LimitLine
from app.domain.vietnamese import fold, place_key, sort_key
from app.services.importing_dossier_rows import Columns, Target
from app.services.importing_store import Definition, current_versions, publish
from app.services.importing_units import attach_parents
from workflows.instants import day_of

_FIRST_DAY = date(2018, 1, 1)  # a procedure made by code alone has no limits, so no date of effect matters


@dataclass(frozen=True, slots=True)
class _Version:
    id: int
    procedure_id: int
    field: str
    needs_digitizing: bool
    effective_from: date


_UNMADE = [_Version(0, 0, "", True, _FIRST_DAY)]


class Targets:
    """The units and procedure versions of this house by code, as they stand when it is made."""

    def __init__(self, session: Session) -> None:
        units = session.execute(select(Unit.code, Unit.id, Unit.root_id))
        self._units = {row.code: row.root_id or row.id for row in units}
        self._versions = _versions(session)
        self._limits, self._steps = _limits(session), _steps(session)

    def faults(self, dossier: ImportedDossier, *, making: bool) -> Iterator[Fault]:
        """Yield the codes that nobody knows; `making` those that cannot be made either."""
        unit, procedure = dossier.unit_code, dossier.procedure_code
        if unit not in self._units and not (making and AGENCY_CODE.fullmatch(unit)):
            reason = f"chưa có đơn vị mã “{unit[:40]}”; nhập đơn vị trước hoặc dùng --create-missing"
            yield Fault(dossier.line, "unit_code", reason)
        if procedure not in self._versions and not (making and CODE.fullmatch(procedure)):
            reason = f"chưa có thủ tục “{procedure[:40]}”; nhập danh mục trước hoặc dùng --create-missing"
            yield Fault(dossier.line, "procedure_code", reason)

    def of(self, dossier: ImportedDossier) -> Target:
        """Return the place of a dossier: its authority, and the version in force when it was received.

        What is not made yet (a dry run) has no ids and no limits.
        """
        day = day_of(dossier.received_at)
        versions = self._versions.get(dossier.procedure_code, _UNMADE)
        chosen = next((row for row in versions if row.effective_from <= day), versions[-1])
        limit = self._limits.get((chosen.id, int(dossier.channel)), LimitLine(int(dossier.channel)))
        steps = tuple(self._steps.get(chosen.id, ()))
        return Target(
            self._units.get(dossier.unit_code, 0), chosen.id, chosen.procedure_id, chosen.field,
            chosen.needs_digitizing, limit, steps,
        )  # fmt: skip


def make_missing(uow: UnitOfWork, units: set[str], procedures: set[str]) -> None:
    """Make the authorities and procedures that are known by their code alone."""
    _make_units(uow, units)
    _make_procedures(uow, procedures)


def _versions(session: Session) -> dict[str, list[_Version]]:
    """Return the versions of each procedure that were ever in force, newest first."""
    found: dict[str, list[_Version]] = {}
    version = ProcedureVersion
    start, end = version.effective_from, version.effective_to
    rows = session.execute(
        select(Procedure.code, version.id, version.procedure_id, version.field, version.needs_digitizing, start)
        .join(version, version.procedure_id == Procedure.id)
        .where(end.is_(None) | (end > start))
        .order_by(version.version.desc())
    )
    for row in rows:
        found.setdefault(row.code, []).append(_Version(*row[1:]))
    return found


def _limits(session: Session) -> dict[tuple[int, int], LimitLine]:
    columns = (getattr(ProcedureLimit, field.name) for field in fields(LimitLine))
    rows = session.execute(select(ProcedureLimit.version_id, *columns))
    return {(version_id, line[0]): LimitLine(*line) for version_id, *line in rows}


def _steps(session: Session) -> dict[int, list[Columns]]:
    """Return the internal process of each version, as dossiers keep it."""
    found: dict[int, list[Columns]] = {}
    step = ProcedureStep
    stated = select(step.version_id, step.ordinal, step.name, step.role, step.unit_key, step.minutes)
    for row in session.execute(stated.order_by(step.version_id, step.ordinal)).mappings():
        kept = {name: row[name] for name in ("ordinal", "name", "role", "unit_key", "minutes")}
        found.setdefault(row["version_id"], []).append(kept)
    return found


def _make_units(uow: UnitOfWork, codes: set[str]) -> None:
    """Make authorities of which only the identifier is known; their names are the codes until somebody tells."""
    known = set(uow.session.scalars(select(Unit.code)))
    fresh = sorted(code for code in codes - known if AGENCY_CODE.fullmatch(code))
    if fresh:
        uow.session.execute(insert(Unit), [_unit(code) for code in fresh])
    attach_parents(uow)


def _unit(code: str) -> dict[str, str]:
    kind = "province" if "." not in code else "department"
    return {
        "code": code, "name": code, "kind": kind, "name_key": place_key(code), "name_fold": fold(code),
        "name_sort": sort_key(code),
    }  # fmt: skip


def _make_procedures(uow: UnitOfWork, codes: set[str]) -> None:
    known = current_versions(uow)
    fresh = [_procedure(code) for code in sorted(codes - known.keys()) if CODE.fullmatch(code)]
    publish(uow, fresh, known, on=_FIRST_DAY)


def _procedure(code: str) -> Definition:
    version = {
        "name": f"Thủ tục {code}", "name_fold": fold(code), "field": "Chưa có trong danh mục", "status": "draft",
        "missing": ["chỉ biết mã; nhập danh mục để có tên, thời hạn"], "source": "catalogue",
    }  # fmt: skip
    return Definition(code, version)
