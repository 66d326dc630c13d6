"""The parts of a version of a procedure (thành phần hồ sơ, phí lệ phí, các bước), for every page that tells them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db.models import ProcedureComponent, ProcedureFee, ProcedureStep


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One paper of the list; `case` "" is every case, an `exemption` says why it need not be handed in."""

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
class FeeLine:
    """One fee in whole đồng; `amount_vnd` None is chưa xác định, `channel` None every channel."""

    channel: int | None
    name: str
    amount_vnd: int | None
    per: str
    condition: str
    exemptions: tuple[str, ...]
    legal_basis: str


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step of the internal process, in written working minutes; `unit` is a short name, "" the desk."""

    ordinal: int
    name: str
    role: str
    unit: str
    minutes: int


def papers(session: Session, version_id: int) -> tuple[PaperLine, ...]:
    """Return the papers of a version in the order of its list."""
    found = session.scalars(
        select(ProcedureComponent)
        .where(ProcedureComponent.version_id == version_id)
        .order_by(ProcedureComponent.ordinal)
    )
    return tuple(
        PaperLine(
            row.ordinal,
            row.name,
            row.paper_code,
            row.originals,
            row.copies,
            row.required,
            row.exemption,
            row.note,
            row.case,
        )
        for row in found
    )


def fees(session: Session, version_id: int) -> tuple[FeeLine, ...]:
    """Return the fees of a version as they were entered."""
    found = session.scalars(select(ProcedureFee).where(ProcedureFee.version_id == version_id).order_by(ProcedureFee.id))
    return tuple(
        FeeLine(row.channel, row.name, row.amount_vnd, row.per, row.condition, tuple(row.exemptions), row.legal_basis)
        for row in found
    )


def steps(session: Session, version_id: int) -> tuple[StepLine, ...]:
    """Return the internal process of a version, step by step."""
    found = session.scalars(
        select(ProcedureStep).where(ProcedureStep.version_id == version_id).order_by(ProcedureStep.ordinal)
    )
    return tuple(StepLine(row.ordinal, row.name, row.role, row.unit_key, row.minutes) for row in found)
