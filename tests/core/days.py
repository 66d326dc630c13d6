"""Days off and worked Saturdays of 2022–2027 as plain facts, and the desks that the tests reckon with."""

from __future__ import annotations

from datetime import date, datetime, time

from workflows.calendar import VIETNAM, DayEntry, DayKind, OpeningHours, WorkingCalendar

YEARS = range(2022, 2028)
_OFF = {
    2022: "01-03 01-31 02-01 02-02 02-03 02-04 04-11 05-02 05-03 09-01 09-02",
    2023: "01-02 01-20 01-23 01-24 01-25 01-26 05-01 05-02 05-03 09-01 09-04",
    2024: "01-01 02-08 02-09 02-12 02-13 02-14 04-18 04-29 04-30 05-01 09-02 09-03",
    2025: "01-01 01-27 01-28 01-29 01-30 01-31 04-07 04-30 05-01 05-02 09-01 09-02",
    2026: "01-01 01-02 02-16 02-17 02-18 02-19 02-20 04-27 04-30 05-01 08-31 09-01 09-02 11-24",
    2027: "01-01 02-04 02-05 02-08 02-09 02-10 04-16 04-30 05-03 09-02 09-03 11-24",
}
_WORKED = {"2024-05-04": "2024-04-29", "2025-04-26": "2025-05-02", "2026-01-10": "2026-01-02",
           "2026-08-22": "2026-08-31"}
_SOURCE = "thông báo nghỉ lễ hằng năm"


def holiday(text: str, name: str = "Nghỉ lễ", source: str = _SOURCE) -> DayEntry:
    return DayEntry(date.fromisoformat(text), DayKind.HOLIDAY, name, source)


def worked(text: str, replaces: str | None = None, source: str = _SOURCE) -> DayEntry:
    swapped = date.fromisoformat(replaces) if replaces else None
    return DayEntry(date.fromisoformat(text), DayKind.SWAPPED_WORK, "Làm bù", source, replaces=swapped)


OFF_DAYS = frozenset(date.fromisoformat(f"{year}-{day}") for year, days in _OFF.items() for day in days.split())
WORKED_DAYS = frozenset(date.fromisoformat(day) for day in _WORKED)
DAYS = (
    *(holiday(f"{year}-{day}") for year, days in _OFF.items() for day in days.split() if day != "11-24"),
    *(worked(day, replaces) for day, replaces in _WORKED.items()),
    holiday("2026-11-24", "Ngày Văn hóa Việt Nam", "Nghị quyết 28/2026/QH16"),
    holiday("2027-11-24", "Ngày Văn hóa Việt Nam", "Nghị quyết 28/2026/QH16"),
)

SATURDAY_MORNING = OpeningHours.office(saturday=[(time(7, 30), time(11, 30))])
DESK = WorkingCalendar("Hành chính", OpeningHours.office(), days=DAYS, years=YEARS)
SATURDAY_DESK = WorkingCalendar("Có sáng thứ Bảy", SATURDAY_MORNING, days=DAYS, years=YEARS)


def local(text: str) -> datetime:
    """Return the instant written as `Monday 2026-04-20 09:00`; a wrong weekday name fails the test.

    `strptime` alone would not object to a Monday that is a Tuesday.
    """
    name, _, rest = text.partition(" ")
    at = datetime.fromisoformat(rest).replace(tzinfo=VIETNAM)
    assert f"{at:%A}" == name, f"{rest} is a {at:%A}, not a {name}"
    return at


def day(text: str) -> date:
    """Return the day written as `Monday 2026-04-20`, its weekday name verified."""
    return local(text).date()
