"""Published tables recomputed: maxima, score rules, bands of the unit evaluation, report periods, column sums."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from app.domain.figures import CELLS_06A
from app.domain.index_766 import BY_CODE, COMPONENTS, GROUPS
from app.domain.periods import month, quarter, year
from app.domain.rates import Rate
from app.domain.table_reports import FORMS

# Component, maximum, the rate at which all points are reached: QĐ 766/QĐ-TTg as the portal scores it.
PUBLISHED = [
    ("1.1", 6, "1"), ("1.2", 4, "1"), ("1.3", 2, "1"), ("1.4", 6, "1"),
    ("2.1", 20, "1"),
    ("3.1", 2, "0.80"), ("3.2", 4, "1"), ("3.3", 6, "0.50"),
    ("3.5", 2, "0.80"), ("3.5b", 2, "0.80"), ("3.6", 6, "1"),
    ("4.1", 6, "1"), ("4.2", 4, "1"), ("4.2b", 2, "1"), ("4.3", 2, "0.80"), ("4.4", 4, "1"),
    ("4.5a", 2, "1"), ("4.5b", 2, "1"),
    ("5.2", 6, "1"), ("5.3", 6, "1"), ("5.4", 6, "0.90"),
]  # fmt: skip


def test_the_components_are_those_of_the_decision_with_their_maxima():
    scored = [one for one in COMPONENTS if one.scoring]
    told = [(one.code, one.maximum, one.scoring.full_at) for one in scored if one.scoring]
    assert told == [(code, Decimal(most), Decimal(full)) for code, most, full in PUBLISHED]
    assert [GROUPS[number][1] for number in range(1, 6)] == [18, 20, 22, 22, 18]
    assert {one.code for one in COMPONENTS} - {one.code for one in scored} == {"2.2", "5.1"}


@pytest.mark.parametrize(
    ("code", "rate", "points"),
    [
        ("3.3", Rate(25, 100), "3.00"),  # min(6, 6 × rate / 0.50)
        ("3.3", Rate(50, 100), "6.00"),
        ("3.5b", Rate(40, 100), "1.00"),  # min(2, 2.5 × rate)
        ("4.2", Rate(80, 100), "3.20"),  # 4 × rate, as observed
        ("4.3", Rate(40, 100), "1.00"),  # min(2, 2 × rate / 0.80)
        ("5.4", Rate(90, 100), "6.00"),  # min(6, 6 × rate / 0.90)
        ("2.1", Rate(9999, 10000), "20.00"),  # two decimals, half up
    ],
)
def test_points_are_those_of_the_published_rules(code, rate, points):
    component = BY_CODE[code]
    assert component.scoring
    assert component.scoring.points(rate, component.zero) == Decimal(points)


def test_the_document_gives_all_points_of_digitization_from_eighty_percent():
    other = BY_CODE["4.2"].other_scoring
    assert other
    assert other.points(Rate(80, 100), BY_CODE["4.2"].zero) == 4


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        (month(2026, 1, 15), date(2025, 12, 15), date(2026, 1, 14)),
        (quarter(2026, 1, 15), date(2025, 12, 15), date(2026, 3, 14)),
        (quarter(2026, 2, 15), date(2026, 3, 15), date(2026, 6, 14)),
        (quarter(2026, 3, 15), date(2026, 6, 15), date(2026, 9, 14)),
        (year(2026, 15), date(2025, 12, 15), date(2026, 12, 14)),
        (quarter(2020, 1), date(2020, 1, 1), date(2020, 3, 31)),
    ],
)
def test_report_periods_are_those_of_the_cut_off_model(period, first, last):
    assert (period.first_day, period.last_day) == (first, last)


def test_the_columns_are_numbered_as_on_the_forms():
    assert [cell.column for cell in CELLS_06A if cell.column] == list(range(3, 14))
    assert [column.column for column in FORMS["18"].columns if column.column] == list(range(3, 19))
