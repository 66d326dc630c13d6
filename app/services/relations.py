"""Interlinked sets and dossiers followed on other systems (hồ sơ liên thông, hồ sơ chỉ theo dõi)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select

from app.db.models import Dossier, ExternalTracking, FamilyLink
from app.db.scope import scope_filter, scope_of
from app.db.unit_of_work import UnitOfWork
from app.domain import checks
from app.domain.external_status import DONE, StatusLine, agrees
from app.domain.people import Actor, Staff, acting
from app.domain.vietnamese_format import short_moment
from app.services import steps
from app.services.dossiers import in_scope, to_change
from app.services.errors import NoRight
from app.services.relation_errors import EndedElsewhereWrong, NotAChild
from app.services.submission import close_suspension
from workflows.machine import advance
from workflows.states import Action, ActorKind, Requirement, State


@dataclass(frozen=True, slots=True)
class Checked:
    """What a pasted list came to: lines taken, codes nobody follows, dossiers whose state differs, those finished."""

    taken: int
    unknown: tuple[str, ...]
    differing: tuple[str, ...]
    finished: tuple[str, ...]


def link_child(uow: UnitOfWork, staff: Staff, number: str, version: int, *, child: str, at: datetime) -> None:
    """Put a dossier under this one (liên thông). Codes, clocks and agencies stay each dossier's own.

    Raises NotFound for a child out of scope, NotAChild for one that belongs to a set already.
    """
    parent = to_change(uow, staff, number, version)
    below = in_scope(uow, staff, checks.text(child, what="mã hồ sơ thành phần", where="child", longest=60))
    ids = (parent.id, below.id)
    known = select(FamilyLink.id).where(or_(FamilyLink.dossier_id.in_(ids), FamilyLink.parent_id == below.id))
    if parent.id == below.id or uow.session.scalars(known).first() is not None:
        raise NotAChild(where="child", number=child.strip())
    uow.session.add(FamilyLink(dossier_id=below.id, parent_id=parent.id, linked_at=at, linked_by=staff.name))
    by = _as(staff)
    uow.record("dossier:linked", below, by, at, parent=parent.code or parent.filing_number)
    uow.record("dossier:linked", parent, by, at, child=below.code or below.filing_number)


def track(
    uow: UnitOfWork, staff: Staff, number: str, version: int, *, system: str, code: str, at: datetime
) -> None:
    """Follow the dossier on another system, under its code there; or put name and code right."""
    dossier = to_change(uow, staff, number, version)
    row = uow.session.scalars(select(ExternalTracking).where(ExternalTracking.dossier_id == dossier.id)).first()
    row = row or ExternalTracking(dossier_id=dossier.id)
    row.system = checks.text(system, what="tên hệ thống", where="system", longest=120)
    row.code = checks.text(code, what="mã trên hệ thống đó", where="code", longest=80)
    row.checked_at, row.checked_by = at, staff.name
    uow.session.add(row)
    dossier.external_code = dossier.external_code or row.code
    uow.record("dossier:tracked", dossier, _as(staff), at, system=row.system, code=row.code)


def take_statuses(uow: UnitOfWork, staff: Staff, lines: tuple[StatusLine, ...], at: datetime) -> Checked:
    """Take a list of statuses from another system; a dossier in process that is done there is finished here.

    Our state moves by the state table alone: anything else that differs is told, not changed.
    """
    if not scope_of(staff).may_write:
        raise NoRight(who="cán bộ có thẩm quyền")
    followed = _followed(uow, staff, lines)
    unknown, differing, finished = [], [], []
    for line in lines:
        pair = followed.get(line.code)
        if pair is None:
            unknown.append(line.code)
            continue
        row, dossier = pair
        row.status, row.ended_at, row.checked_at, row.checked_by = line.status, line.ended_at, at, staff.name
        number = dossier.code or dossier.filing_number
        ends = line.status in DONE and State(dossier.state) is State.PROCESSING
        if ends:
            _finish(uow, dossier, row, at)
            finished.append(number)
        elif not agrees(State(dossier.state), line.status):
            differing.append(number)
        by = Actor(ActorKind.EXTERNAL, row.system, staff.user_id, staff.unit_id) if ends else _as(staff)
        kind = "dossier:finished" if ends else "dossier:tracked"
        uow.record(kind, dossier, by, at, system=row.system, status=line.status, entered_by=staff.name)
    return Checked(len(lines) - len(unknown), tuple(unknown), tuple(differing), tuple(finished))


def _finish(uow: UnitOfWork, dossier: Dossier, row: ExternalTracking, at: datetime) -> None:
    """End the clock when the other system ended; no step of ours is left to do."""
    ended = row.ended_at or at
    start = dossier.competent_received_at or dossier.received_at or at
    if not start <= ended <= at:
        raise EndedElsewhereWrong(where="statuses", number=dossier.code, ended=short_moment(ended))
    taken = advance(
        State(dossier.state), Action.FINISH, ActorKind.EXTERNAL, frozenset({Requirement.RESULT_READY})
    )
    dossier.state = taken.target
    dossier.ended_at, dossier.result_notice_at = ended, at
    close_suspension(uow, dossier, row.system, ended)
    steps.leave(uow, dossier, Action.FINISH, at=at, note=row.system)
    dossier.holder_unit_id, dossier.holder_user_id = dossier.returning_unit_id, None


def _followed(
    uow: UnitOfWork, staff: Staff, lines: tuple[StatusLine, ...]
) -> dict[str, tuple[ExternalTracking, Dossier]]:
    rows = uow.session.execute(
        select(ExternalTracking, Dossier)
        .join(Dossier, Dossier.id == ExternalTracking.dossier_id)
        .where(scope_filter(staff), ExternalTracking.code.in_([line.code for line in lines]))
    )
    return {row.code: (row, dossier) for row, dossier in rows}


def _as(staff: Staff) -> Actor:
    kinds = sorted(staff.actor_kinds, key=list(ActorKind).index)
    return acting(staff, kinds[0])
