"""What a paper seems to say about itself (trích trường từ văn bản): proposals for a person to take over, never facts.

Layout of administrative documents: NĐ 30/2020 Annex I (số và ký hiệu, địa danh và ngày tháng năm).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from app.domain.vietnamese import clean, fold

_NUMBER = re.compile(r"\b[Ss][ốoó]\s*[:.]\s*([0-9][0-9A-Za-zĐđ]*(?:\s?[/\-–.]\s?[0-9A-Za-zĐđÀ-ỹ]+)*)")
_DATE_WORDS = re.compile(r"ng[àa]y\s+(\d{1,2})\s+th[áa]ng\s+(\d{1,2})\s+n[ăa]m\s+(\d{4})", re.IGNORECASE)
_DATE_FIGURES = re.compile(r"\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b")
_NAME = re.compile(
    r"(?:[Hh]ọ(?:,\s*chữ đệm,?)?(?:\s*và)?\s*tên(?:\s+\w+){0,3}\s*[:.]|\b[ÔôBb][nà]g?\s*[:.]|\b(?:[Ôô]ng|[Bb]à)\s)\s*"
    r"((?:[A-ZĐÀ-Ỹ][\wà-ỹ]*[ \t]?){2,6})"
)
_LONGEST_WORD, _SHORTEST_WORD = 40, 2
_EARLIEST = 1945
WORD_DIGEST = 16  # hexadecimal digits kept of a word: enough to tell words apart, little to store


@dataclass(frozen=True, slots=True)
class Proposals:
    """What was read, each empty or None where nothing was."""

    number: str = ""
    dated: date | None = None
    name: str = ""

    def __bool__(self) -> bool:
        return bool(self.number or self.dated or self.name)


def proposals_in(text: str) -> Proposals:
    """Return number, day of issue and name as the text seems to say them."""
    plain = unicodedata.normalize("NFC", text)
    number, name = _NUMBER.search(plain), _NAME.search(plain)
    return Proposals(
        re.sub(r"\s+", "", number[1]).rstrip(".-–/") if number else "",
        _date_in(plain),
        clean(name[1]) if name else "",
    )


def words_of(text: str) -> frozenset[str]:
    """Return the words by which a text is found: without case and diacritics, so that any way of typing finds it."""
    folded = re.findall(r"[0-9a-z]+", fold(unicodedata.normalize("NFC", text)))
    return frozenset(word for word in folded if _SHORTEST_WORD <= len(word) <= _LONGEST_WORD)


def _date_in(text: str) -> date | None:
    for found in (*_DATE_WORDS.finditer(text), *_DATE_FIGURES.finditer(text)):
        day, month, year = (int(part) for part in found.groups())
        try:
            said = date(year, month, day)
        except ValueError:
            continue
        if year >= _EARLIEST:
            return said
    return None
