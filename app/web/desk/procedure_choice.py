"""What a clerk types for a procedure (gõ tắt thủ tục): an alias, a code, a name, or words of it without accents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.vietnamese import fold
from app.queries.desk_catalogue import ProcedureOption

MOST_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Match:
    """The one procedure meant, or those that it may be."""

    chosen: ProcedureOption | None
    candidates: tuple[ProcedureOption, ...] = ()


def match(options: Sequence[ProcedureOption], text: str) -> Match:
    """Return what `text` means: exactly named first, else by its words; a single candidate is chosen."""
    words = fold(text)
    if not words:
        return Match(None)
    exact = [option for option in options if _is_named(option, text.strip(), words)]
    if exact:
        return Match(exact[0]) if len(exact) == 1 else Match(None, tuple(exact[:MOST_SHOWN]))
    near = [option for option in options if _has_words(option, words)]
    return Match(near[0]) if len(near) == 1 else Match(None, tuple(near[:MOST_SHOWN]))


def _is_named(option: ProcedureOption, text: str, words: str) -> bool:
    if option.code == text or words in (fold(option.short_name), fold(option.name)):
        return True
    return words in {fold(alias) for alias in option.aliases}


def _has_words(option: ProcedureOption, words: str) -> bool:
    known = f"{fold(option.name)} {fold(option.short_name)} {' '.join(option.aliases)}".split()
    return all(any(part.startswith(word) for part in known) for word in words.split())
