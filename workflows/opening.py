"""Opening hours of a desk by weekday (giờ làm việc), with the lunch gap."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from workflows.errors import OpeningHoursBroken
from workflows.instants import weekday_vi

Interval = tuple[time, time]
_MONDAY = date(2026, 1, 5)
_OFFICE_DAY: tuple[Interval, ...] = ((time(7, 30), time(11, 30)), (time(13, 30), time(17, 0)))


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """Opening intervals of the seven weekdays from Monday on, and which weekdays count for time limits.

    A desk may be open on Saturday morning without Saturday becoming a working day (ngày làm việc): such a
    weekday has hours and stands outside `counted`. Raises OpeningHoursBroken.
    """

    weekly: tuple[tuple[Interval, ...], ...]
    counted: frozenset[int] = frozenset(range(5))

    def __post_init__(self) -> None:
        if len(self.weekly) != 7:
            raise _broken(0, "cần đủ bảy ngày trong tuần", where="weekly")
        for weekday, intervals in enumerate(self.weekly):
            _check_order(weekday, intervals)
        if not self.counted:
            raise _broken(0, "cần ít nhất một ngày tính vào thời hạn", where="counted")
        for weekday in sorted(self.counted):
            if not (0 <= weekday < 7 and self.weekly[weekday]):
                raise _broken(weekday, "ngày tính vào thời hạn phải có giờ mở cửa", where="counted")

    @classmethod
    def office(cls, *, saturday: Sequence[Interval] = ()) -> OpeningHours:
        """Return 07:30–11:30 and 13:30–17:00 from Monday to Friday; `saturday` opens without counting."""
        return cls((_OFFICE_DAY,) * 5 + (tuple(saturday), ()))

    @classmethod
    def parse(cls, texts: Iterable[str], counted: Iterable[int] = range(5)) -> OpeningHours:
        """Return the hours written as seven texts like `07:30-11:30 13:30-17:00`, empty when closed."""
        weekly = tuple(_intervals(weekday, text) for weekday, text in enumerate(texts))
        return cls(weekly, frozenset(counted))

    def texts(self) -> tuple[str, ...]:
        """Return the seven texts that `parse` reads."""
        return tuple(" ".join(f"{start:%H:%M}-{end:%H:%M}" for start, end in day) for day in self.weekly)


def _intervals(weekday: int, text: str) -> tuple[Interval, ...]:
    """Return the intervals of one weekday; blanks, commas and long dashes are read kindly."""
    found = []
    for part in text.replace("–", "-").replace(" - ", "-").replace(",", " ").replace(";", " ").split():
        start, dash, end = part.partition("-")
        if not dash:
            raise _broken(weekday, f"“{part}” thiếu giờ đóng cửa", where="weekly")
        found.append((_time(weekday, start), _time(weekday, end)))
    return tuple(found)


def _time(weekday: int, text: str) -> time:
    try:
        hour, minute = text.split(":")
        return time(int(hour), int(minute))
    except ValueError:
        raise _broken(weekday, f"“{text}” không phải là giờ trong ngày", where="weekly") from None


def _check_order(weekday: int, intervals: tuple[Interval, ...]) -> None:
    last = time(0, 0)
    for start, end in intervals:
        if start >= end:
            raise _broken(weekday, f"giờ mở {start:%H:%M} không trước giờ đóng {end:%H:%M}", where="weekly")
        if start < last:
            raise _broken(weekday, f"khoảng bắt đầu {start:%H:%M} chồng lên khoảng trước", where="weekly")
        last = end


def _broken(weekday: int, why: str, *, where: str) -> OpeningHoursBroken:
    name = weekday_vi(_MONDAY + timedelta(days=weekday % 7))
    return OpeningHoursBroken(where=where, weekday=name, why=why)
