"""The shape of the house, held by tests: where things stand, how long they are, who may commit or ask the time.

Which package may import which is held by import-linter (pyproject.toml, `make lint`).
"""

from __future__ import annotations

import ast
import re
import subprocess
import unicodedata
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = ("app", "workflows", "signing")
TOP_LEVEL = {
    "app", "workflows", "migrations", "templates", "signing", "tests", "docs", "deploy",
    "pyproject.toml", "README.md", "CHANGELOG.md", "SECURITY.md", "LICENSE", "Makefile",
    "requirements.txt", "requirements-dev.txt", ".ci", ".gitignore",
}  # fmt: skip
LONGEST_FILE = 400
LONGEST_FUNCTION = 60
# The house calls the unit of work's commit once; migrations commit the schema, nothing of the dossiers.
MAY_COMMIT = {"app/wiring.py", "app/db/unit_of_work.py", "app/db/migrating.py"}
# The clock itself, the lines of the log, and the manifest of a backup tell the machine's own time.
MAY_ASK_THE_TIME = {"app/clock.py", "app/logging.py", "app/cli/backup.py"}


def tracked(*endings: str) -> list[str]:
    """Return the files of the repository, with those that are about to be added."""
    listing = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listing, cwd=ROOT, check=True, capture_output=True, text=True).stdout.splitlines()
    return [name for name in names if name.endswith(endings) and (ROOT / name).exists()]


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


@cache
def modules() -> list[tuple[str, ast.Module]]:
    return [(name, ast.parse(read(name))) for name in tracked(".py") if name.startswith(SOURCES)]


def test_nothing_stands_at_the_top_level_but_what_the_design_names():
    assert {name.split("/")[0] for name in tracked("")} <= TOP_LEVEL


def test_every_module_says_what_it_is():
    assert [name for name, tree in modules() if tree.body and not ast.get_docstring(tree)] == []


def test_files_stay_short_enough_to_read():
    endings = (".py", ".html", ".css", ".js", ".sh")
    names = [name for name in tracked(*endings) if not name.startswith("migrations/versions/")]  # written by Alembic
    assert [name for name in names if read(name).count("\n") > LONGEST_FILE] == []


def test_functions_stay_short_enough_to_read():
    functions = (
        (f"{name}:{node.name}", node.end_lineno - node.lineno)
        for name, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
    )
    assert [where for where, length in functions if length > LONGEST_FUNCTION] == []


def test_only_the_unit_of_work_commits():
    assert {name for name, _ in modules() if re.search(r"\.commit\(\)", read(name))} - MAY_COMMIT == set()


def test_only_the_clock_asks_the_time():
    asking = re.compile(r"datetime\.(now|utcnow|today)\(|date\.today\(")
    assert {name for name, _ in modules() if asking.search(read(name))} - MAY_ASK_THE_TIME == set()


@pytest.mark.parametrize(
    "forbidden",
    [
        r"\bTODO\b",
        r"\bFIXME\b",
        r"pragma: no cover",
        r"pytest\.skip",
        r"pytest\.mark\.skip",
        r"xfail\(",
    ],
)
def test_nothing_is_left_for_later(forbidden):
    names = [name for name in tracked(".py", ".html", ".js", ".css") if name != "tests/test_architecture.py"]
    assert [name for name in names if re.search(forbidden, read(name))] == []


def test_every_suppression_has_its_reason():
    bare = re.compile(r"#\s*(noqa(: ?[A-Z0-9, ]+)?|type: ignore(\[[\w, -]+\])?)\s*$", re.MULTILINE)
    assert [name for name in tracked(".py") if bare.search(read(name))] == []


PAGES = [name for name in tracked(".html") if name.startswith("templates/") and "/documents/" not in name]


def test_pages_carry_no_inline_script_or_style():
    inline = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son(click|change|submit|load|input|keydown)=")
    assert [name for name in PAGES if inline.search(read(name))] == []


def test_pages_load_nothing_from_elsewhere():
    foreign = re.compile(r"""<(script|link|img|iframe|source|form)[^>]*\b(src|href|action)=["']?(https?:)?//""")
    assert [name for name in PAGES if foreign.search(read(name))] == []


def test_every_text_is_in_composed_form():
    endings = (".py", ".html", ".css", ".js", ".md", ".toml", ".csv", ".txt", ".sh", ".po")
    assert [name for name in tracked(*endings) if not unicodedata.is_normalized("NFC", read(name))] == []
