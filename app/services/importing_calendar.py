"""Importing days off and worked Saturdays (nhập lịch nghỉ, làm bù) into a working calendar."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, select

from app.db.calendars import DEFAULT_CALENDAR, build
from app.db.models import Calendar, CalendarDay
from app.db.unit_of_work import UnitOfWork
from app.domain.catalogue_rows import Fault, Findings
from app.domain.people import Actor
from app.services.importing import Imported, Progress, note_import
from workflows.calendar import DayEntry
from workflows.errors import N_, RuleBroken

# Ten public holidays at least fall on, or are made up on, working days of every year; fewer means a partial list.
FEWEST_DAYS = 9
_MORNING, _AFTERNOON = [450, 690], [810, 1020]  # 07:30–11:30, 13:30–17:00
OFFICE_WEEK = [[_MORNING, _AFTERNOON]] * 5 + [[], []]


class CalendarUnknown(RuleBroken):
    """No working calendar has this name."""

    code = "calendar_unknown"
    sentence = N_("Không có lịch làm việc tên “{name}”. Vui lòng kiểm tra lại tên lịch trong trang quản trị.")


def import_calendar(
    uow: UnitOfWork, entries: Sequence[DayEntry], findings: Findings, by: Actor, *, at: datetime,
    name: str = DEFAULT_CALENDAR, progress: Progress = lambda _done: None,
) -> Imported:  # fmt: skip
    """Bring the days of a calendar to the state of the file, by date. Raises CalendarUnknown.

    The calendar's version rises when a day changed, so that open dossiers can be projected anew; a calendar that
    contradicts itself is refused (CalendarContradiction).
    """
    calendar = _calendar(uow, name)
    known = {row.day: row for row in uow.session.scalars(_days_of(calendar))}
    changed = [entry for entry in entries if not _same(known.get(entry.day), entry)]
    for entry in changed:
        _write(uow, calendar, entry, row=known.get(entry.day), by=by, at=at)
    new = sum(entry.day not in known for entry in entries)
    uow.session.flush()
    partial = _cover_years(uow, calendar)
    if changed:
        calendar.version += 1
        if calendar.years:
            build(uow.session, calendar)
        note_import(uow, "calendar", by, at=at, rows=len(entries), imported=new, changed=len(changed) - new)
    progress(len(entries))
    return Imported(new, len(entries) - new, (*findings.warnings, *partial))


def default_calendar(uow: UnitOfWork) -> Calendar:
    """Return the calendar of authorities that have none of their own; made with office hours when absent."""
    found = uow.session.scalars(select(Calendar).where(Calendar.name == DEFAULT_CALENDAR)).first()
    if found is None:
        found = Calendar(name=DEFAULT_CALENDAR, hours=OFFICE_WEEK, counted=[0, 1, 2, 3, 4], years=[], version=1)
        uow.session.add(found)
        uow.session.flush()
    return found


def _calendar(uow: UnitOfWork, name: str) -> Calendar:
    if name == DEFAULT_CALENDAR:
        return default_calendar(uow)
    found = uow.session.scalars(select(Calendar).where(Calendar.name == name)).first()
    if found is None:
        raise CalendarUnknown(where="calendar", name=name)
    return found


def _days_of(calendar: Calendar) -> Select[CalendarDay]:
    return select(CalendarDay).where(CalendarDay.calendar_id == calendar.id)


def _same(row: CalendarDay | None, entry: DayEntry) -> bool:
    return row is not None and (row.kind, row.name, row.source, row.confirmed) == (
        entry.kind.value,
        entry.name,
        entry.source,
        entry.confirmed,
    )


def _write(
    uow: UnitOfWork, calendar: Calendar, entry: DayEntry, *, row: CalendarDay | None, by: Actor, at: datetime
) -> None:
    if row is None:
        row = CalendarDay(calendar_id=calendar.id, day=entry.day)
        uow.session.add(row)
    row.confirmed = entry.confirmed
    row.kind, row.name, row.source = entry.kind.value, entry.name, entry.source
    row.entered_by, row.entered_at = by.name, at


def _cover_years(uow: UnitOfWork, calendar: Calendar) -> list[Fault]:
    """Let a year count as known only once its list is whole: a half-filled year would promise wrong dates."""
    days = Counter(row.day.year for row in uow.session.scalars(_days_of(calendar)))
    calendar.years = sorted({*calendar.years, *(year for year, count in days.items() if count >= FEWEST_DAYS)})
    partial = sorted(set(days) - set(calendar.years))
    reason = "năm {} mới có {} ngày; chưa dùng để tính hạn đến khi đủ"
    return [Fault(1, "date", reason.format(year, days[year])) for year in partial]
