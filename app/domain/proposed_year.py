"""A year of holidays as the law lets us expect it (lịch nghỉ dự kiến): everything here waits for the notice.

Labour Code 2019 article 112 fixes how many days each holiday has, article 111.3 that one falling on a weekly day off
is made up on the next working day. Swaps (hoán đổi) are decided each year and cannot be expected.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from workflows.days import DayEntry, DayKind

SOURCE = "Dự kiến theo Bộ luật Lao động 2019, Điều 111, 112; chờ thông báo chính thức"
CULTURE_DAY = (11, 24)  # Resolution 28/2026/QH16
TET = "Tết Nguyên đán"
_SOLAR: Mapping[tuple[int, int], str] = {
    (1, 1): "Tết Dương lịch",
    (4, 30): "Ngày Chiến thắng",
    (5, 1): "Ngày Quốc tế lao động",
    (9, 2): "Quốc khánh",
}
_TET_DAYS = range(-1, 4)  # the eve, and the first four of the lunar year: five days


def proposed(year: int, *, new_year: date, ancestors: date) -> tuple[DayEntry, ...]:
    """Return the days off to expect, unconfirmed, in order. `new_year` is the first of the lunar year.

    `ancestors` is the tenth of its third month (Giỗ Tổ Hùng Vương). Only days that would be worked are listed.
    """
    named = [(date(year, *day), name) for day, name in _SOLAR.items()]
    named.append((date(year, 9, 1), "Quốc khánh"))  # the day before; some years the day after
    named.append((ancestors, "Giỗ Tổ Hùng Vương"))
    named.append((date(year, *CULTURE_DAY), "Ngày Văn hóa Việt Nam"))
    named += [(new_year + timedelta(days=offset), TET) for offset in _TET_DAYS]
    return _with_substitutes(sorted(named))


def _with_substitutes(named: Iterable[tuple[date, str]]) -> tuple[DayEntry, ...]:
    """List the working days among the holidays, and a substitute for each that falls on a weekend.

    24 November is outside article 111.3: on a weekend it gives no other day.
    """
    known = list(named)
    taken = {day for day, _ in known}
    found: list[DayEntry] = []
    for day, name in known:
        if day.weekday() < 5:
            found.append(DayEntry(day, DayKind.HOLIDAY, name, SOURCE, confirmed=False))
        elif (day.month, day.day) != CULTURE_DAY:
            instead = _next_free(day, taken)
            taken.add(instead)
            found.append(DayEntry(instead, DayKind.SUBSTITUTE, f"{name} (nghỉ bù)", SOURCE, confirmed=False))
    return tuple(sorted(found, key=lambda entry: entry.day))


def _next_free(day: date, taken: set[date]) -> date:
    day += timedelta(days=1)
    while day.weekday() >= 5 or day in taken:
        day += timedelta(days=1)
    return day
