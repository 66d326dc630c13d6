"""The seeded days off, year by year, against the notices of the government (law2.md, section 8)."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.calendar_csv import read_calendar
from app.domain.catalogue_table import table_from_csv
from app.seed import loader
from workflows.calendar import DayKind

ENTRIES, FINDINGS = read_calendar(table_from_csv(loader.calendar_text()))


@pytest.mark.parametrize(
    ("year", "off"),
    [
        (2022, "03/01 31/01 01/02 02/02 03/02 04/02 11/04 02/05 03/05 01/09 02/09"),
        (2023, "02/01 20/01 23/01 24/01 25/01 26/01 01/05 02/05 03/05 01/09 04/09"),
        (2024, "01/01 08/02 09/02 12/02 13/02 14/02 18/04 29/04 30/04 01/05 02/09 03/09"),
        (2025, "01/01 27/01 28/01 29/01 30/01 31/01 07/04 30/04 01/05 02/05 01/09 02/09"),
        (2026, "01/01 02/01 16/02 17/02 18/02 19/02 20/02 27/04 30/04 01/05 31/08 01/09 02/09 24/11"),
        (2027, "01/01 04/02 05/02 08/02 09/02 10/02 16/04 30/04 03/05 02/09 03/09 24/11"),
    ],
)
def test_weekdays_off(year: int, off: str) -> None:
    free = [entry.day for entry in ENTRIES if entry.day.year == year and entry.kind is not DayKind.SWAPPED_WORK]
    assert " ".join(f"{day:%d/%m}" for day in free) == off
    assert all(day.weekday() < 5 for day in free)


def test_worked_saturdays() -> None:
    worked = [entry.day for entry in ENTRIES if entry.kind is DayKind.SWAPPED_WORK]
    assert worked == [date(2024, 5, 4), date(2025, 4, 26), date(2026, 1, 10), date(2026, 8, 22)]


def test_every_day_names_its_source_and_raises_no_doubt() -> None:
    assert all(entry.source for entry in ENTRIES)
    assert FINDINGS.warnings == []


def test_the_day_before_culture_day_2026_is_worked() -> None:
    assert date(2026, 11, 23) not in {entry.day for entry in ENTRIES}
