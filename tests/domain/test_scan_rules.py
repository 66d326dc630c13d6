"""The least resolution by type of paper: the row in force, the longest prefix, an administrator's row before ours."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.scan_rules import RULES, least_dpi, rules_of

BEFORE, NOW = date(2025, 10, 31), date(2026, 11, 23)


@pytest.mark.parametrize(
    ("code", "day", "least"),
    [("TK", NOW, 200), ("", NOW, 200), ("KQ.G15.000031", NOW, 200), ("GT-ANH", NOW, 300), ("GT-ANH", BEFORE, 200)],
)
def test_the_row_in_force_decides(code: str, day: date, least: int) -> None:
    assert least_dpi(code, day) == least


def test_an_administrator_s_rows_win_from_their_day_on() -> None:
    rows = (("KQ.", 300, "2026-11-01"), ("GT-ANH", 600, "2026-11-23"))
    own = rules_of([{"prefix": prefix, "dpi": dpi, "from": since} for prefix, dpi, since in rows])
    assert least_dpi("KQ.G15.000031", NOW, own) == 300
    assert least_dpi("KQ.G15.000031", date(2026, 10, 31), own) == 200
    assert least_dpi("GT-ANH", NOW, own) == 600
    assert rules_of(None) == RULES
    assert all(rule.source for rule in RULES)
