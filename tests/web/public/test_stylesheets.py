"""The style sheets: one rule a line, nothing that no page uses, nothing used that no sheet knows."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
SHEETS = ROOT / "app" / "web" / "static" / "css"
OURS = ("tokens", "components", "public", "province", "print")
USED_IN = (*(ROOT / "templates").rglob("*.html"), *(ROOT / "app").rglob("*.py"), *(SHEETS.parent / "js").rglob("*.js"))
CLASS = re.compile(r"\.(-?[a-z][\w-]*)", re.ASCII)


@cache
def all_sources() -> str:
    """Everything that may name a class."""
    return "\n".join(path.read_text("utf-8") for path in USED_IN if "documents" not in path.parts)


def selectors(sheet: str) -> set[str]:
    """The classes that a sheet speaks of."""
    text = re.sub(r"/\*.*?\*/", "", (SHEETS / f"{sheet}.css").read_text("utf-8"), flags=re.S)
    heads = re.findall(r"([^{}]+)\{", text)
    return {name for head in heads if not head.strip().startswith("@") for name in CLASS.findall(head)}


@pytest.mark.parametrize("sheet", OURS)
def test_no_rule_is_for_nothing(sheet: str):
    words = set(re.findall(r"[\w-]+", all_sources()))
    assert sorted(selectors(sheet) - words) == []


@pytest.mark.parametrize("sheet", OURS)
def test_one_rule_a_line(sheet: str):
    lines = (SHEETS / f"{sheet}.css").read_text("utf-8").splitlines()
    assert [number for number, line in enumerate(lines, 1) if line.count("{") > 1] == []


def test_every_class_of_ours_on_a_citizen_page_has_a_rule():
    known = {name for sheet in SHEETS.glob("*.css") for name in selectors(sheet.stem)}
    templates = [*(ROOT / "templates" / "public").rglob("*.html"), *(ROOT / "templates" / "errors").rglob("*.html")]
    used = {
        name
        for path in templates
        for value in re.findall(r'class="([^"]*)"', path.read_text("utf-8"))
        for name in re.findall(r"\b(?:pu|mc)-[\w-]+\b(?!-)", re.sub(r"\{\{.*?\}\}", " ", value))
    }
    assert sorted(used - known) == []


def test_colours_of_state_are_readable():
    """WCAG 1.4.3: 4.5:1 for each colour on its own soft background."""
    tokens = dict(re.findall(r"--mc-([\w-]+): (#[0-9a-f]{6}|#[0-9a-f]{3});", (SHEETS / "tokens.css").read_text()))
    pairs = [(name, f"{name}-soft") for name in ("ok", "soon", "late", "pause", "done")]
    pairs += [("ink", "ground"), ("ink-2", "ground"), ("brand", "brand-soft"), ("brand", "ground")]
    assert [pair for pair in pairs if _contrast(tokens[pair[0]], tokens[pair[1]]) < 4.5] == []


def _contrast(first: str, second: str) -> float:
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[start : start + 2], 16) / 255 for start in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
