"""What linked systems read (dữ liệu cho hệ thống kết nối): the states of dossiers as they change, without persons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from app.db.models import Dossier, DossierClock, Event, Procedure, ProcedureVersion, Unit
from workflows.states import State

PAGE = 200


@dataclass(frozen=True, slots=True)
class Changed:
    """One dossier as it stands since its last event; `cursor` names that event."""

    cursor: int
    code: str | None
    filing_number: str
    external_code: str | None
    procedure_code: str
    unit_code: str
    channel: int
    state: State
    received_at: datetime | None
    promised_at: datetime | None
    ended_at: datetime | None
    changed_at: datetime


def changed_since(session: Session, unit_ids: tuple[int, ...], cursor: int) -> tuple[Changed, ...]:
    """Return the dossiers these units receive or settle that changed after `cursor`, the oldest change first."""
    here = or_(Dossier.settling_unit_id.in_(unit_ids), Dossier.receiving_unit_id.in_(unit_ids))
    asked = (
        select(
            Event.id,
            Dossier.code,
            Dossier.filing_number,
            Dossier.external_code,
            Procedure.code,
            Unit.code,
            Dossier.channel,
            Dossier.state,
            Dossier.received_at,
            DossierClock.promised_at,
            Dossier.ended_at,
            Event.at,
        )
        .join(Event, and_(Event.dossier_id == Dossier.id, Event.seq == Dossier.event_seq))
        .join(ProcedureVersion, ProcedureVersion.id == Dossier.procedure_version_id)
        .join(Procedure, Procedure.id == ProcedureVersion.procedure_id)
        .join(Unit, Unit.id == Dossier.settling_unit_id)
        .outerjoin(DossierClock, DossierClock.dossier_id == Dossier.id)
        .where(here, Dossier.is_published, Event.id > cursor)
        .order_by(Event.id)
        .limit(PAGE)
    )
    return tuple(Changed(*row[:7], State(row[7]), *row[8:]) for row in session.execute(asked))
