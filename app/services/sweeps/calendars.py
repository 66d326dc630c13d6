"""After a calendar changed (tính lại hạn theo lịch mới): open dossiers get their due times anew, in one run.

A run reckons first and shows nothing; when all is reckoned it publishes: one event for the run, one for each due time
that moves, with both dates and the cause; then it tells the holders and the applicants. Each call does one batch and
moves a cursor in the same transaction, so that a run that was killed goes on where it stopped. A batch is as long as
the machine is quick: so many portions as fit into the time that others may wait. A change that comes before
publishing overtakes the run.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import lru_cache
from time import monotonic
from typing import Any

from sqlalchemy import Integer, bindparam, func, select, update
from sqlalchemy.orm import Session

from app.db.base import table_of
from app.db.bulk import BulkWriter
from app.db.calendars import CalendarBook
from app.db.facts import refresh_clock
from app.db.models import Calendar, CalendarMove, CalendarRun, Dossier, DossierClock
from app.db.moving import Chained, Stretch, publish
from app.db.reckoning import OPEN_AFTER, reckon
from app.db.unit_of_work import UnitOfWork
from app.domain.people import SCHEDULER
from app.services.steps import current_hop
from app.services.sweeps.calendar_news import cause_of, tell_of_move
from workflows.calendar import VIETNAM
from workflows.errors import CalendarYearMissing
from workflows.steps import step_due_at

RECKONED_AT_ONCE, PUBLISHED_AT_ONCE, LOOKED_AT_ONCE, TOLD_AT_ONCE = 500, 125, 5_000, 20
HELD_SECONDS = 0.1  # of the writer, in which a batch takes one portion after the other; the commit comes on top
KIND = "dossier:calendar_changed"
UNFINISHED = ("reckoning", "publishing", "telling")
_STAGED = ("dossier_id", "event_seq", "old_due_at", "due_at", "due_day", "promised_at", "statutory_due_at",
           "step_due_at")  # fmt: skip
_moved, _clock = CalendarMove.dossier_id, DossierClock.dossier_id
_NTH = bindparam("nth", type_=Integer)
_MOVES = select(_moved).where(CalendarMove.run_id == bindparam("run"), _moved > bindparam("after"))
_CLOCKS = select(_clock).where(*OPEN_AFTER, _clock <= bindparam("up_to"))
_NTH_MOVE, _NTH_CLOCK = _MOVES.order_by(_moved).offset(_NTH).limit(1), _CLOCKS.order_by(_clock).offset(_NTH).limit(1)
_LAST_MOVE, _LAST_CLOCK = _MOVES.order_by(_moved.desc()).limit(1), _CLOCKS.order_by(_clock.desc()).limit(1)
# What has not moved follows the new version too; what moved has it already.
_FOLLOW = (
    update(table_of(DossierClock))
    .where(*OPEN_AFTER, _clock <= bindparam("last"), DossierClock.calendar_version != bindparam("version"))
    .values(calendar_version=bindparam("version"))
)


def due(session: Session, calendars: CalendarBook, _at: datetime) -> Sequence[int]:
    """Return the calendars that open dossiers have not followed yet, or whose run is not finished."""
    unfinished = set(session.scalars(select(CalendarRun.calendar_id).where(CalendarRun.state.in_(UNFINISHED))))
    behind = {
        calendar_id
        for calendar_id, units in _units_by_calendar(session, calendars).items()
        if _is_behind(session, session.get_one(Calendar, calendar_id), units)
    }
    return sorted(unfinished | behind)


def act(uow: UnitOfWork, calendar_id: int, at: datetime) -> bool:
    """Do one batch of the run of a calendar; False when there is nothing left to do."""
    fresh = {"populate_existing": True}
    asked = select(Calendar).where(Calendar.id == calendar_id).with_for_update()
    calendar = uow.session.scalars(asked, execution_options=fresh).one()
    units = _units_by_calendar(uow.session, uow.calendars).get(calendar.id, ())
    run = _run(uow, calendar, units, at)
    if run is None:
        return False
    if run.state == "reckoning" and run.to_version < calendar.version:
        run.state = "overtaken"
    elif run.state == "reckoning":
        _in_portions(lambda: _reckon(uow, calendar, run, units, at=at))
    elif run.state == "publishing":
        _in_portions(lambda: _publish(uow, calendar, run, units, at=at))
    else:
        _tell(uow, run, at)
    return True


def _in_portions(portion: Callable[[], bool]) -> None:
    """Do one portion after the other while there is more, until another one would hold the writer too long."""
    begun = since = monotonic()
    while portion():
        now = monotonic()
        if now - begun + now - since > HELD_SECONDS:
            return
        since = now


def _run(uow: UnitOfWork, calendar: Calendar, units: Sequence[int], at: datetime) -> CalendarRun | None:
    """Return the oldest unfinished run, or a new one where dossiers are behind."""
    found = uow.session.scalars(
        select(CalendarRun)
        .where(CalendarRun.calendar_id == calendar.id, CalendarRun.state.in_(UNFINISHED))
        .order_by(CalendarRun.to_version)
        .limit(1)
    ).first()
    if found is not None:
        return found
    if not _is_behind(uow.session, calendar, units):
        return None
    cause = cause_of(uow.session, calendar.id)
    made = CalendarRun(calendar_id=calendar.id, to_version=calendar.version, cause=cause, started_at=at)
    uow.session.add(made)
    uow.session.flush()
    return made


def _reckon(uow: UnitOfWork, calendar: Calendar, run: CalendarRun, units: Sequence[int], *, at: datetime) -> bool:
    """Stage the next due times; False when all are staged and the run has begun to publish."""
    working = uow.calendars.of_row(uow.session, calendar)
    batch = reckon(uow.session, working, units, after=run.reckoned_to, most=RECKONED_AT_ONCE, at=at)
    staged = BulkWriter(uow.session.connection(), table_of(CalendarMove), ("run_id", *_STAGED))
    staged.write({"run_id": run.id, **{name: getattr(move, name) for name in _STAGED}} for move in batch.moves)
    run.reckoned_to = batch.last_id
    run.dossiers += batch.seen
    run.moved += len(batch.moves)
    run.unreckoned += batch.unreckoned
    if batch.seen == RECKONED_AT_ONCE:
        return True
    run.state, run.published_at = "publishing", at
    counts = {"dossiers": run.dossiers, "moved": run.moved, "unreckoned": run.unreckoned}
    told = {"run": run.id, "version": run.to_version, "cause": run.cause, **counts}
    uow.note("calendar:reprojected", ("calendar", str(calendar.id)), SCHEDULER, at, **told)
    return False


def _publish(uow: UnitOfWork, calendar: Calendar, run: CalendarRun, units: Sequence[int], *, at: datetime) -> bool:
    """Write the next due times, valid from the moment at which the run published; False when all are written."""
    last = _portion_end(uow.session, run, units)
    if last is None:
        run.state = "telling"
        return False
    chained = Chained(KIND, SCHEDULER, run.published_at or at, _told(calendar, run), _moved_dates)
    stretch = Stretch(run.id, run.published_to, last)
    for dossier_id in publish(uow.session, stretch, chained, version=run.to_version):
        _reckon_again(uow, calendar, run, dossier_id, at=at)
    followed = {"after": run.published_to, "units": units, "last": last, "version": run.to_version}
    uow.session.connection().execute(_FOLLOW, followed)
    run.published_to = last
    return True


def _portion_end(session: Session, run: CalendarRun, units: Sequence[int]) -> int | None:
    """Return the last dossier of the next portion: so many moves, or so many dossiers, whichever comes first."""
    connection, after = session.connection(), run.published_to
    moves = {"run": run.id, "after": after}
    last = connection.scalar(_NTH_MOVE, {**moves, "nth": PUBLISHED_AT_ONCE - 1})
    clocks = {"after": after, "units": units, "up_to": last or run.reckoned_to}
    full = connection.scalar(_NTH_CLOCK, {**clocks, "nth": LOOKED_AT_ONCE - 1}) or last
    if full is not None:
        return full
    ends = (connection.scalar(_LAST_MOVE, moves), connection.scalar(_LAST_CLOCK, clocks))  # fewer than a portion
    return max((end for end in ends if end is not None), default=None)


def _reckon_again(uow: UnitOfWork, calendar: Calendar, run: CalendarRun, dossier_id: int, *, at: datetime) -> None:
    """Reckon one dossier that was worked on in the meantime, and journal what its due time is now."""
    dossier = uow.session.get_one(Dossier, dossier_id)
    stay = current_hop(uow, dossier)
    move = uow.session.get_one(CalendarMove, (run.id, dossier_id))
    try:
        if stay is not None and stay.allotted_minutes:
            working = uow.calendars.of_row(uow.session, calendar)
            stay.due_at = step_due_at(stay.allotted_minutes, stay.handed_at, working)
        clock = refresh_clock(uow.session, dossier, uow.calendars, at=at)
    except CalendarYearMissing:
        return
    uow.session.execute(
        update(CalendarMove)
        .where(CalendarMove.run_id == run.id, CalendarMove.dossier_id == dossier_id)
        .values(due_at=clock.due_at, due_day=clock.due_day, promised_at=clock.promised_at,
                step_due_at=clock.step_due_at)
    )  # fmt: skip
    if clock.due_at != move.old_due_at or clock.step_due_at != move.step_due_at:
        moved = uow.session.get_one(CalendarMove, (run.id, dossier_id), populate_existing=True)
        uow.record(KIND, dossier, SCHEDULER, at, **_told(calendar, run), **_moved_dates(moved))


def _tell(uow: UnitOfWork, run: CalendarRun, at: datetime) -> None:
    moves = uow.session.scalars(
        select(CalendarMove)
        .where(CalendarMove.run_id == run.id, CalendarMove.dossier_id > run.told_to)
        .order_by(CalendarMove.dossier_id)
        .limit(TOLD_AT_ONCE)
    ).all()
    for move in moves:
        tell_of_move(uow, uow.session.get_one(Dossier, move.dossier_id), move, cause=run.cause, at=at)
    run.told_to = moves[-1].dossier_id if moves else run.told_to
    if len(moves) < TOLD_AT_ONCE:
        run.state, run.done_at = "done", at


def _units_by_calendar(session: Session, calendars: CalendarBook) -> dict[int, tuple[int, ...]]:
    """Return the units with open dossiers by the calendar that they work by."""
    return {calendar_id: units for calendar_id, (_, units) in calendars.in_use(session).items()}


def _is_behind(session: Session, calendar: Calendar, units: Sequence[int]) -> bool:
    """Tell whether a clock was reckoned by another version, and no run has followed this one."""
    if session.scalar(
        select(func.count()).where(
            CalendarRun.calendar_id == calendar.id,
            CalendarRun.to_version == calendar.version,
            CalendarRun.state == "done",
        )
    ):
        return False
    version = DossierClock.calendar_version
    of_units = select(DossierClock.dossier_id).where(DossierClock.is_open, DossierClock.settling_unit_id.in_(units))
    # Two ranges of the index in place of "another one", which would read all open clocks.
    others = (of_units.where(version < calendar.version), of_units.where(version > calendar.version))
    return any(session.scalars(behind.limit(1)).first() is not None for behind in others)


def _told(calendar: Calendar, run: CalendarRun) -> dict[str, Any]:
    """Return what each event of a run says alike."""
    return {"calendar": calendar.name, "version": run.to_version, "run": run.id, "cause": run.cause}


def _moved_dates(row: Any) -> dict[str, Any]:
    return {"old_due": _text(row.old_due_at), "new_due": _text(row.due_at), "step_due": _text(row.step_due_at)}


@lru_cache(maxsize=4_096)  # due times are shared by many
def _text(moment: datetime | None) -> str:
    return moment.astimezone(VIETNAM).isoformat(timespec="minutes") if moment else ""
