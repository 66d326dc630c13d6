"""Texts of messages (lời tin nhắn): from templates/messages, short and plain, each channel by its own rules."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

SMS_LONGEST = 160  # one message without diacritics
PROCEDURE = "procedure"


@dataclass(frozen=True, slots=True)
class Letter:
    """A message ready to go; an SMS has no subject."""

    subject: str
    text: str


class MessageTexts:
    """Writes messages from their templates; an unknown name in a template is an error, not a gap."""

    def __init__(self, folder: Path) -> None:
        # Plain text for mail and telephones: there is nothing to escape for.
        self._texts = Environment(loader=FileSystemLoader(folder), undefined=StrictUndefined, autoescape=False)  # noqa: S701 - plain text messages

    def mail(self, template: str, facts: Mapping[str, Any]) -> Letter:
        """Return a mail: the template's first line is its subject."""
        subject, _, text = self._written(f"{template}.mail.txt", facts).partition("\n")
        return Letter(subject.strip(), text.strip() + "\n")

    def sms(self, template: str, facts: Mapping[str, Any]) -> Letter:
        """Return an SMS of one part: without diacritics, the name of the procedure cut where it is too long."""
        text = plain(self._written(f"{template}.sms.txt", facts))
        beyond = len(text) - SMS_LONGEST
        if beyond > 0:
            name = plain(str(facts[PROCEDURE]))
            cut = name[: max(len(name) - beyond - 3, 0)].rstrip() + "..."
            text = plain(self._written(f"{template}.sms.txt", {**facts, PROCEDURE: cut}))
        return Letter("", text[:SMS_LONGEST])

    def _written(self, name: str, facts: Mapping[str, Any]) -> str:
        return self._texts.get_template(name).render(facts)


def plain(text: str) -> str:
    """Return a text as every telephone shows it: Latin letters without marks, single spaces."""
    bare = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    kept = (letter for letter in bare if not unicodedata.combining(letter))
    return " ".join("".join(kept).encode("ascii", "ignore").decode().split())
