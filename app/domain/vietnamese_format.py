"""Vietnamese writing of dates, clock times, numbers and money, as official papers write them.

Pure text helpers. A `datetime` must be aware and is shown in Vietnam time; money is whole đồng.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from workflows.calendar import VIETNAM

_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_SCALES = ("", " nghìn", " triệu")
_BILLION = 1_000_000_000


def local(moment: datetime) -> datetime:
    """The same instant on the Vietnamese clock. Raises ValueError for a time without zone."""
    if moment.tzinfo is None:
        raise ValueError(f"time without zone: {moment.isoformat()}")
    return moment.astimezone(VIETNAM)


def _day(day: date) -> date:
    return local(day).date() if isinstance(day, datetime) else day


def date_words(day: date) -> str:
    """`ngày 05 tháng 3 năm 2026`. Days below 10 and months 1 and 2 take a zero (NĐ 30/2020, Annex I)."""
    day = _day(day)
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def clock_words(moment: datetime) -> str:
    """`08 giờ 42 phút`, Vietnam time, seconds cut off."""
    return local(moment).strftime("%H giờ %M phút")


def moment_words(moment: datetime) -> str:
    """`08 giờ 42 phút, ngày 20 tháng 11 năm 2026`: the way Mẫu 01-06 write a time."""
    return f"{clock_words(moment)}, {date_words(moment)}"


def moment_with_weekday(moment: datetime) -> str:
    """`16 giờ 30 phút, thứ Năm, ngày 26 tháng 11 năm 2026`: a promise people remember."""
    return f"{clock_words(moment)}, {weekday_name(moment)}, {date_words(moment)}"


def weekday_name(day: date) -> str:
    """`thứ Hai` … `Chủ nhật`."""
    return _WEEKDAYS[_day(day).weekday()]


def short_date(day: date) -> str:
    """`20/11/2026`."""
    return _day(day).strftime("%d/%m/%Y")


def short_moment(moment: datetime) -> str:
    """`08:42 20/11/2026`, Vietnam time."""
    return local(moment).strftime("%H:%M %d/%m/%Y")


def short_clock(moment: datetime) -> str:
    """`08:42`, Vietnam time."""
    return local(moment).strftime("%H:%M")


def iso_moment(moment: datetime) -> str:
    """`2026-11-20T10:15:30+07:00`: the signing time that NĐ 30/2020 asks for on copies and annexes."""
    return local(moment).isoformat(timespec="seconds")


def number(value: int) -> str:
    """`1.977`: thousands parted by a point, as in Vietnam."""
    return f"{value:,}".replace(",", ".")


def told_number(value: Decimal) -> str:
    """`87,50`: as many places as the number was told with."""
    return f"{value:,f}".translate(str.maketrans(",.", ".,"))


def number_words(value: int) -> str:
    """A whole number read aloud: 1005 is `một nghìn không trăm linh năm`."""
    if value < 0:
        return f"âm {number_words(-value)}"
    if value < 1000:
        return _read_group(value, lead="")
    return _read_large(value)


def _read_large(value: int) -> str:
    billions, rest = divmod(value, _BILLION)
    parts = [f"{number_words(billions)} tỷ"] if billions else []
    for place in (2, 1, 0):
        group = rest // 1000**place % 1000
        if group:
            lead = "không trăm" if parts else ""
            parts.append(_read_group(group, lead=lead) + _SCALES[place])
    return " ".join(parts)


def _read_group(group: int, *, lead: str) -> str:
    """Three digits aloud; `lead` stands for a missing hundred inside a longer number."""
    hundreds, rest = divmod(group, 100)
    head = f"{_DIGITS[hundreds]} trăm" if hundreds else lead
    if head and not rest:
        return head
    if head and rest < 10:
        return f"{head} linh {_DIGITS[rest]}"
    return f"{head} {_read_tens(rest)}".strip()


def _read_tens(rest: int) -> str:
    tens, unit = divmod(rest, 10)
    if not tens:
        return _DIGITS[unit]
    head = "mười" if tens == 1 else f"{_DIGITS[tens]} mươi"
    if not unit:
        return head
    return f"{head} {_read_unit(tens, unit)}"


def _read_unit(tens: int, unit: int) -> str:
    """After a ten, 5 is `lăm`; after twenty and more, 1 is `mốt` and 4 is `tư`."""
    if unit == 5:
        return "lăm"
    if tens > 1:
        return {1: "mốt", 4: "tư"}.get(unit, _DIGITS[unit])
    return _DIGITS[unit]
