"""What a version of a procedure consists of (thành phần, phí, quy trình), as administrators read and revise it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db.models import (
    Procedure,
    ProcedureComponent,
    ProcedureFee,
    ProcedureLimit,
    ProcedureStep,
    ProcedureVersion,
    Unit,
)
from app.domain.people import Staff
from app.domain.process_fit import tightest
from workflows.limits import TimeLimit


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step; `minutes` are written working minutes, `unit` the short name of a division, "" the desk."""

    ordinal: int
    name: str
    role: str
    unit: str
    minutes: int


@dataclass(frozen=True, slots=True)
class FeeRow:
    """One fee line; `channel` 0 is every channel, `amount_vnd` None where it depends on `condition`."""

    channel: int
    name: str
    amount_vnd: int | None
    per: str
    condition: str
    exemptions: tuple[str, ...]
    basis: str


@dataclass(frozen=True, slots=True)
class ComponentRow:
    """One paper asked for; `case` "" is every case, `exemption` why nothing need be handed in."""

    ordinal: int
    name: str
    paper_code: str
    originals: int
    copies: int
    required: bool
    exemption: str
    note: str
    case: str


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
    steps: tuple[StepRow, ...]
    fees: tuple[FeeRow, ...]
    components: tuple[ComponentRow, ...]
    cases: tuple[str, ...]
    units: tuple[str, ...]
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
    steps = _steps(db, version.id)
    limits = db.scalars(select(ProcedureLimit).where(ProcedureLimit.version_id == version.id))
    return ProcedureParts(
        version.id,
        version.version,
        version.effective_from,
        steps,
        _fees(db, version.id),
        _components(db, version.id),
        tuple(str(case.get("name", "")) for case in version.cases),
        _units(db, staff, steps),
        tightest({"committed": row.committed, "statutory": row.statutory} for row in limits),
        _versions(db, version.procedure_id),
    )


def _steps(db: Session, version_id: int) -> tuple[StepRow, ...]:
    found = db.scalars(
        select(ProcedureStep).where(ProcedureStep.version_id == version_id).order_by(ProcedureStep.ordinal)
    )
    return tuple(StepRow(row.ordinal, row.name, row.role, row.unit_key, row.minutes) for row in found)


def _fees(db: Session, version_id: int) -> tuple[FeeRow, ...]:
    found = db.scalars(select(ProcedureFee).where(ProcedureFee.version_id == version_id).order_by(ProcedureFee.id))
    return tuple(
        FeeRow(
            row.channel or 0, row.name, row.amount_vnd, row.per, row.condition, tuple(row.exemptions), row.legal_basis
        )
        for row in found
    )


def _components(db: Session, version_id: int) -> tuple[ComponentRow, ...]:
    found = db.scalars(
        select(ProcedureComponent)
        .where(ProcedureComponent.version_id == version_id)
        .order_by(ProcedureComponent.ordinal)
    )
    return tuple(
        ComponentRow(
            row.ordinal, row.name, row.paper_code, row.originals, row.copies, row.required, row.exemption, row.note,
            row.case,
        )
        for row in found
    )  # fmt: skip


def _units(db: Session, staff: Staff, steps: tuple[StepRow, ...]) -> tuple[str, ...]:
    """Return the short names a step may name: the authority's divisions, and those named already."""
    divisions = select(Unit.short_name).where(Unit.root_id == staff.root_unit_id, Unit.kind == "division")
    ours = db.scalars(divisions.where(Unit.short_name != ""))
    return tuple(sorted({*ours, *(step.unit for step in steps if step.unit)}))


def _versions(db: Session, procedure_id: int) -> tuple[VersionRow, ...]:
    found = db.scalars(
        select(ProcedureVersion)
        .where(ProcedureVersion.procedure_id == procedure_id)
        .order_by(ProcedureVersion.version.desc())
    )
    return tuple(VersionRow(row.version, row.effective_from, row.effective_to, row.source) for row in found)
