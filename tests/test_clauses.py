"""The tables of docs/clock.md: every test that they name is there; those of clauses are named after their clause."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from app.domain.vietnamese import fold
from tests.test_bad_inputs import names_in

ROOT = Path(__file__).resolve().parent.parent
BEFORE, TABLE = (ROOT / "docs" / "clock.md").read_text(encoding="utf-8").split("## Clause by clause")
INPUTS = BEFORE.split("## What cannot be reckoned with")[1]
ROWS = re.findall(r"^\| ([^|]+) \|.*`(tests/[^`]+)::(\w+)` \| [^|]+ \|$", TABLE, re.M)


def name_of(clause: str) -> str:
    """Return the beginning that a test of a clause has: NĐ 118/2025 17.2 gives nd118_17_2."""
    words = fold(re.sub(r"/\d{4}", "", clause))
    return re.sub(r"^(nd|tt|nq|cv)_", r"\1", words.replace(" ", "_"))


def test_every_line_of_the_table_is_read():
    lines = [line for line in TABLE.splitlines() if line.startswith("| ")]
    assert len(ROWS) == len(lines) - 1 > 40  # the head


@pytest.mark.parametrize(("clause", "path", "name"), ROWS, ids=[row[2] for row in ROWS])
def test_a_clause_has_its_test(clause, path, name):
    assert name in names_in(path)
    assert name.startswith(f"test_{name_of(clause)}_")


def test_every_bad_input_has_its_tests():
    rows = [line for line in INPUTS.splitlines() if line.startswith("| ")][1:]
    named = [re.findall(r"`(tests/[^`]+)::(\w+)`", row) for row in rows]
    assert len(rows) == 8
    assert all(len(tests) >= 3 for tests in named)
    assert [name for tests in named for path, name in tests if name not in names_in(path)] == []
