"""Releases and their proven time (dấu thời gian): held while no authority answers, prolonged before proofs end.

A result is sealed even when no timestamp authority answers; then its release waits, is tried again, and after
four hours a leader may release it without, by a recorded decision. The timestamp that comes later, and each
renewal of the proof, makes a new version of the file; the version that was handed out stays as it was.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from app.db.models import Dossier, Result, ResultTime
from app.db.unit_of_work import UnitOfWork
from app.domain import checks
from app.domain.people import SCHEDULER, Role, Staff, acting
from app.domain.vietnamese_format import short_moment
from app.services import results
from app.services.dossiers import to_change
from app.services.errors import HeldTooShort, NoRight, NotFound
from app.services.filing import local_day
from app.services.notices import leaders, tell
from app.services.values import KeptFile, NewFile
from workflows.states import ActorKind

HOLD = timedelta(hours=4)
ALARM_AFTER = timedelta(minutes=15)
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 10))
LEASE = timedelta(minutes=5)
"""A process that takes a file up and dies leaves it to the next after this."""
SETTLING = timedelta(days=1)
"""After a release: only revocation data issued after a signature speaks about it."""
BEFORE_END = timedelta(days=90)
NOT_YET = timedelta(days=1)
NO_GAIN = timedelta(days=30)
"""After a renewal that proves no longer than the one before: the authority has no newer certificate or algorithm."""


@dataclass(frozen=True, slots=True)
class Timed:
    """A new version of a file under a timestamp whose proof holds until `until`."""

    kept: KeptFile
    until: datetime | None


def hold(uow: UnitOfWork, dossier: Dossier, result: Result, staff: Staff, at: datetime) -> None:
    """Keep a sealed result from being released until its time is proven (F-16)."""
    result.sealer_id = staff.user_id
    _note(uow, result, staff, "held", at, next_at=at + PAUSES[0])
    uow.record("dossier:release_held", dossier, acting(staff, ActorKind.RECORDS), at, symbol=result.symbol)


def watch(uow: UnitOfWork, result: Result, staff: Staff, at: datetime) -> None:
    """Look after the proof of a result that was released under a timestamp."""
    _note(uow, result, staff, "timed", at, next_at=at + SETTLING)


def take(uow: UnitOfWork, result_id: int, at: datetime) -> bool:
    """Claim a file that is due, so that two processes do not ask for one timestamp twice; False when it is taken."""
    row = _row(uow, result_id)
    if row is None or row.next_at > at:
        return False
    row.next_at = at + LEASE
    return True


def stamped(uow: UnitOfWork, result_id: int, made: Timed, sealer: Staff, at: datetime) -> None:
    """Keep the new version; a release that was held for it is carried out."""
    row, result, dossier = _all(uow, result_id)
    file = NewFile(made.kept, "application/pdf", 1, f"{result.title}.pdf", origin="signed")
    results.replace_file(uow, result, file, by=sealer.name, at=at)
    if row.state == "held":
        results.finish(uow, dossier, result, sealer, issued_on=local_day(at), at=at)
    else:
        uow.record("dossier:result_timed", dossier, SCHEDULER, at, symbol=result.symbol, until=_iso(made.until))
    row.next_at = _renewal(row, made, at)
    row.state, row.until, row.tries, row.error = "timed", made.until, 0, ""


def not_stamped(uow: UnitOfWork, result_id: int, why: str, at: datetime) -> None:
    """Keep why a try failed and when the next comes; after a quarter of an hour the leaders are told, once."""
    row, result, dossier = _all(uow, result_id)
    row.error, row.tries = why[:500], row.tries + 1
    row.next_at = at + (NOT_YET if row.state == "timed" else PAUSES[min(row.tries, len(PAUSES) - 1)])
    if row.state == "held" and row.alarmed_at is None and at - row.since >= ALARM_AFTER:
        row.alarmed_at = at
        facts = {"symbol": result.symbol, "since": short_moment(row.since)}
        tell(uow, leaders(uow, dossier, at), "release_held", facts, about=dossier, at=at)


def release_without(
    uow: UnitOfWork,
    staff: Staff,
    number: str,
    version: int,
    result_id: int,
    *,
    reason: str,
    sealer: Staff,
    at: datetime,
) -> str:
    """Release a held result without a timestamp, by a leader's recorded decision; return its number.

    Raises HeldTooShort before four hours are over. The timestamp is still tried for.
    """
    if not staff.has(Role.LEADER):
        raise NoRight(who="lãnh đạo")
    dossier = to_change(uow, staff, number, version)
    row, result = _row(uow, result_id), results.of_dossier(uow, dossier, result_id, state="signed")
    if row is None or row.state != "held":
        raise NotFound(number=number)
    if at < row.since + HOLD:
        raise HeldTooShort(where="reason", until=short_moment(row.since + HOLD))
    why = checks.paragraph(reason, what="lý do", where="reason")
    row.state, row.reason, row.released_by, row.next_at = "untimed", why, staff.user_id, at
    actor = acting(staff, ActorKind.LEADER)
    uow.record("dossier:released_without_time", dossier, actor, at, symbol=result.symbol, reason=why)
    results.finish(uow, dossier, result, sealer, issued_on=local_day(at), at=at)
    return result.symbol


def is_held(uow: UnitOfWork, result_id: int) -> bool:
    """Tell whether a result is sealed already and waits for its time alone."""
    row = _row(uow, result_id)
    return row is not None and row.state == "held"


def _note(uow: UnitOfWork, result: Result, staff: Staff, state: str, at: datetime, *, next_at: datetime) -> None:
    uow.session.add(ResultTime(result_id=result.id, state=state, sealer_id=staff.user_id, since=at, next_at=next_at))


def _row(uow: UnitOfWork, result_id: int) -> ResultTime | None:
    return uow.session.scalars(
        select(ResultTime).where(ResultTime.result_id == result_id).with_for_update()
    ).one_or_none()


def _all(uow: UnitOfWork, result_id: int) -> tuple[ResultTime, Result, Dossier]:
    row, result = uow.session.get_one(ResultTime, result_id), uow.session.get_one(Result, result_id)
    return row, result, uow.session.get_one(Dossier, result.dossier_id)


def _renewal(row: ResultTime, made: Timed, at: datetime) -> datetime:
    if made.until is None:
        return at + SETTLING
    gained = row.until is None or made.until > row.until
    return max(at + (SETTLING if gained else NO_GAIN), made.until - BEFORE_END)


def _iso(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""
