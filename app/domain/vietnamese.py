"""Vietnamese text (chữ Việt): cleaning, accent-blind folding, alphabetical order, place names."""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_SPACES = re.compile(r"\s+")
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_ALPHABET = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệfghiìỉĩíịjklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvwxyỳỷỹýỵz"
_RANK = {letter: f"{place:02d}" for place, letter in enumerate(_ALPHABET)}
_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))


class _Bare(dict[int, str]):
    """Each character without its marks, in lower case; looked up once."""

    def __missing__(self, code: int) -> str:
        bare = unicodedata.normalize("NFD", chr(code).lower().replace("đ", "d"))
        self[code] = "".join(letter for letter in bare if not unicodedata.combining(letter))
        return self[code]


class _Order(dict[int, str]):
    """The place of each lower-case character in the alphabet, two digits; foreign letters last."""

    def __missing__(self, code: int) -> str:
        self[code] = _RANK.get(chr(code), "zz" if chr(code).isalpha() else "  ")
        return self[code]


_BARE, _ORDER = _Bare(), _Order()


def clean(text: str) -> str:
    """Return `text` in NFC, without invisible or direction characters, with single spaces."""
    # Nothing invisible and no space but the plain one is printable: most cells of a file are clean as they stand.
    if text.isprintable() and "  " not in text and unicodedata.is_normalized("NFC", text):
        return text.strip()
    return _SPACES.sub(" ", _INVISIBLE.sub("", unicodedata.normalize("NFC", text))).strip()


def has_invisible(text: str) -> bool:
    """Tell whether `text` carries characters that nobody sees (zero width, direction marks)."""
    return _INVISIBLE.search(text) is not None


def fold(text: str) -> str:
    """Return the accent-blind search form: lower case, no marks, đ → d, words apart by one space.

    "Đặng Thị Hòa" and "dang thi hoa" fold alike, so a clerk may type without diacritics.
    """
    return _NOT_WORD.sub(" ", clean(text).translate(_BARE)).strip()


def sort_key(text: str) -> str:
    """Return a key whose plain order is the Vietnamese alphabet (a ă â b c d đ e ê …, tones last).

    Stored beside a name, it gives the same order on every database whatever its collation.
    """
    return clean(text).lower().translate(_ORDER)


def person_sort_key(name: str) -> str:
    """Return the order of a person's name as lists in Vietnam have it: given name first, then the rest."""
    *before, given = clean(name).split(" ") or [""]
    return f"{sort_key(given)} {sort_key(' '.join(before))}"


def place_key(name: str) -> str:
    """Return a key under which two spellings of a place meet (Hòa and Hoà, Thủy and Thuỷ).

    The letters keep their shape (ă, ô, đ stay), the tone is moved out to the end of each word,
    so that where it was written no longer matters but which tone it is still does.
    """
    return " ".join(_tone_last(word) for word in clean(name).lower().split(" "))


def _tone_last(word: str) -> str:
    parts = unicodedata.normalize("NFD", word)
    tones = "".join(mark for mark in parts if ord(mark) in _TONES)
    return unicodedata.normalize("NFC", parts.translate(_TONES)) + tones
