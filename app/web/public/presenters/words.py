"""Times, limits and money as citizens read them; the full sentences of the pages are built from these."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from app.i18n import gettext as _
from app.web.filters import money, vn_date, vn_weekday
from workflows.calendar import VIETNAM
from workflows.limits import LimitUnit, TimeLimit


def limit_words(limit: TimeLimit) -> str:
    """Return "4 ngày làm việc"; a same-day limit says until when papers must come."""
    n = limit.amount
    words = {
        LimitUnit.WORKING_DAYS: _("%(n)s ngày làm việc", n=n),
        LimitUnit.DAYS: _("%(n)s ngày", n=n),
        LimitUnit.MONTHS: _("%(n)s tháng", n=n),
        LimitUnit.WORKING_HOURS: _("%(n)s giờ làm việc", n=n),
        LimitUnit.HOURS: _("%(n)s giờ", n=n),
        LimitUnit.SAME_DAY: _("Trong ngày"),
    }
    return words[limit.unit]


def plain_name(name: str) -> str:
    """Return a procedure's name without the "Thủ tục" that official lists put before it."""
    bare = name.removeprefix("Thủ tục ").strip()
    return bare[:1].upper() + bare[1:]


def parsed(text: str, cutoff: str | None) -> TimeLimit | None:
    """Return the limit stored as text, or None where it is chưa xác định."""
    return TimeLimit.parse(text, cutoff=cutoff) if text else None


def fee_words(amount: int) -> str:
    """Return "Miễn phí" for nothing, else "8.000 đ"."""
    return money(amount) if amount else _("Miễn phí")


def promise_words(promised: datetime, *, now: datetime) -> str:
    """Return "Ngày mai, thứ Tư 02/12/2026, trước 17 giờ"."""
    there = promised.astimezone(VIETNAM)
    day = f"{vn_weekday(there)} {vn_date(there)}"
    near = _near(there.date(), now.astimezone(VIETNAM).date())
    whole = f"{near}, {day}" if near else day[0].upper() + day[1:]
    return _("%(day)s, trước %(hour)s", day=whole, hour=hour_words(there))


def hour_words(at: datetime) -> str:
    """Return "17 giờ" or "16 giờ 30"."""
    there = at.astimezone(VIETNAM)
    if there.minute:
        return _("%(hour)s giờ %(minute)s", hour=there.hour, minute=f"{there.minute:02d}")
    return _("%(hour)s giờ", hour=there.hour)


def when_words(at: datetime, *, now: datetime) -> str:
    """Return "Hôm nay, 08:10" or "thứ Sáu 20/11/2026, 09:12" for a thing that happened."""
    there, today = at.astimezone(VIETNAM), now.astimezone(VIETNAM).date()
    if there.date() == today:
        return _("Hôm nay, %(time)s", time=f"{there:%H:%M}")
    if there.date() == today - timedelta(days=1):
        return _("Hôm qua, %(time)s", time=f"{there:%H:%M}")
    day = f"{vn_weekday(there)} {vn_date(there)}, {there:%H:%M}"
    return day[0].upper() + day[1:]


def days_words(minutes: int, minutes_a_day: int) -> str:
    """Return working minutes as days to the half: "3 ngày", "2,5 ngày"; less than half a day in hours."""
    if minutes * 2 < minutes_a_day:
        return _("%(n)s giờ", n=round(minutes / 60))
    halves = round(minutes * 2 / minutes_a_day)
    number = f"{halves // 2}" if halves % 2 == 0 else f"{halves // 2},5"
    return _("%(n)s ngày", n=number)


def _near(day: date, today: date) -> str:
    return {0: _("Hôm nay"), 1: _("Ngày mai")}.get((day - today).days, "")
