"""The working calendar a command reckons with: the house's own, or the official days that the program brings.

Needs the database of the house and nothing else of it, so that `motcua due` does not load printers and keys.
"""

from __future__ import annotations

import csv
from datetime import date
from functools import cache

from app.cli import home_folder
from app.db.calendars import DEFAULT_CALENDAR, CalendarBook
from app.db.session import make_engine, sessions
from app.seed import loader
from app.settings import Settings
from workflows.calendar import DayEntry, DayKind, OpeningHours, WorkingCalendar
from workflows.errors import N_, RuleBroken


class CalendarUnknown(RuleBroken):
    """No calendar of this name in the house."""

    code = "calendar_unknown"
    sentence = N_("Không có lịch làm việc “{name}”. Vui lòng xem tên lịch ở trang quản trị, hoặc bỏ --calendar.")


def load_calendar(settings: Settings, name: str | None = None) -> WorkingCalendar:
    """Return the calendar of this name, or the default one, of a home that is made and migrated.

    A house whose default calendar has not been set up yet reckons with the official days and office hours.
    Raises CalendarUnknown.
    """
    home_folder.prepare(settings)
    engine = make_engine(settings.database_url)
    try:
        with sessions(engine)() as session:
            return CalendarBook().named(session, name or DEFAULT_CALENDAR)
    except LookupError:
        if name in (None, DEFAULT_CALENDAR):
            return official()
        raise CalendarUnknown(where="--calendar", name=name) from None
    finally:
        engine.dispose()


@cache
def official() -> WorkingCalendar:
    """Return the official days off of the years that the program brings, with office hours."""
    rows = csv.DictReader(loader.calendar_text().splitlines())
    days = [DayEntry(date.fromisoformat(r["date"]), DayKind(r["kind"]), r["name"], r["source"]) for r in rows]
    return WorkingCalendar(DEFAULT_CALENDAR, OpeningHours.office(), days, years={entry.day.year for entry in days})
