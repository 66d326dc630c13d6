"""Instants in Vietnam time (thời điểm theo giờ Việt Nam), counted in whole minutes.

Slips, registers and the national exchange show minutes; the clock therefore counts minutes too, and cuts
off seconds everywhere alike, so that what is printed is what was reckoned with.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from workflows.errors import NaiveTime

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
MINUTES_A_DAY = 24 * 60
_YEAR_ONE = datetime(1, 1, 1, tzinfo=VIETNAM)
_A_MINUTE = timedelta(minutes=1)  # multiplying it is thrice as fast as building a timedelta
_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


def local(at: datetime) -> datetime:
    """Return the instant in Vietnam time; raises NaiveTime when it carries no zone."""
    if at.tzinfo is VIETNAM:
        return at
    if at.utcoffset() is None:
        raise NaiveTime(value=at.isoformat())
    return at.astimezone(VIETNAM)


def minute_of(at: datetime) -> int:
    """Return the local minute of an aware instant, counted since midnight before 0001-01-01, minus a day.

    `minute // MINUTES_A_DAY` is the ordinal of the local day. Raises NaiveTime.
    """
    there = local(at)
    return there.toordinal() * MINUTES_A_DAY + there.hour * 60 + there.minute


def from_minute(minute: int) -> datetime:
    """Return the instant of a local minute, in Vietnam time."""
    return _YEAR_ONE + _A_MINUTE * (minute - MINUTES_A_DAY)


def day_of(at: datetime) -> date:
    """Return the local day of an aware instant. Raises NaiveTime."""
    return local(at).date()


def start_of(at: datetime) -> datetime:
    """Return the local midnight at which the day of an instant began. Raises NaiveTime."""
    return local(at).replace(hour=0, minute=0, second=0, microsecond=0)


def end_of(day: date) -> datetime:
    """Return the end of a local day, 24:00, as the exclusive instant (BLDS 2015, article 148.6)."""
    return from_minute((day.toordinal() + 1) * MINUTES_A_DAY)


def weekday_vi(day: date) -> str:
    """Return the Vietnamese name of the weekday."""
    return _WEEKDAYS[day.weekday()]


def day_vi(day: date) -> str:
    """Return a day as a citizen reads it: “thứ Hai, 20/04/2026”."""
    return f"{weekday_vi(day)}, {day.day:02d}/{day.month:02d}/{day.year}"


def moment_vi(at: datetime) -> str:
    """Return an instant as a citizen reads it: “09:05 thứ Hai, 20/04/2026”."""
    there = local(at)
    return f"{there.hour:02d}:{there.minute:02d} {day_vi(there)}"
