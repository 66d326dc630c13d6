"""What README and docs name is there: commands with their options, links, files."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from app.cli.main import COMMANDS, motcua

ROOT = Path(__file__).resolve().parent.parent
# Decisions and changes speak of their day; the others of what is there now.
OF_TODAY = ["README.md", "SECURITY.md", *sorted(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md"))]
PAPERS = [*OF_TODAY, "CHANGELOG.md"]
SPAN = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
BLOCK_LINE = re.compile(r"^(?: {4})?(?:MOTCUA_\S+ )*((?:\.venv/bin/)?motcua [^#\n]*)", re.M)
FOLDERS = ("app", "workflows", "migrations", "templates", "signing", "tests", "docs", "deploy", ".ci")


def text_of(paper: str) -> str:
    return (ROOT / paper).read_text(encoding="utf-8").replace(r"\|", "|")


def command_lines(paper: str) -> list[str]:
    """Return the lines that begin with the command, and in the README's table of commands those that leave it out."""
    text = text_of(paper)
    spans = [span for span in SPAN.findall(text) if re.match(r"(\.venv/bin/)?motcua ", span)]
    table = [SPAN.findall(row.replace("|", "\0", 1).rsplit("|", 2)[0])
             for row in text.splitlines() if row.startswith("| `motcua ")]
    named = [span for row in table for span in row if span.split()[0] in COMMANDS]
    return spans + [f"motcua {span}" for span in named] + BLOCK_LINE.findall(text)


def spelled_out(line: str) -> Iterator[list[str]]:
    """Yield the words of a line, once for each of its alternatives (`bench core|clock`)."""
    words = re.sub(r"\"[^\"]*\"|[\[\]…]|\.\.\.", " ", line).split()[1:]
    return (list(way) for way in itertools.product(*(word.split("|") for word in words)))


def missing(words: list[str]) -> list[str]:
    """Return what of one spelled-out line the command line does not know."""
    command: click.Command = motcua
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        found = command.get_command(click.Context(command), words[0])
        if found is None:
            return [words[0]]
        command, words = found, words[1:]
    options = {name for parameter in command.params for name in (*parameter.opts, *parameter.secondary_opts)}
    choices = [parameter.type.choices for parameter in command.params
               if isinstance(parameter, click.Argument) and isinstance(parameter.type, click.Choice)]
    unknown = [word for word in words if word.startswith("--") and word not in {*options, "--help"}]
    plain = [word for word in words[:1] if not word.startswith("-") and choices and word.islower()]
    return unknown + [word for word in plain if word not in choices[0]]


@pytest.mark.parametrize("paper", PAPERS)
def test_every_command_named_is_there_with_its_options(paper):
    wrong = {line: missing(words) for line in command_lines(paper) for words in spelled_out(line) if missing(words)}
    assert wrong == {}


def test_commands_are_found_and_a_wrong_one_is_seen():
    assert sum(len(command_lines(paper)) for paper in PAPERS) > 80
    assert missing(["due", "--recieved", "T"]) == ["--recieved"]
    assert missing(["import", "dosiers", "FILE"]) == ["dosiers"]


@pytest.mark.parametrize("paper", PAPERS)
def test_every_link_leads_to_a_file(paper):
    links = re.findall(r"\]\(([^)#\s]+)|<img src=\"([^\"]+)", text_of(paper))
    inside = [one or other for one, other in links if "://" not in one + other]
    assert [link for link in inside if not ((ROOT / paper).parent / link).exists()] == []


@pytest.mark.parametrize("paper", OF_TODAY)
def test_every_file_named_is_there(paper):
    named = {span.split("::")[0].split()[0] for span in SPAN.findall(text_of(paper))
             if span.split("/")[0] in FOLDERS and "/" in span and "…" not in span}
    assert sorted(path for path in named if not any(ROOT.glob(path.rstrip("/")))) == []
