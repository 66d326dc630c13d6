"""Asking about a flag and answering it (hỏi và giải trình): each an event of the flag's own chain."""

from __future__ import annotations

from datetime import datetime

from app.db.unit_of_work import UnitOfWork
from app.domain import checks
from app.domain.flags import Finding
from app.domain.people import Actor, Role, Staff
from app.services.errors import NoRight
from workflows.states import ActorKind

SUBJECT = "flag"
LONGEST = 2_000


def ask(uow: UnitOfWork, staff: Staff, finding: Finding, text: str, at: datetime) -> None:
    """Ask a unit to explain a flag; the province's and the auditor's act."""
    if not staff.has(Role.PROVINCE, Role.AUDITOR, Role.LEADER):
        raise NoRight(who="Văn phòng UBND tỉnh, kiểm tra hoặc lãnh đạo")
    _note(uow, "flag:asked", staff, finding, checks.text(text, what="câu hỏi", where="text", longest=LONGEST), at)


def answer(uow: UnitOfWork, staff: Staff, finding: Finding, text: str, at: datetime) -> None:
    """Explain a flag of the own authority. Raises NoRight for whoever only reads."""
    if not staff.actor_kinds:
        raise NoRight(who="cán bộ của đơn vị được hỏi")
    said = checks.text(text, what="nội dung giải trình", where="text", longest=LONGEST)
    _note(uow, "flag:answered", staff, finding, said, at)


def _note(uow: UnitOfWork, kind: str, staff: Staff, finding: Finding, text: str, at: datetime) -> None:
    kinds = sorted(staff.actor_kinds, key=list(ActorKind).index)
    by = Actor(kinds[0] if kinds else ActorKind.EXTERNAL, staff.name, staff.user_id, staff.unit_id)
    told = {"rule": finding.rule, "unit_id": finding.unit_id, "dossiers": list(finding.numbers)}
    uow.note(kind, (SUBJECT, finding.id), by, at, text=text, **told)
