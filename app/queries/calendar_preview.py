"""What a change of the calendar would move (xem trước khi đổi lịch): reckoned, shown, not written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db.calendars import DEFAULT_CALENDAR, CalendarBook, opening_hours
from app.db.models import Calendar, CalendarDay
from app.db.reckoning import Move, reckon
from workflows.calendar import DayEntry, DayKind, WorkingCalendar
from workflows.errors import N_, RuleBroken

BATCH, MOST_LOOKED_AT, MOST_SHOWN = 2_000, 50_000, 100


class NoCalendar(RuleBroken):
    """No working calendar has this name."""

    code = "calendar_unknown"
    sentence = N_("Không có lịch làm việc tên “{name}”. Vui lòng kiểm tra lại tên lịch trong trang quản trị.")


@dataclass(frozen=True, slots=True)
class Preview:
    """How many open dossiers were looked at, how many due times would move, and the first of them.

    `unreckoned` would need a year that nobody has entered; `is_whole` is false where only the first were looked at.
    """

    calendar: str
    dossiers: int
    moved: int
    unreckoned: int
    is_whole: bool
    first: tuple[Move, ...]


def preview(
    session: Session,
    calendars: CalendarBook,
    *,
    added: Iterable[DayEntry] = (),
    removed: Iterable[date] = (),
    calendar_id: int | None = None,
    name: str = DEFAULT_CALENDAR,
    at: datetime,
) -> Preview:
    """Return what adding and removing these days would move. Raises NoCalendar, CalendarContradiction."""
    wanted = Calendar.id == calendar_id if calendar_id else Calendar.name == name
    row = session.scalars(select(Calendar).where(wanted)).first()
    if row is None:
        raise NoCalendar(where="calendar", name=name)
    changed = _changed(session, row, tuple(added), frozenset(removed))
    _, units = calendars.in_use(session).get(row.id, (row, ()))
    return _counted(session, changed, units, at)


def _counted(session: Session, calendar: WorkingCalendar, units: tuple[int, ...], at: datetime) -> Preview:
    seen = moved = unreckoned = after = 0
    first: list[Move] = []
    is_whole = False
    while seen < MOST_LOOKED_AT and not is_whole:
        batch = reckon(session, calendar, units, after=after, most=BATCH, at=at)
        seen, after = seen + batch.seen, batch.last_id
        moved += len(batch.moves)
        unreckoned += batch.unreckoned
        first += batch.moves[: MOST_SHOWN - len(first)]
        is_whole = batch.seen < BATCH
    return Preview(calendar.name, seen, moved, unreckoned, is_whole, tuple(first))


def _changed(
    session: Session, row: Calendar, added: tuple[DayEntry, ...], removed: frozenset[date]
) -> WorkingCalendar:
    days = session.scalars(select(CalendarDay).where(CalendarDay.calendar_id == row.id))
    kept = [
        DayEntry(day.day, DayKind(day.kind), day.name, day.source, day.confirmed)
        for day in days
        if day.day not in removed
    ]
    return WorkingCalendar(row.name, opening_hours(row), (*kept, *added), years=row.years)
