"""Standing still on a ground of the law's list (tạm dừng, tiếp tục): opened with its paper, closed, run out.

What a ground does, who may open it, which document it needs, how long and how often: rows of data, because the
law moves. Supplement and financial duty have acts of their own (`waiting`).
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, or_, select

from app.db import facts
from app.db.models import Dossier, LedgerEntry, SuspensionGround
from app.db.unit_of_work import UnitOfWork
from app.domain import checks
from app.domain.people import Staff, acting
from app.services.dossiers import move, to_change
from app.services.errors import AlreadyDone
from app.services.filing import local_day
from app.services.pausing_errors import GroundNotOpen, GroundNotYours, GroundUsedUp, StandsStill
from workflows.instants import end_of
from workflows.ledger import PAYMENT, SUPPLEMENT, Effect, effect_of
from workflows.states import Action, ActorKind, Requirement

OWN_ACTS = frozenset({SUPPLEMENT, PAYMENT})


def pause(
    uow: UnitOfWork,
    staff: Staff,
    number: str,
    version: int,
    *,
    ground: str,
    document: str,
    reason: str,
    at: datetime,
) -> None:
    """Open a suspension on a ground of the list; its effect on the clock is the ground's.

    Raises GroundNotOpen, GroundNotYours, GroundUsedUp, StandsStill, Missing where the ground needs a document.
    """
    dossier = to_change(uow, staff, number, version)
    row = _in_force(uow, ground, at)
    kind = _may_open(staff, row)
    document = checks.text(
        document, what=row.document or "số văn bản", where="document", longest=200, required=bool(row.document)
    )
    reason = checks.paragraph(reason, what="lý do tạm dừng", where="reason")
    _refuse_used_up(uow, dossier, row)
    if _open_pause(uow, dossier) is not None:
        raise StandsStill(where="ground")
    move(dossier, Action.PAUSE, staff, frozenset({Requirement.GROUND, Requirement.NOTICE}))
    suspend(uow, dossier, ground, by=staff.name, document=document, reason=reason, at=at)
    facts.refresh_clock(uow.session, dossier, uow.calendars, at=at)
    uow.record(
        "dossier:paused", dossier, acting(staff, kind), at, ground=ground, document=document, reason=reason
    )


def resume(uow: UnitOfWork, staff: Staff, number: str, version: int, *, note: str, at: datetime) -> None:
    """Close the open suspension of a ground of the list; the clock goes on as the ground says. Raises AlreadyDone."""
    dossier = to_change(uow, staff, number, version)
    note = checks.paragraph(note, what="ghi chú", where="note", required=False)
    entry = _open_pause(uow, dossier)
    if entry is None:
        raise AlreadyDone
    _, kind = move(dossier, Action.RESUME, staff)
    entry.ended_at, entry.closed_by = max(at, entry.started_at), staff.name
    uow.record("dossier:resumed", dossier, acting(staff, kind), at, ground=entry.ground, note=note)


def suspend(
    uow: UnitOfWork, dossier: Dossier, ground: str, *, by: str, document: str, reason: str = "", at: datetime
) -> None:
    """Put a suspension on the dossier's clock. Raises StandsStill where another ground stops it already."""
    known = uow.session.scalars(select(SuspensionGround).where(SuspensionGround.code == ground)).first()
    effect = known.effect if known else effect_of(ground)
    other = _open_pause(uow, dossier)
    if other is not None and Effect.NONE not in (other.effect, effect):
        raise StandsStill(where="ground")
    calendar, _ = uow.calendars.of_unit(uow.session, dossier.settling_unit_id)
    longest = known.longest_working_days if known and ground not in OWN_ACTS else None
    uow.session.add(
        LedgerEntry(
            dossier_id=dossier.id,
            kind="suspension",
            ground=ground,
            effect=effect,
            started_at=max(at, dossier.competent_received_at or dossier.received_at or at),
            until_at=end_of(calendar.add_working_days(local_day(at), longest)) if longest else None,
            document=document,
            reason=reason,
            opened_by=by,
        )
    )
    uow.session.flush()


def _in_force(uow: UnitOfWork, ground: str, at: datetime) -> SuspensionGround:
    day = local_day(at)
    row = uow.session.scalars(
        select(SuspensionGround).where(
            SuspensionGround.code == ground,
            SuspensionGround.effective_from <= day,
            or_(SuspensionGround.effective_to.is_(None), SuspensionGround.effective_to > day),
        )
    ).first()
    if row is None or row.code in OWN_ACTS:
        raise GroundNotOpen(where="ground")
    return row


def _may_open(staff: Staff, row: SuspensionGround) -> ActorKind:
    """Return in what capacity `staff` opens the ground; a leader may what an officer may. Raises GroundNotYours."""
    wanted = ActorKind(row.opened_by)
    for kind in (wanted, ActorKind.LEADER):
        if kind in staff.actor_kinds:
            return kind
    raise GroundNotYours(where="ground", ground=row.name, who=wanted.term_vi)


def _refuse_used_up(uow: UnitOfWork, dossier: Dossier, row: SuspensionGround) -> None:
    used = uow.session.scalar(
        select(func.count())
        .select_from(LedgerEntry)
        .where(LedgerEntry.dossier_id == dossier.id, LedgerEntry.ground == row.code)
    )
    if row.most_often is not None and (used or 0) >= row.most_often:
        raise GroundUsedUp(where="ground", ground=row.name, times=row.most_often)


def _open_pause(uow: UnitOfWork, dossier: Dossier) -> LedgerEntry | None:
    open_ones = select(LedgerEntry).where(
        LedgerEntry.dossier_id == dossier.id,
        LedgerEntry.kind == "suspension",
        LedgerEntry.ended_at.is_(None),
        LedgerEntry.ground.not_in(OWN_ACTS),
    )
    return uow.session.scalars(open_ones).first()
