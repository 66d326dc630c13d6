"""Certification at the desk (chứng thực bản sao, chứng thực chữ ký): kinds, books, tariffs, what one row may say.

One number per original, however many copies (số chứng thực); the fee of a copy goes by the pages of its original.
Figures of money are rows with dates (`Tariff`), never constants: TT 226/2016/TT-BTC is the seed's first row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain import checks
from workflows.errors import N_, RuleBroken

MOST_PAGES = 2_000
MOST_COPIES = 500
MOST_PAPERS = 40
TITLE_LONGEST = 200


class Kind(StrEnum):
    """What is certified: copies of an original, or signatures on a paper."""

    COPY = "copy"
    SIGNATURE = "signature"


class Medium(StrEnum):
    """How the certified copy is handed over."""

    PAPER = "paper"
    ELECTRONIC = "electronic"


PROCEDURES = {Kind.COPY: "2.000815", Kind.SIGNATURE: "2.000884"}
_SERIES = {
    (Kind.COPY, Medium.PAPER): "SCT/BS",
    (Kind.COPY, Medium.ELECTRONIC): "SCTĐT/BS",
    (Kind.SIGNATURE, Medium.PAPER): "SCT/CK,ĐC",
}
SERIES = tuple(_SERIES.values())


class PagesNotRight(RuleBroken):
    """An original has at least one page, and no more than a book holds."""

    code = "pages_not_right"
    sentence = N_("Số trang “{given}” chưa đúng. Vui lòng nhập số nguyên từ 1 đến {most}.")


class CopiesNotRight(RuleBroken):
    """At least one copy, and no more than one request may ask for."""

    code = "copies_not_right"
    sentence = N_("Số bản “{given}” chưa đúng. Vui lòng nhập số nguyên từ 1 đến {most}.")


class NothingToCertify(RuleBroken):
    """A request without any paper."""

    code = "nothing_to_certify"
    sentence = N_("Chưa có giấy tờ nào. Vui lòng nhập tên giấy tờ, số trang và số bản ở dòng đầu tiên.")


class TooManyPapers(RuleBroken):
    """More originals than one request takes."""

    code = "too_many_papers"
    sentence = N_("Một lượt nhận tối đa {most} giấy tờ. Vui lòng cấp số lượt này rồi nhận tiếp.")


class MediumNotRight(RuleBroken):
    """Signatures are certified on paper; an electronic copy exists once."""

    code = "medium_not_right"
    sentence = N_("Chứng thực chữ ký chỉ làm trên giấy. Vui lòng bỏ dấu “Điện tử” ở dòng này.")


@dataclass(frozen=True, slots=True)
class Paper:
    """One row of the grid: an original with its pages, and how many copies are wanted (1 when electronic)."""

    title: str
    pages: int
    copies: int
    medium: Medium = Medium.PAPER


@dataclass(frozen=True, slots=True)
class Tariff:
    """What certification costs from a day on, whole đồng. `per`: "page" of a copy, or "case" (trường hợp)."""

    per: str
    first_pages: int
    first_page_vnd: int
    further_page_vnd: int
    cap_vnd: int | None
    legal_basis: str = ""

    def of_copy(self, pages: int) -> int:
        """Return the fee of one copy of an original of `pages` pages; the cap is per copy."""
        dear = min(pages, self.first_pages)
        full = dear * self.first_page_vnd + (pages - dear) * self.further_page_vnd
        return full if self.cap_vnd is None else min(full, self.cap_vnd)

    def of(self, paper: Paper) -> int:
        """Return the fee of a row: every copy alike, or one sum a case."""
        return self.first_page_vnd if self.per == "case" else self.of_copy(paper.pages) * paper.copies


def series_of(kind: Kind, medium: Medium) -> str:
    """Return the book that a row is numbered in, as printed behind the number. Raises MediumNotRight."""
    series = _SERIES.get((kind, medium))
    if series is None:
        raise MediumNotRight(where="medium")
    return series


def checked(papers: Sequence[Paper], kind: Kind) -> tuple[Paper, ...]:
    """Return the rows cleaned. Raises the first of `problems`."""
    for found in problems(papers, kind):
        raise found
    return tuple(
        Paper(
            checks.text(paper.title, what="tên giấy tờ", where="title", longest=TITLE_LONGEST),
            paper.pages,
            1 if paper.medium is Medium.ELECTRONIC else paper.copies,
            paper.medium,
        )
        for paper in papers
    )


def problems(papers: Sequence[Paper], kind: Kind) -> Iterator[RuleBroken]:
    """Yield everything wrong with the grid, each with its cell ("papers.2.pages", rows from 1)."""
    if not papers:
        yield NothingToCertify(where="papers.1.title")
    if len(papers) > MOST_PAPERS:
        yield TooManyPapers(where=f"papers.{MOST_PAPERS + 1}.title", most=MOST_PAPERS)
    for row, paper in enumerate(papers, start=1):
        yield from _problems_of_row(paper, kind, f"papers.{row}")


def numbers_text(numbers: Sequence[int]) -> str:
    """Return "4187–4189" for a run of numbers, "4187, 4190" where it has gaps."""
    if not numbers:
        return ""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else f"{run[0]}" for run in runs)


def _problems_of_row(paper: Paper, kind: Kind, where: str) -> Iterator[RuleBroken]:
    try:
        checks.text(paper.title, what="tên giấy tờ", where=f"{where}.title", longest=TITLE_LONGEST)
    except RuleBroken as wrong:
        yield wrong
    if not 1 <= paper.pages <= MOST_PAGES:
        yield PagesNotRight(where=f"{where}.pages", given=paper.pages, most=MOST_PAGES)
    if not 1 <= paper.copies <= MOST_COPIES:
        yield CopiesNotRight(where=f"{where}.copies", given=paper.copies, most=MOST_COPIES)
    if (kind, paper.medium) not in _SERIES:
        yield MediumNotRight(where=f"{where}.medium")
