"""Where a dossier stands, for the demo's own story: the step, its role, what is left to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.db.models import (
    Component,
    Dossier,
    DossierClock,
    FrozenSteps,
    Hop,
    LedgerEntry,
    Procedure,
    ProcedureComponent,
    ProcedureVersion,
    Result,
)


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One paper that a procedure asks for."""

    ordinal: int
    required: bool
    exemption: str


@dataclass(frozen=True, slots=True)
class Standing:
    """A dossier between two acts; `role` is empty when no step is open."""

    version: int
    state: str
    role: str
    division: str
    minutes: int
    next_role: str
    subject: str
    result_name: str
    result_form: str
    result_id: int
    fee_left: int
    delivery: str
    promised_at: datetime | None
    had_its_fate: bool
    on_paper: tuple[tuple[int, str], ...]


def component_rows(session: Session, procedure_code: str) -> list[PaperRow]:
    """Return the papers of the newest ready version of a procedure."""
    version = session.scalars(
        select(ProcedureVersion.id)
        .join(Procedure, Procedure.id == ProcedureVersion.procedure_id)
        .where(Procedure.code == procedure_code, ProcedureVersion.status == "ready")
        .order_by(ProcedureVersion.version.desc())
    ).first()
    rows = session.scalars(
        select(ProcedureComponent)
        .where(ProcedureComponent.version_id == version)
        .order_by(ProcedureComponent.ordinal)
    )
    return [PaperRow(row.ordinal, row.required, row.exemption) for row in rows]


def standing_of(session: Session, number: str) -> Standing:
    """Return how the dossier called `number` stands now."""
    dossier = session.scalars(
        select(Dossier).where(or_(Dossier.code == number, Dossier.filing_number == number))
    ).one()
    version = session.get_one(ProcedureVersion, dossier.procedure_version_id)
    frozen = session.get(FrozenSteps, dossier.id)
    steps = frozen.steps if frozen else []
    open_hop = session.scalars(select(Hop).where(Hop.dossier_id == dossier.id, Hop.left_at.is_(None))).first()
    here = next((step for step in steps if open_hop and step["ordinal"] == open_hop.step_ordinal), None)
    after = next((step for step in steps if here and step["ordinal"] > here["ordinal"]), None)
    result = session.scalars(
        select(Result).where(Result.dossier_id == dossier.id).order_by(Result.version.desc())
    ).first()
    clock = session.get(DossierClock, dossier.id)
    entries = select(LedgerEntry.id).where(LedgerEntry.dossier_id == dossier.id)
    return Standing(
        version=dossier.event_seq,
        state=dossier.state,
        role=here["role"] if here else "",
        division=here["unit_key"] if here else "",
        minutes=here["minutes"] if here else 0,
        next_role=after["role"] if after else "",
        subject=dossier.summary,
        result_name=version.result_name or "Thông báo kết quả giải quyết",
        result_form=version.result_form,
        result_id=result.id if result else 0,
        fee_left=max(0, dossier.fee_due_vnd - dossier.fee_paid_vnd),
        delivery=dossier.delivery,
        promised_at=clock.promised_at if clock else None,
        had_its_fate=session.scalars(entries).first() is not None,
        on_paper=_on_paper(session, dossier.id),
    )


def _on_paper(session: Session, dossier_id: int) -> tuple[tuple[int, str], ...]:
    rows = session.execute(
        select(Component.ordinal, Component.name)
        .where(Component.dossier_id == dossier_id, Component.form == "paper")
        .order_by(Component.ordinal)
    )
    return tuple((row.ordinal, row.name) for row in rows)
