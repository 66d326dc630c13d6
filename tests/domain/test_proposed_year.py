"""A proposed year: what the law lets us expect, checked against years whose notices are out but for their swaps."""

from __future__ import annotations

from datetime import date

import pytest

from app.adapters.lunar import YearNotProposed, lunar_days
from app.domain.proposed_year import proposed
from tests.core.days import DAYS
from workflows.calendar import contradictions


def days_off(year: int) -> dict[date, str]:
    new_year, ancestors = lunar_days(year)
    return {entry.day: entry.name for entry in proposed(year, new_year=new_year, ancestors=ancestors)}


@pytest.mark.parametrize("year", [2023, 2024, 2025, 2026, 2027])
def test_most_of_an_official_year_is_proposed(year: int):
    official = {entry.day for entry in DAYS if entry.day.year == year and entry.kind.is_off}
    found = set(days_off(year)) - {date(year, 11, 24)}
    assert len(found & official) >= len(official) - 4  # swaps and the choice of Tết are decided each year
    assert len(found) >= 9


def test_a_year_to_come_day_by_day():
    found = days_off(2028)
    assert found[date(2028, 1, 3)] == "Tết Dương lịch (nghỉ bù)"  # 1 January is a Saturday
    assert {day for day, name in found.items() if name.startswith("Tết Nguyên đán")} == {
        date(2028, 1, 25), date(2028, 1, 26), date(2028, 1, 27), date(2028, 1, 28), date(2028, 1, 31)
    }  # fmt: skip
    assert found[date(2028, 4, 4)] == "Giỗ Tổ Hùng Vương"
    assert found[date(2028, 5, 2)] == "Ngày Chiến thắng (nghỉ bù)"  # 30 April is a Sunday, 1 May is taken
    assert all(day.weekday() < 5 for day in found)


def test_what_is_proposed_is_expected_and_contradicts_nothing():
    new_year, ancestors = lunar_days(2028)
    entries = proposed(2028, new_year=new_year, ancestors=ancestors)
    assert not any(entry.confirmed for entry in entries)
    assert contradictions(entries) == ()


def test_a_year_beyond_the_tables_is_refused():
    with pytest.raises(YearNotProposed, match="2300"):
        lunar_days(2300)
