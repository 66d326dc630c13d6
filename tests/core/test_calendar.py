"""The working calendar: official days 2022–2027, opening hours, and the rows it refuses."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from tests.core.days import DAYS, DESK, SATURDAY_DESK, YEARS, day, holiday, local, worked
from workflows.calendar import DayEntry, DayKind, OpeningHours, WorkingCalendar, contradictions
from workflows.errors import (
    CalendarContradiction,
    CalendarYearMissing,
    CalendarYearTwice,
    NaiveTime,
    OpeningHoursBroken,
)
from workflows.instants import VIETNAM

# ── The official years ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("year", "working_days"),
    # All weekdays of the year, less those off, plus the Saturdays worked.
    [(2022, 249), (2023, 249), (2024, 251), (2025, 250), (2026, 249), (2027, 249)],
)
def test_working_days_of_a_year(year, working_days):
    days = (date(year, 1, 1) + timedelta(days=n) for n in range(366))
    assert sum(DESK.is_working_day(one) for one in days if one.year == year) == working_days


@pytest.mark.parametrize(
    ("text", "works"),
    [
        ("Tuesday 2026-11-24", False),  # Ngày Văn hóa Việt Nam
        ("Monday 2026-11-23", True),  # the four-day break was not adopted
        ("Saturday 2026-11-28", False),
        ("Friday 2026-01-02", False),  # swapped with Saturday 10 January
        ("Saturday 2026-01-10", True),
        ("Monday 2026-08-31", False),  # swapped with Saturday 22 August
        ("Saturday 2026-08-22", True),
        ("Monday 2026-04-27", False),  # for Giỗ Tổ on Sunday 26 April
        ("Thursday 2027-02-04", False),
        ("Thursday 2027-02-11", True),
        ("Saturday 2027-05-01", False),
        ("Monday 2027-05-03", False),
    ],
)
def test_days_that_people_get_wrong(text, works):
    assert DESK.is_working_day(day(text)) is works


def test_a_saturday_morning_receives_but_does_not_count():
    saturday = day("Saturday 2026-11-21")
    assert SATURDAY_DESK.is_open(saturday)
    assert not SATURDAY_DESK.is_working_day(saturday)
    assert SATURDAY_DESK.closing(saturday) == local("Saturday 2026-11-21 11:30")
    friday, sunday = local("Friday 2026-11-20 17:00"), local("Sunday 2026-11-22 00:00")
    assert SATURDAY_DESK.working_minutes_between(friday, sunday) == 0
    assert SATURDAY_DESK.closing(day("Sunday 2026-11-22")) is None


def test_a_worked_saturday_takes_the_hours_of_the_day_it_replaces_or_mondays():
    short_friday = OpeningHours.parse(("07:30-11:30 13:30-17:00",) * 4 + ("07:30-11:30", "", ""))
    rows = [worked("2026-01-10", "2026-01-02"), worked("2026-08-22")]
    desk = WorkingCalendar("Thứ Sáu ngắn", short_friday, days=rows, years=[2026])
    assert desk.closing(day("Saturday 2026-01-10")) == local("Saturday 2026-01-10 11:30")
    assert desk.closing(day("Saturday 2026-08-22")) == local("Saturday 2026-08-22 17:00")


# ── Days ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        ("Monday 2026-04-20", 3, "Thursday 2026-04-23"),
        ("Friday 2026-04-24", 1, "Tuesday 2026-04-28"),  # Monday 27 is off for Giỗ Tổ
        ("Tuesday 2026-04-28", 2, "Monday 2026-05-04"),  # 30 April and 1 May
        ("Saturday 2026-11-21", 1, "Monday 2026-11-23"),
        ("Sunday 2026-11-22", 0, "Monday 2026-11-23"),
        ("Monday 2026-11-23", 0, "Monday 2026-11-23"),
        ("Friday 2026-08-21", 1, "Saturday 2026-08-22"),  # worked for 31 August
        ("Friday 2026-02-13", 1, "Monday 2026-02-23"),  # over Tết
        ("Thursday 2026-12-31", 1, "Monday 2027-01-04"),
    ],
)
def test_adding_working_days(start, count, end):
    assert DESK.add_working_days(day(start), count) == day(end)


def test_neighbouring_working_days():
    assert DESK.next_working_day(day("Wednesday 2026-04-29")) == day("Monday 2026-05-04")
    assert DESK.previous_working_day(day("Monday 2026-05-04")) == day("Wednesday 2026-04-29")
    assert DESK.roll_forward(day("Thursday 2026-04-30")) == day("Monday 2026-05-04")
    assert DESK.working_days_between(day("Friday 2026-04-24"), day("Monday 2026-05-04")) == 3
    assert DESK.working_days_between(day("Monday 2026-05-04"), day("Friday 2026-04-24")) == -3


# ── Minutes ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("Monday 2026-04-20 11:00", 1, "Monday 2026-04-20 14:00"),  # half an hour, lunch, half an hour
        ("Monday 2026-04-20 12:07", 1, "Monday 2026-04-20 14:30"),  # received over lunch, runs from reopening
        ("Friday 2026-04-24 16:30", 2, "Tuesday 2026-04-28 09:00"),  # half an hour, long weekend, the rest
        ("Monday 2026-04-20 07:30", 4, "Monday 2026-04-20 11:30"),  # ends at closing, not at reopening
        ("Monday 2026-04-20 06:00", 1, "Monday 2026-04-20 08:30"),
        ("Monday 2026-04-20 20:00", 1, "Tuesday 2026-04-21 08:30"),
        ("Wednesday 2026-04-29 17:00", 1, "Monday 2026-05-04 08:30"),
        ("Monday 2026-04-20 08:10", 8, "Tuesday 2026-04-21 08:40"),  # a desk day has seven hours and a half
    ],
)
def test_working_hours_skip_lunch_nights_and_days_off(start, hours, end):
    assert DESK.add_working_minutes(local(start), hours * 60) == local(end)
    assert DESK.working_minutes_between(local(start), local(end)) == hours * 60
    assert DESK.working_minutes_between(local(end), local(start)) == -hours * 60


def test_seconds_are_cut_and_no_minutes_change_nothing():
    at = local("Monday 2026-04-20 12:07").replace(second=59)
    assert DESK.add_working_minutes(at, 0) == local("Monday 2026-04-20 12:07")
    assert DESK.working_minutes_between(at, at) == 0


def test_an_instant_of_another_zone_is_the_same_instant():
    utc = datetime(2026, 4, 20, 1, 0, tzinfo=UTC)  # 08:00 in Vietnam
    assert DESK.add_working_minutes(utc, 60) == local("Monday 2026-04-20 09:00")
    assert DESK.add_working_minutes(utc, 60).tzinfo is VIETNAM


def test_next_opening():
    assert DESK.next_opening(local("Monday 2026-04-20 12:00")) == local("Monday 2026-04-20 13:30")
    assert DESK.next_opening(local("Monday 2026-04-20 09:00")) == local("Monday 2026-04-20 09:00")
    assert DESK.next_opening(local("Friday 2026-04-24 17:00")) == local("Tuesday 2026-04-28 07:30")
    assert DESK.opening(day("Monday 2026-04-20")) == (
        (local("Monday 2026-04-20 07:30"), local("Monday 2026-04-20 11:30")),
        (local("Monday 2026-04-20 13:30"), local("Monday 2026-04-20 17:00")),
    )


# ── What it refuses ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("ask", "year"),
    [
        (lambda: DESK.is_working_day(date(2021, 12, 31)), 2021),
        (lambda: DESK.add_working_days(date(2027, 12, 30), 2), 2028),
        (lambda: DESK.add_working_days(date(2031, 5, 5), 2), 2031),
        (lambda: DESK.previous_working_day(date(2022, 1, 3)), 2021),
        (lambda: DESK.add_working_minutes(local("Friday 2027-12-31 16:00"), 61), 2028),
        (lambda: DESK.next_opening(local("Friday 2027-12-31 17:00")), 2028),
        (lambda: DESK.next_opening(local("Friday 2021-12-31 09:00")), 2021),
        (lambda: DESK.worked_before(10), 1),
    ],
)
def test_a_missing_year_is_named_rather_than_guessed(ask, year):
    with pytest.raises(CalendarYearMissing) as refused:
        ask()
    assert refused.value.facts["year"] == year
    assert str(refused.value).startswith("Lịch làm việc “Hành chính” chưa có năm")


def test_a_year_missing_between_two_others_is_named():
    desk = WorkingCalendar("Thiếu 2025", OpeningHours.office(), days=[], years=[2024, 2026])
    assert desk.contains_year(2026)
    assert not desk.contains_year(2025)
    for ask in (
        lambda: desk.add_working_days(date(2024, 12, 30), 2),
        lambda: desk.previous_working_day(date(2026, 1, 1)),
        lambda: desk.working_days_between(date(2024, 12, 30), date(2026, 1, 5)),
        lambda: desk.add_working_minutes(local("Tuesday 2024-12-31 16:00"), 600),
        lambda: desk.working_minutes_between(local("Tuesday 2024-12-31 16:00"), local("Thursday 2026-01-01 09:00")),
        lambda: desk.is_working_day(date(2025, 6, 2)),
    ):
        with pytest.raises(CalendarYearMissing, match="2025"):
            ask()


def test_the_last_minute_of_the_last_year_can_still_be_asked_for():
    assert DESK.working_minutes_between(local("Friday 2027-12-31 16:00"), local("Saturday 2028-01-01 00:00")) == 60
    with pytest.raises(CalendarYearMissing, match="2028"):
        DESK.working_minutes_between(local("Friday 2027-12-31 16:00"), local("Saturday 2028-01-01 00:01"))


def test_a_day_off_and_worked_at_once_is_refused_with_both_sources():
    rows = [holiday("2026-01-10", "Nghỉ bão", "Thông báo 5"), worked("2026-01-10", source="Công văn 12729")]
    assert contradictions(rows) == ((rows[0], rows[1]),)
    with pytest.raises(CalendarContradiction) as refused:
        WorkingCalendar("Mâu thuẫn", OpeningHours.office(), days=rows, years=[2026])
    assert str(refused.value) == (
        "Ngày thứ Bảy, 10/01/2026 vừa là “Nghỉ bão” (Thông báo 5) vừa là “Làm bù” (Công văn 12729). "
        "Vui lòng giữ lại một dòng cho ngày này."
    )


def test_two_rows_that_agree_are_one_day_off_and_the_first_names_it():
    rows = [holiday("2026-04-30", "Ngày Chiến thắng"), holiday("2026-04-30", "Đóng cửa sửa trụ sở")]
    desk = WorkingCalendar("Trùng", OpeningHours.office(), days=rows, years=[2026])
    assert desk.entry(date(2026, 4, 30)) == rows[0]


def test_two_calendars_for_one_year_are_refused():
    with pytest.raises(CalendarYearTwice, match="Năm 2026 có hai lịch"):
        WorkingCalendar("Hai lần", OpeningHours.office(), days=[], years=[2025, 2026, 2026])
    with pytest.raises(ValueError, match="at least one year"):
        WorkingCalendar("Trống", OpeningHours.office(), days=[], years=[])


def test_a_naive_instant_is_refused():
    with pytest.raises(NaiveTime, match=r"thiếu múi giờ"):
        DESK.add_working_minutes(datetime(2026, 4, 20, 9), 60)  # noqa: DTZ001 - the very thing to refuse


def test_negative_amounts_are_a_programming_error():
    with pytest.raises(ValueError, match="negative"):
        DESK.add_working_days(date(2026, 4, 20), -1)
    with pytest.raises(ValueError, match="negative"):
        DESK.add_working_minutes(local("Monday 2026-04-20 09:00"), -1)


@pytest.mark.parametrize(
    ("weekly", "counted", "words"),
    [
        (("07:30-11:30",) * 6, range(5), "đủ bảy ngày"),
        (("11:30-07:30",) + ("07:30-11:30",) * 6, range(5), "giờ mở 11:30 không trước giờ đóng 07:30"),
        (("07:30-11:30 11:00-17:00",) + ("07:30-11:30",) * 6, range(5), "chồng lên khoảng trước"),
        (("",) * 7, range(5), "phải có giờ mở cửa"),
        (("07:30-11:30",) * 7, [], "ít nhất một ngày"),
        (("07:30-11:30",) * 7, [7], "phải có giờ mở cửa"),
        (("7h30-11h30",) + ("",) * 6, range(5), "không phải là giờ"),
        (("07:30",) + ("",) * 6, range(5), "thiếu giờ đóng cửa"),
    ],
)
def test_impossible_opening_hours_are_refused(weekly, counted, words):
    with pytest.raises(OpeningHoursBroken, match=words):
        OpeningHours.parse(weekly, counted)


def test_opening_hours_are_written_as_they_are_read():
    hours = OpeningHours.office(saturday=[(time(7, 30), time(11, 30))])
    assert OpeningHours.parse(hours.texts()) == hours
    assert hours.texts()[0] == "07:30-11:30 13:30-17:00"
    assert OpeningHours.parse(("7:30 – 11:30, 13:30 – 17:00",) * 5 + ("", "")) == OpeningHours.office()


# ── Reasons ──────────────────────────────────────────────────────────────────────────────────────


def test_a_holiday_over_a_weekend_is_one_block():
    rows = [holiday(f"2024-02-{number:02d}", "Tết Nguyên đán") for number in (8, 9, 12, 13, 14)]
    desk = WorkingCalendar("Tết", OpeningHours.office(), days=rows, years=[2024])
    (block,) = desk.blocks_between(date(2024, 2, 1), date(2024, 2, 29))
    assert (block.first, block.last) == (date(2024, 2, 8), date(2024, 2, 14))
    assert desk.blocks_between(date(2024, 2, 10), date(2024, 2, 11)) == (block,)
    assert desk.blocks_between(date(2024, 2, 15), date(2024, 2, 29)) == ()


def test_unconfirmed_days_of_a_span_are_told():
    expected = DayEntry(date(2027, 2, 4), DayKind.HOLIDAY, "Tết", "dự kiến", confirmed=False)
    desk = WorkingCalendar("Dự kiến", OpeningHours.office(), days=[*DAYS[:3], expected], years=YEARS)
    assert desk.unconfirmed_between(date(2027, 1, 1), date(2027, 2, 4)) == (date(2027, 2, 4),)
    assert desk.unconfirmed_between(date(2027, 2, 5), date(2027, 3, 1)) == ()


def test_weekly_days_off_are_counted_without_the_special_ones():
    assert DESK.weekly_days_off_between(day("Thursday 2026-11-19"), day("Tuesday 2026-12-01")) == 4
    assert DESK.weekly_days_off_between(day("Friday 2026-08-21"), day("Monday 2026-08-24")) == 1  # Saturday worked
