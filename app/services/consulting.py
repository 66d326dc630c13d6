"""Asking another unit in parallel (lấy ý kiến phối hợp); silence past its time is not consent."""

from __future__ import annotations

from datetime import datetime, time

from app.db.models import Consultation, Dossier, Unit
from app.db.unit_of_work import UnitOfWork
from app.domain import checks
from app.domain.people import Staff, acting
from app.services.dossiers import in_scope, move, to_change
from app.services.errors import AlreadyDone, NoRight, NotFound, UnitUnknown
from app.services.filing import local_day
from app.services.processing import met
from workflows.calendar import VIETNAM
from workflows.states import Action, ActorKind

DEFAULT_DAYS = 2


def consult(
    uow: UnitOfWork,
    staff: Staff,
    number: str,
    version: int,
    *,
    unit_id: int,
    question: str,
    due_days: int = DEFAULT_DAYS,
    at: datetime,
) -> int:
    """Ask a unit for its opinion within some working days; the dossier stays where it is. Returns its id."""
    dossier = to_change(uow, staff, number, version)
    question = checks.paragraph(question, what="nội dung hỏi", where="question")
    unit = uow.session.get(Unit, unit_id)
    if unit is None or unit_id == staff.unit_id:
        raise UnitUnknown(where="unit_id", unit=unit.name if unit else unit_id)
    _, kind = move(dossier, Action.CONSULT, staff, met(uow, dossier, staff))
    row = Consultation(
        dossier_id=dossier.id,
        unit_id=unit_id,
        question=question,
        asked_by=staff.name,
        asked_at=at,
        due_at=_due(uow, dossier, due_days, at),
    )
    uow.session.add(row)
    uow.session.flush()
    uow.record("dossier:consulted", dossier, acting(staff, kind), at, unit=unit.name, consultation=row.id)
    return row.id


def answer_consultation(uow: UnitOfWork, staff: Staff, consultation_id: int, answer: str, at: datetime) -> Dossier:
    """Give the unit's opinion, once. Raises NotFound for another unit's question, AlreadyDone."""
    row = uow.session.get(Consultation, consultation_id)
    if row is None or row.unit_id not in (staff.unit_id, staff.root_unit_id):
        raise NotFound(number=str(consultation_id))
    if row.answered_at:
        raise AlreadyDone
    dossier = uow.session.get_one(Dossier, row.dossier_id)
    in_scope(uow, staff, dossier.filing_number)
    if not staff.actor_kinds:
        raise NoRight(who="cán bộ của đơn vị được hỏi")
    row.answer = checks.paragraph(answer, what="ý kiến", where="answer")
    row.answered_by, row.answered_at = staff.name, at
    capacity = min(staff.actor_kinds, key=list(ActorKind).index)
    uow.record("dossier:consultation_answered", dossier, acting(staff, capacity), at, unit=staff.unit_name)
    return dossier


def _due(uow: UnitOfWork, dossier: Dossier, days: int, at: datetime) -> datetime:
    calendar, _ = uow.calendars.of_unit(uow.session, dossier.settling_unit_id)
    day = calendar.add_working_days(local_day(at), max(1, days))
    return calendar.closing(day) or datetime.combine(day, time(17), VIETNAM)
