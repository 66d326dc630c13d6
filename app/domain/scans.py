"""What a scanning run found (kết quả quét): pages, and what a clerk should look at again before using them.

Least resolutions: 200 dpi for ordinary administrative papers, 300 dpi for the rest (unified digitization
guidance of the Ministry of Science and Technology, 11/2025; NĐ 30/2020 Annex I part II for copies).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

LEAST_DPI = MappingProxyType({"ordinary": 200, "other": 300})
BIND, SPLIT = "bind_scan", "split_batch"  # kinds of jobs
PDFA = "PDF/A-2b"
FEWEST_WORDS = 8  # a photograph or a stamp alone is not unreadable, it has no text
READABLE = 55  # mean confidence, per cent
TWIN_WORDS = 0.9
TWIN_BITS = 8  # of 256
SURE_TWIN_BITS = 4  # where no words can tell
_SHINGLE = 3
_FULL_PAGE = 20  # words


class Doubt(StrEnum):
    """Why a page should be looked at again."""

    LOW_RESOLUTION = "low_resolution"
    UNREADABLE = "unreadable"
    DUPLICATE = "duplicate"
    NO_TEXT_LAYER = "no_text_layer"
    SIGNED_ORIGINAL = "signed_original"


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """One page as it came: `page` counts from 1 within its file; `turned` and `skew` are in degrees.

    `dpi` is of the page as it was sent; `fingerprint` is a 256-bit look of it; `confidence` is 0–100; `mark` is what
    a separator sheet says ("CODE/02").
    """

    file: str
    page: int
    dpi: int
    blank: bool = False
    turned: int = 0
    skew: float = 0.0
    text: str = ""
    confidence: float = 0.0
    fingerprint: int = 0
    from_signed: bool = False
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Warned:
    """One doubt with its place and a sentence that says what to do."""

    code: Doubt
    file: str
    page: int
    reason: str


@dataclass(frozen=True, slots=True)
class Digitized:
    """The outcome: what the PDF/A holds and what was doubtful. `dpi` is the lowest of the kept pages."""

    pages: int
    blank: int
    dpi: int
    text_layer: bool
    pdfa: str
    warnings: tuple[Warned, ...]
    texts: tuple[str, ...]
    sources: tuple[ScannedPage, ...]


def digitized(pages: Iterable[ScannedPage], *, least_dpi: int, has_reader: bool) -> Digitized:
    """Sum up the pages of a run; blank ones are counted and dropped."""
    everything = tuple(pages)
    kept = tuple(page for page in everything if not page.blank)
    doubts = (*warnings_of(kept, least_dpi=least_dpi, has_reader=has_reader),)
    texts = tuple(unicodedata.normalize("NFC", page.text) for page in kept)
    lowest = min((page.dpi for page in kept), default=0)
    blank = len(everything) - len(kept)
    return Digitized(len(kept), blank, lowest, has_reader and bool(kept), PDFA, doubts, texts, kept)


def warnings_of(pages: Sequence[ScannedPage], *, least_dpi: int, has_reader: bool) -> list[Warned]:
    """Return every doubt about the kept pages, page by page."""
    found = []
    for page in pages:
        if page.dpi < least_dpi:
            low = f"{page.dpi} dpi, cần ít nhất {least_dpi} dpi; hãy quét lại"
            found.append(_warned(Doubt.LOW_RESOLUTION, page, low))
        if has_reader and is_unreadable(page):
            found.append(_warned(Doubt.UNREADABLE, page, "chữ khó đọc; hãy xem lại hoặc quét lại trang này"))
    found += [
        _warned(
            Doubt.DUPLICATE, later, f"trùng với trang {earlier.page} của tệp “{earlier.file}”; bỏ bớt nếu quét hai lần"
        )
        for earlier, later in twins(pages)
    ]
    found += _of_files(pages, has_reader=has_reader)
    return found


def is_unreadable(page: ScannedPage) -> bool:
    """Tell whether there are words that could not be made out."""
    return len(page.text.split()) >= FEWEST_WORDS and page.confidence < READABLE


def twins(pages: Sequence[ScannedPage]) -> list[tuple[ScannedPage, ScannedPage]]:
    """Return the pages that seem to be another one scanned again: same words, or without words the same look."""
    shingles = [_shingles(page.text) for page in pages]
    return [
        (pages[earlier], pages[later]) for later in range(len(pages)) for earlier in _first_twin(pages, shingles, later)
    ]


def _first_twin(pages: Sequence[ScannedPage], shingles: Sequence[frozenset[str]], later: int) -> list[int]:
    for earlier in range(later):
        if _same(pages[earlier], pages[later], shingles[earlier], shingles[later]):
            return [earlier]
    return []


def _same(one: ScannedPage, other: ScannedPage, words: frozenset[str], others: frozenset[str]) -> bool:
    if min(len(words), len(others)) >= _FULL_PAGE:
        return len(words & others) >= TWIN_WORDS * len(words | others)
    return (one.fingerprint ^ other.fingerprint).bit_count() <= TWIN_BITS and words == others


def _shingles(text: str) -> frozenset[str]:
    words = text.casefold().split()
    return frozenset(" ".join(words[start : start + _SHINGLE]) for start in range(len(words) - _SHINGLE + 1))


def _of_files(pages: Sequence[ScannedPage], *, has_reader: bool) -> list[Warned]:
    signed = {page.file: page for page in pages if page.from_signed}
    sentence = "tệp có chữ ký số, chữ ký không đi theo bản quét; hãy dùng chính tệp này"
    found = [Warned(Doubt.SIGNED_ORIGINAL, name, 0, sentence) for name in signed]
    if not has_reader and pages:
        none = "máy này chưa cài tesseract (vie) nên không có lớp chữ; xem motcua doctor"
        found.append(Warned(Doubt.NO_TEXT_LAYER, pages[0].file, 0, none))
    return found


def _warned(code: Doubt, page: ScannedPage, reason: str) -> Warned:
    return Warned(code, page.file, page.page, f"Trang {page.page}: {reason}")


def look_alike(fingerprints: Sequence[int]) -> frozenset[int]:
    """Return the places of pages that look like an earlier one, before anything was read."""
    return frozenset(
        later
        for later in range(len(fingerprints))
        if any((fingerprints[later] ^ earlier).bit_count() <= SURE_TWIN_BITS for earlier in fingerprints[:later])
    )
