"""The working calendar as its administrator changes it (lịch làm việc): hours, days off, worked Saturdays.

A change makes a new version; dossiers already promised are re-projected by the scheduler, which journals old
and new dates. A day that lies in the past is not changed silently: it needs its document like any other.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from app.db.calendars import DEFAULT_CALENDAR, build
from app.db.models import Calendar, CalendarDay, Unit
from app.db.unit_of_work import UnitOfWork
from app.domain import checks
from app.domain.people import Actor, Staff
from app.services.accounts import administering
from app.services.importing_calendar import default_calendar
from workflows.calendar import DayEntry, DayKind
from workflows.errors import N_, RuleBroken
from workflows.opening import OpeningHours


class DayTaken(RuleBroken):
    """A day stands in the calendar once."""

    code = "day_taken"
    sentence = "Ngày {day} đã có trong lịch: {name}. Vui lòng bỏ ngày cũ trước khi ghi ngày mới."


class NoSuchDay(RuleBroken):
    """The day is not in this calendar, or another administrator took it out."""

    code = "no_such_day"
    sentence = "Ngày này không còn trong lịch. Vui lòng mở lại trang lịch."
    status = 404


class YearKnown(RuleBroken):
    """A calendar holds each year once."""

    code = "year_known"
    sentence = N_("Lịch đã có năm {year}. Vui lòng sửa từng ngày của năm đó thay vì dự kiến lại.")


@dataclass(frozen=True, slots=True)
class NewDay:
    """A special day with the document it rests on."""

    day: date
    kind: DayKind
    name: str
    source: str


def with_hours(uow: UnitOfWork, hours: OpeningHours) -> Calendar:
    """Return the calendar of this house, opened at these hours; made when there is none."""
    calendar = default_calendar(uow)
    _write_hours(calendar, hours)
    calendar.version += 1
    uow.session.flush()
    return calendar


def calendar_of(uow: UnitOfWork, staff: Staff) -> Calendar:
    """Return the calendar that the administrator's authority works by, locked."""
    unit = uow.session.get_one(Unit, staff.root_unit_id)
    if unit.calendar_id is None:
        return uow.session.scalars(select(Calendar).where(Calendar.name == DEFAULT_CALENDAR).with_for_update()).one()
    return uow.session.get_one(Calendar, unit.calendar_id, with_for_update=True)


def change_hours(uow: UnitOfWork, staff: Staff, texts: Iterable[str], counted: Iterable[int], *, at: datetime) -> None:
    """Set the weekly hours from seven texts like `07:30-11:30 13:30-17:00`. Raises OpeningHoursBroken."""
    hours = OpeningHours.parse(texts, counted)
    calendar = calendar_of(uow, staff)
    before = [list(map(list, day)) for day in calendar.hours]
    _write_hours(calendar, hours)
    _changed(uow, calendar, staff, at, what="hours", before=before, after=calendar.hours)


def add_day(uow: UnitOfWork, staff: Staff, new: NewDay, at: datetime) -> None:
    """Put one special day into the calendar. Raises DayTaken, Missing, TooLong or CalendarContradiction."""
    calendar = calendar_of(uow, staff)
    known = _day(uow, calendar, new.day)
    if known is not None:
        raise DayTaken(where="day", day=f"{new.day:%d/%m/%Y}", name=known.name)
    _put(uow, calendar, new, administering(staff), at)
    told = {"day": new.day.isoformat(), "day_kind": new.kind.value, "source": new.source.strip()}
    _changed(uow, calendar, staff, at, what="day_added", **told)


def remove_day(uow: UnitOfWork, staff: Staff, day: date, reason: str, *, at: datetime) -> None:
    """Take one special day out, with the reason. Raises NoSuchDay, Missing or TooLong."""
    why = checks.text(reason, what="lý do bỏ ngày", where="reason")
    calendar = calendar_of(uow, staff)
    row = _day(uow, calendar, day)
    if row is None:
        raise NoSuchDay
    uow.session.delete(row)
    _changed(uow, calendar, staff, at, what="day_removed", day=day.isoformat(), name=row.name, reason=why)


def confirm_year(uow: UnitOfWork, staff: Staff, year: int, at: datetime) -> int:
    """Declare the days of one year official and the year whole; return how many days that confirms."""
    calendar = calendar_of(uow, staff)
    rows = [row for row in _days(uow, calendar) if row.day.year == year]
    waiting = [row for row in rows if not row.confirmed]
    for row in waiting:
        row.confirmed = True
    calendar.years = sorted({*calendar.years, year})
    _changed(uow, calendar, staff, at, what="year_confirmed", year=year, days=len(rows))
    return len(waiting)


def propose_year(uow: UnitOfWork, staff: Staff, year: int, days: Iterable[DayEntry], *, at: datetime) -> int:
    """Put the days off that a year lets us expect into the calendar, each marked as expected; return how many.

    Days that stand already are left as they are. The year counts from then on, and every due that rests on such a
    day says so. Raises YearKnown for a year that the calendar holds.
    """
    calendar = calendar_of(uow, staff)
    if year in calendar.years:
        raise YearKnown(where="year", year=year)
    known = {row.day for row in _days(uow, calendar)}
    fresh = [entry for entry in days if entry.day not in known]
    for entry in fresh:
        new = NewDay(entry.day, entry.kind, entry.name, entry.source)
        _put(uow, calendar, new, administering(staff), at, confirmed=False)
    calendar.years = sorted({*calendar.years, year})
    _changed(uow, calendar, staff, at, what="year_proposed", year=year, days=len(fresh))
    return len(fresh)


def _put(
    uow: UnitOfWork, calendar: Calendar, new: NewDay, by: Actor, at: datetime, *, confirmed: bool = True
) -> None:
    uow.session.add(
        CalendarDay(
            calendar_id=calendar.id,
            day=new.day,
            kind=new.kind.value,
            name=checks.text(new.name, what="tên ngày", where="name"),
            source=checks.text(new.source, what="căn cứ (số văn bản)", where="source"),
            confirmed=confirmed,
            entered_by=by.name,
            entered_at=at,
        )
    )


def _changed(uow: UnitOfWork, calendar: Calendar, staff: Staff, at: datetime, **payload: object) -> None:
    """Raise the version, refuse a calendar that contradicts itself, and chain the event."""
    calendar.version += 1
    uow.session.flush()
    build(uow.session, calendar)
    uow.note("calendar:changed", ("calendar", str(calendar.id)), administering(staff), at, **payload)


def _write_hours(calendar: Calendar, hours: OpeningHours) -> None:
    calendar.hours = [
        [[start.hour * 60 + start.minute, end.hour * 60 + end.minute] for start, end in day] for day in hours.weekly
    ]
    calendar.counted = sorted(hours.counted)


def _day(uow: UnitOfWork, calendar: Calendar, day: date) -> CalendarDay | None:
    return uow.session.scalar(select(CalendarDay).where(CalendarDay.calendar_id == calendar.id, CalendarDay.day == day))


def _days(uow: UnitOfWork, calendar: Calendar) -> list[CalendarDay]:
    return list(uow.session.scalars(select(CalendarDay).where(CalendarDay.calendar_id == calendar.id)))
