"""What a version of a procedure consists of (thành phần, phí, quy trình), as administrators read and revise it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db.models import (
    Procedure,
    ProcedureVersion,
    Unit,
)
from app.db.version_memo import parts_of
from app.domain.longer_cases import stated
from app.domain.people import Staff
from app.domain.process_fit import tightest
from app.domain.version_parts import FeeLine, LimitLine, PaperLine, StepLine
from workflows.limits import TimeLimit


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version: from when, until when (the first day it no longer holds), whose it is."""

    number: int
    since: date
    until: date | None
    source: str


@dataclass(frozen=True, slots=True)
class ProcedureParts:
    """The newest published version, part by part; `promised` is the shortest limit of any channel."""

    version_id: int
    version: int
    since: date
    steps: tuple[StepLine, ...]
    fees: tuple[FeeLine, ...]
    components: tuple[PaperLine, ...]
    cases: tuple[str, ...]
    longer: tuple[Mapping[str, Any], ...]
    units: tuple[str, ...]
    limits: tuple[LimitLine, ...]
    promised: TimeLimit | None
    versions: tuple[VersionRow, ...]

    @property
    def minutes(self) -> int:
        """The written working minutes of all steps."""
        return sum(step.minutes for step in self.steps)


def parts(db: Session, staff: Staff, code: str) -> ProcedureParts | None:
    """Return the parts of the version that an administrator would revise; None for an unknown procedure."""
    version = db.scalars(
        select(ProcedureVersion)
        .join(Procedure, Procedure.current_version_id == ProcedureVersion.id)
        .where(Procedure.code == code)
    ).first()
    if version is None:
        return None
    said = parts_of(db, version.id, version.revision)
    return ProcedureParts(
        version.id,
        version.version,
        version.effective_from,
        said.steps,
        said.fees,
        said.components,
        tuple(str(case.get("name", "")) for case in version.cases),
        stated(version.cases),
        _units(db, staff, said.steps),
        tuple(line for line in said.limits.values() if line.statutory),
        tightest(asdict(line) for line in said.limits.values()),
        _versions(db, version.procedure_id),
    )


def _units(db: Session, staff: Staff, steps: tuple[StepLine, ...]) -> tuple[str, ...]:
    """Return the short names a step may name: the authority's divisions, and those named already."""
    divisions = select(Unit.short_name).where(Unit.root_id == staff.root_unit_id, Unit.kind == "division")
    ours = db.scalars(divisions.where(Unit.short_name != ""))
    return tuple(sorted({*ours, *(step.unit_key for step in steps if step.unit_key)}))


def _versions(db: Session, procedure_id: int) -> tuple[VersionRow, ...]:
    found = db.scalars(
        select(ProcedureVersion)
        .where(ProcedureVersion.procedure_id == procedure_id)
        .order_by(ProcedureVersion.version.desc())
    )
    return tuple(VersionRow(row.version, row.effective_from, row.effective_to, row.source) for row in found)
