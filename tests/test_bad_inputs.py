"""The table of bad inputs is whole, and every test that it names is there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TABLE = (ROOT / "docs" / "bad-inputs.md").read_text(encoding="utf-8")


def names_in(path: str) -> set[str]:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_forty_rows_each_with_its_test():
    rows = re.findall(r"^\| (\d+) \|.*`(tests/[^`]+)` \|$", TABLE, re.M)
    assert [int(number) for number, _shown_by in rows] == list(range(1, 41))


def test_every_test_named_in_the_table_exists():
    named = [name.split("::") for name in re.findall(r"`(tests/[^`]+::[^`]+)`", TABLE)]
    assert [f"{path}::{name}" for path, name in named if name not in names_in(path)] == []
