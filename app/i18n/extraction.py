"""Finds every text for people in the source, and holds the English catalogue against it.

Texts stand in calls (`_("…")`, `N_("…")`, `pgettext(…)`), in Jinja templates, and in the `sentence`
attributes of the broken rules, which the core may write without knowing this module.
"""

from __future__ import annotations

import ast
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

from app.i18n import TRANSLATIONS

ROOT: Final = Path(__file__).parent.parent.parent
CATALOGUE: Final = TRANSLATIONS / "en.po"
PYTHON_FOLDERS: Final = ("app", "workflows", "signing")
# Statutory forms are Vietnamese by law: templates/documents carries no translations.
TEMPLATE_FOLDERS: Final = ("account", "layouts", "macros", "desk", "public", "admin", "errors", "messages")
TEMPLATE_ENDINGS: Final = (".html", ".txt", ".svg")
KEYWORDS: Final = {
    "_": None,
    "_l": None,
    "N_": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "lazy_pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
CALL: Final = re.compile(rf"\b({'|'.join(KEYWORDS)})\(")
# In the header of the catalogue: a date that moves would make each run a change.
FIXED_DATE: Final = datetime(2026, 11, 22, tzinfo=UTC)
PLACEHOLDER: Final = re.compile(r"%\((\w+)\)s|(?<!\{)\{(\w+)[^{}]*\}(?!\})")


@dataclass(frozen=True, slots=True)
class Found:
    """One text in the source: message (or singular and plural), context, file and line."""

    message: str | tuple[str, ...]
    context: str | None
    path: str
    line: int


def source_texts(root: Path = ROOT) -> Catalog:
    """Return a catalogue of all texts below `root`, without translations."""
    catalogue = _empty()
    for found in _all_texts(root):
        catalogue.add(found.message, None, [(found.path, 0)], context=found.context)
    return catalogue


def problems(root: Path = ROOT, stored: Path = CATALOGUE) -> list[str]:
    """Return what keeps the English catalogue from being complete, one line each; empty when it is."""
    wanted, have = source_texts(root), read_catalogue(stored)
    lines = [line for message in wanted if message.id for line in _message_problems(message, have)]
    lines += [f"unused: {message.id!r}" for message in have if message.id and not _get(wanted, message)]
    return lines


def update(root: Path = ROOT, stored: Path = CATALOGUE) -> int:
    """Write the catalogue anew, keeping the translations that are still wanted; return what is missing."""
    catalogue, have = source_texts(root), read_catalogue(stored)
    for message in catalogue:
        kept = _get(have, message) if message.id else None
        if kept:
            message.string = kept.string
            message.flags |= kept.flags & {"fuzzy"}
    with stored.open("wb") as target:
        write_po(target, catalogue, sort_output=True, omit_header=False, include_lineno=False, width=110)
    return sum(1 for message in catalogue if message.id and not _translated(message))


def read_catalogue(stored: Path = CATALOGUE) -> Catalog:
    """Return the stored English catalogue; an empty one where there is no file yet."""
    if not stored.exists():
        return _empty()
    with stored.open("rb") as source:
        return read_po(source, locale="en")


def _empty() -> Catalog:
    return Catalog(
        locale="en",
        project="Một cửa",
        version="1",
        copyright_holder="",
        msgid_bugs_address="",
        creation_date=FIXED_DATE,
        revision_date=FIXED_DATE,
        last_translator="",
        language_team="",
        fuzzy=False,
    )


def _message_problems(message: Message, have: Catalog) -> Iterator[str]:
    text, where = message.id, ", ".join(sorted({path for path, _ in message.locations}))
    stored = _get(have, message)
    if not _is_nfc(text):
        yield f"not in NFC: {text!r} ({where})"
    if stored is None or not _translated(stored):
        yield f"missing: {text!r} ({where})"
    elif stored.fuzzy:
        yield f"fuzzy: {text!r} ({where})"
    elif _placeholders(text) != _placeholders(stored.string):
        yield f"other placeholders: {text!r} → {stored.string!r} ({where})"


def _get(catalogue: Catalog, message: Message) -> Message | None:
    return catalogue.get(message.id, message.context)


def _translated(message: Message) -> bool:
    return all(message.string) if isinstance(message.string, tuple | list) else bool(message.string)


def _forms(text: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def _is_nfc(text: str | tuple[str, ...]) -> bool:
    return all(unicodedata.is_normalized("NFC", form) for form in _forms(text))


def _placeholders(text: str | tuple[str, ...]) -> set[str]:
    return {first or second for form in _forms(text) for first, second in PLACEHOLDER.findall(form)}


def _all_texts(root: Path) -> Iterator[Found]:
    for folder in PYTHON_FOLDERS:
        for path in sorted((root / folder).rglob("*.py")):
            # Two thirds of the files hold no text: reading them is cheaper than parsing them.
            text = path.read_text("utf-8")
            if CALL.search(text):
                yield from _calls(path, root, "python")
            if "sentence" in text:
                yield from _sentences(path, root)
    for folder in TEMPLATE_FOLDERS:
        for path in sorted((root / "templates" / folder).rglob("*")):
            if path.suffix in TEMPLATE_ENDINGS:
                yield from _calls(path, root, "jinja2.ext:babel_extract")


def _calls(path: Path, root: Path, method: str) -> Iterator[Found]:
    options = {"silent": "false", "trimmed": "true", "newstyle_gettext": "true"} if method != "python" else {}
    with path.open("rb") as source:
        for line, message, _, context in extract(method, source, KEYWORDS, options=options):
            yield Found(message, context, path.relative_to(root).as_posix(), line)


def _sentences(path: Path, root: Path) -> Iterator[Found]:
    """Yield the `sentence = "…"` attributes of the classes in one file."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ClassDef):
            for text, line in _class_sentences(node):
                yield Found(text, None, path.relative_to(root).as_posix(), line)


def _class_sentences(node: ast.ClassDef) -> Iterator[tuple[str, int]]:
    for statement in node.body:
        targets = statement.targets if isinstance(statement, ast.Assign) else []
        targets = [statement.target] if isinstance(statement, ast.AnnAssign) else targets
        value = getattr(statement, "value", None)
        is_sentence = any(isinstance(name, ast.Name) and name.id == "sentence" for name in targets)
        if is_sentence and isinstance(value, ast.Constant) and isinstance(value.value, str):
            yield value.value, value.lineno
