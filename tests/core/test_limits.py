"""Time limits: how they are written, what is refused, which is longer."""

from __future__ import annotations

from datetime import time

import pytest

from workflows.errors import CutoffNotUnderstood, LimitLongerThanLaw, LimitNotUnderstood, LimitOutOfRange
from workflows.limits import LimitUnit, TimeLimit, check_committed, label_vi, written_minutes


@pytest.mark.parametrize(
    ("text", "amount", "unit", "label"),
    [
        ("3 working days", 3, LimitUnit.WORKING_DAYS, "03 ngày làm việc"),
        ("1 working day", 1, LimitUnit.WORKING_DAYS, "01 ngày làm việc"),
        ("30 days", 30, LimitUnit.DAYS, "30 ngày"),
        ("2 months", 2, LimitUnit.MONTHS, "02 tháng"),
        ("8 working hours", 8, LimitUnit.WORKING_HOURS, "08 giờ làm việc"),
        ("24 hours", 24, LimitUnit.HOURS, "24 giờ"),
        ("same day", 1, LimitUnit.SAME_DAY, "Trong ngày (nhận sau 15:00 trả ngày làm việc kế tiếp)"),
        ("  3   Working Days ", 3, LimitUnit.WORKING_DAYS, "03 ngày làm việc"),
        ("03 ngày làm việc", 3, LimitUnit.WORKING_DAYS, "03 ngày làm việc"),
        ("10 ngày", 10, LimitUnit.DAYS, "10 ngày"),
        ("4 giờ làm việc", 4, LimitUnit.WORKING_HOURS, "04 giờ làm việc"),
        ("Trong ngày", 1, LimitUnit.SAME_DAY, "Trong ngày (nhận sau 15:00 trả ngày làm việc kế tiếp)"),
    ],
)
def test_limits_as_people_write_them(text, amount, unit, label):
    limit = TimeLimit.parse(text)
    assert (limit.amount, limit.unit, label_vi(limit)) == (amount, unit, label)


@pytest.mark.parametrize(
    "text", ["", "soon", "3", "days", "3 weeks", "3.5 days", "3 dayss", "three days", "3 days 2 hours"]
)
def test_what_is_not_a_limit_is_refused_with_the_ways_to_write_one(text):
    with pytest.raises(LimitNotUnderstood, match="N working days") as refused:
        TimeLimit.parse(text)
    assert f"“{text}”" in str(refused.value)


@pytest.mark.parametrize("text", ["0 days", "-3 working days", "10000 hours", f"{10**30} months"])
def test_zero_negative_and_endless_limits_are_refused(text):
    with pytest.raises(LimitOutOfRange, match="từ 1 đến 9999"):
        TimeLimit.parse(text)


@pytest.mark.parametrize("text", ["25:00", "15h", "", "3"])
def test_a_cutoff_that_is_no_hour_is_refused(text):
    for limit in ("same day", "3 days"):
        with pytest.raises(CutoffNotUnderstood, match="ví dụ 15:00"):
            TimeLimit.parse(limit, cutoff=text)


def test_a_cutoff_belongs_to_the_same_day_alone():
    assert TimeLimit.parse("same day").cutoff == time(15)
    assert TimeLimit.parse("same day", cutoff="14:30").cutoff == time(14, 30)
    assert TimeLimit.parse("same day", cutoff=time(16)).cutoff == time(16)
    assert TimeLimit.parse("3 working days", cutoff="14:30") == TimeLimit(3, LimitUnit.WORKING_DAYS)


@pytest.mark.parametrize("unit", LimitUnit)
@pytest.mark.parametrize("amount", [1, 2, 9999])
def test_a_limit_is_written_as_it_is_read(unit, amount):
    limit = TimeLimit(1 if unit is LimitUnit.SAME_DAY else amount, unit)
    assert TimeLimit.parse(str(limit)) == limit


def test_a_cutoff_of_its_own_is_written_too():
    limit = TimeLimit.parse("same day", cutoff="14:00")
    assert str(limit) == "same day; cutoff 14:00"
    assert TimeLimit.parse(str(limit)) == limit
    assert TimeLimit.parse(str(limit), cutoff="16:00").cutoff == time(16)


def test_days_end_with_a_day_and_hours_at_an_instant():
    assert {unit for unit in LimitUnit if not unit.is_by_day} == {LimitUnit.HOURS, LimitUnit.WORKING_HOURS}


@pytest.mark.parametrize(
    ("committed", "statutory"),
    [
        ("3 working days", "5 working days"),
        ("5 working days", "5 working days"),
        ("8 working hours", "1 working day"),
        ("same day", "1 working day"),
        ("7 working days", "10 days"),
        ("30 days", "1 month"),
        ("24 hours", "1 working day"),
        ("2 hours", "2 working hours"),
        ("same day", "same day"),
        ("2 working hours", "same day"),
    ],
)
def test_a_committed_limit_within_the_law_passes(committed, statutory):
    check_committed(TimeLimit.parse(committed), TimeLimit.parse(statutory))


@pytest.mark.parametrize(
    ("committed", "statutory"),
    [
        ("6 working days", "5 working days"),
        ("8 working days", "10 days"),
        ("1 month", "30 days"),
        ("9 working hours", "same day"),
        ("1 working day", "same day"),
        ("1 day", "same day"),
        ("1 working day", "4 hours"),
    ],
)
def test_a_committed_limit_longer_than_the_law_is_refused(committed, statutory):
    with pytest.raises(LimitLongerThanLaw, match="dài hơn thời hạn luật định"):
        check_committed(TimeLimit.parse(committed), TimeLimit.parse(statutory))


def test_written_minutes_are_eight_hours_a_day():
    assert written_minutes(TimeLimit.parse("3 working days")) == 24 * 60
    assert written_minutes(TimeLimit.parse("7 days")) == 5 * 8 * 60
