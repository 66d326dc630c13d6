"""Periods of reports (kỳ báo cáo): half-open stretches of days in Vietnam time.

A report's month may run from the 15th of the month before to the 14th (chốt số liệu, NĐ 09/2019/NĐ-CP art. 12),
while the index of Decision 766 takes calendar months: the cut-off day is an argument, 1 for the calendar, and that
of the reports a dated row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from app.domain.report_cutoffs import CUTOFFS, Cutoff, cutoff_on
from workflows.calendar import VIETNAM
from workflows.errors import N_, RuleBroken

CALENDAR = 1
LAST_CUTOFF = 28  # every month has it
FIRST_YEAR = 2000


class PeriodEmpty(RuleBroken):
    """A period ends before it begins, or on the same day."""

    code = "period_empty"
    sentence = N_(
        "Kỳ báo cáo từ {start} đến {end} không có ngày nào: ngày cuối không tính vào kỳ. "
        "Vui lòng chọn ngày cuối sau ngày đầu, ví dụ cả tháng 11/2026 là từ 01/11/2026 đến 01/12/2026."
    )


class PeriodOutOfRange(RuleBroken):
    """A period lies where no dossier of this house can be, or its cut-off day is not in every month."""

    code = "period_out_of_range"
    sentence = N_("Kỳ báo cáo {what} không dùng được. Vui lòng chọn năm từ 2000 và ngày chốt từ 1 đến 28.")


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `first_day` up to, but without, `end_day`; `seen_at` is set by boards while it runs."""

    first_day: date
    end_day: date
    name: str = ""
    seen_at: datetime | None = None

    def __post_init__(self) -> None:
        if self.first_day >= self.end_day:
            raise PeriodEmpty(where="to", start=f"{self.first_day:%d/%m/%Y}", end=f"{self.end_day:%d/%m/%Y}")
        if self.first_day.year < FIRST_YEAR:
            raise PeriodOutOfRange(where="from", what=f"{self.first_day:%d/%m/%Y}")

    @property
    def start(self) -> datetime:
        """The first instant inside, UTC."""
        return _midnight(self.first_day)

    @property
    def end(self) -> datetime:
        """The instant that facts are read just before, UTC: the first after the period, or `seen_at`."""
        return self.seen_at or _midnight(self.end_day)

    @property
    def last_day(self) -> date:
        """The last day inside, as forms print it."""
        return self.end_day - timedelta(days=1)

    @property
    def title(self) -> str:
        """The period in Vietnamese words: its name, or its first and last day."""
        return self.name or f"từ {self.first_day:%d/%m/%Y} đến {self.last_day:%d/%m/%Y}"

    def seen(self, at: datetime) -> Period:
        """Return the period as boards tell it at `at`, that instant included; reports read it at its end."""
        runs = self.start < at < _midnight(self.end_day)
        return replace(self, seen_at=at + timedelta.resolution) if runs else self

    def up_to(self, today: date) -> Period:
        """Return the part of the period that is not after `today`: a day to come is not missed yet."""
        runs = self.first_day <= today < self.end_day - timedelta(days=1)
        return Period(self.first_day, today + timedelta(days=1)) if runs else self

    def bounds(self) -> dict[str, datetime]:
        """Return what formulas call `start` and `end`."""
        return {"start": self.start, "end": self.end}


def between(first_day: date, end_day: date) -> Period:
    """Return the period of these days, under its name where it is a month, quarter or year of either calendar."""
    plain = Period(first_day, end_day)
    last = plain.last_day
    named = [
        one
        for cutoff in dict.fromkeys((CALENDAR, *(row.day for row in CUTOFFS)))
        for one in (
            year(last.year, cutoff),
            quarter(last.year, (last.month + 2) // 3, cutoff),
            month(last.year, last.month, cutoff),
        )
    ]
    return next((one for one in named if (one.first_day, one.end_day) == (first_day, end_day)), plain)


def month(year: int, number: int, cutoff: int = CALENDAR) -> Period:
    """Return a month; with a cut-off day it runs from that day of the month before."""
    return _months(year, number, 1, cutoff=cutoff, name=f"tháng {number}/{year}")


def quarter(year: int, number: int, cutoff: int = CALENDAR) -> Period:
    """Return a quarter, 1 to 4."""
    roman = dict(zip(range(1, 5), ("I", "II", "III", "IV"), strict=True)).get(number, "")
    return _months(year, number * 3, 3, cutoff=cutoff, name=f"quý {roman}/{year}")


def year(number: int, cutoff: int = CALENDAR) -> Period:
    """Return a year; with cut-off 15 from 15 December of the year before to 14 December."""
    return _months(number, 12, 12, cutoff=cutoff, name=f"năm {number}")


def month_of(day: date, cutoff: int = CALENDAR) -> Period:
    """Return the month that a day counts in: with cut-off 15, 20 November counts in December's."""
    later = cutoff > CALENDAR and day.day >= cutoff
    return month(*_shifted(day.year, day.month, 1 if later else 0), cutoff)


def report_month_of(day: date, cutoffs: Sequence[Cutoff] = CUTOFFS) -> Period:
    """Return the report month of a day; where the cut-off day changes, the month ends and the next begins there."""
    held, changes = cutoff_on(day, cutoffs)
    whole = month_of(day, held.day)
    first = max(whole.first_day, min(held.effective_from, day))
    end = min(whole.end_day, changes or whole.end_day)
    return whole if (first, end) == (whole.first_day, whole.end_day) else Period(first, end)


def report_month_before(period: Period) -> Period:
    """Return the report month that ends where `period` begins."""
    return report_month_of(period.first_day - timedelta(days=1))


def months_in(period: Period) -> tuple[Period, ...]:
    """Return the stretches of a period, cut at each calendar month, under the months' names where they are whole."""
    found = []
    first = period.first_day
    while first < period.end_day:
        whole = month(first.year, first.month)
        end = min(whole.end_day, period.end_day)
        found.append(whole if (first, end) == (whole.first_day, whole.end_day) else Period(first, end))
        first = end
    return tuple(found)


def _months(number: int, last: int, count: int, *, cutoff: int, name: str) -> Period:
    if not (1 <= last <= 12 and FIRST_YEAR <= number < date.max.year and 1 <= cutoff <= LAST_CUTOFF):
        raise PeriodOutOfRange(where="period", what=name)
    end = _shifted(number, last, 1 if cutoff == CALENDAR else 0)
    start = _shifted(*end, -count)
    return Period(date(*start, cutoff), date(*end, cutoff), name)


def _shifted(number: int, month_number: int, by: int) -> tuple[int, int]:
    years, rest = divmod(number * 12 + month_number - 1 + by, 12)
    return years, rest + 1


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), VIETNAM).astimezone(UTC)
