"""Dates, clock times, numbers and money as official papers write them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from app.domain import vietnamese_format as words

EVENING_UTC = datetime(2026, 11, 20, 18, 42, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("write", "expected"),
    [
        (words.clock_words, "01 giờ 42 phút"),
        (words.date_words, "ngày 21 tháng 11 năm 2026"),
        (words.moment_words, "01 giờ 42 phút, ngày 21 tháng 11 năm 2026"),
        (words.moment_with_weekday, "01 giờ 42 phút, thứ Bảy, ngày 21 tháng 11 năm 2026"),
        (words.short_date, "21/11/2026"),
        (words.short_moment, "01:42 21/11/2026"),
        (words.iso_moment, "2026-11-21T01:42:59+07:00"),
    ],
)
def test_a_utc_evening_is_the_next_vietnamese_morning(write, expected):
    assert write(EVENING_UTC) == expected


def test_a_time_without_zone_is_refused():
    with pytest.raises(ValueError, match="without zone"):
        words.clock_words(EVENING_UTC.replace(tzinfo=None))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 1, 5), "ngày 05 tháng 01 năm 2026"),
        (date(2026, 2, 28), "ngày 28 tháng 02 năm 2026"),
        (date(2026, 3, 9), "ngày 09 tháng 3 năm 2026"),
        (date(2026, 12, 31), "ngày 31 tháng 12 năm 2026"),
    ],
)
def test_zeros_of_official_dates(day, expected):
    assert words.date_words(day) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0, "không"),
        (5, "năm"),
        (10, "mười"),
        (15, "mười lăm"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (105, "một trăm linh năm"),
        (110, "một trăm mười"),
        (115, "một trăm mười lăm"),
        (1_005, "một nghìn không trăm linh năm"),
        (1_000_000, "một triệu"),
        (1_020_300, "một triệu không trăm hai mươi nghìn ba trăm"),
        (2_000_000_001, "hai tỷ không trăm linh một"),
        (15_000_000_000_000, "mười lăm nghìn tỷ"),
        (-12, "âm mười hai"),
    ],
)
def test_numbers_read_aloud(value, expected):
    assert words.number_words(value) == expected


def test_the_week_begins_on_monday():
    week = [words.weekday_name(date(2026, 11, day)) for day in range(16, 23)]
    assert week == ["thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"]
