"""Formulas as data (công thức): two counts, the law they follow, since when, how they round and how they score.

A formula says everything that a disputed figure is asked about: which dossiers stand above and below the line,
by which text and reading, in which version, from which day on, and what it says when there was nothing to count.
A book of formulas is checked as a whole before anything is counted with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from itertools import pairwise

from app.domain.fact_kinds import FACTS
from app.domain.figures import Figure
from app.domain.predicates import names_in
from app.domain.rates import Rate
from workflows.errors import N_, RuleBroken

FROM_THE_BEGINNING = date(2000, 1, 1)


class Zero(StrEnum):
    """What a formula says when there was nothing to count (mẫu số bằng 0); the three never mix."""

    NOT_ARISEN = "not_arisen"  # không phát sinh: no rate and no score
    FULL = "full"  # nothing went wrong because nothing came: the whole maximum
    NOTHING = "nothing"  # no dossiers, no points


class FormulaInvalid(RuleBroken):
    """A formula cannot be counted with: it names a fact that no dossier has, itself, or days that overlap."""

    code = "formula_invalid"
    sentence = N_("Công thức “{formula}” không dùng được: {problem}. Vui lòng sửa dữ liệu công thức rồi chạy lại.")


@dataclass(frozen=True, slots=True)
class Scoring:
    """How points come of a rate: `maximum` when the rate reaches `full_at`, in proportion below it."""

    maximum: Decimal
    full_at: Decimal = Decimal(1)

    def points(self, rate: Rate, zero: Zero) -> Decimal | None:
        """Return the points with two decimals, half up; None where nothing arose and the formula says so."""
        if not rate.denominator:
            return {Zero.NOT_ARISEN: None, Zero.FULL: self.maximum, Zero.NOTHING: Decimal(0)}[zero]
        earned = self.maximum * rate.numerator / (rate.denominator * self.full_at)
        return min(self.maximum, earned).quantize(Decimal("0.01"), ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Formula:
    """A rate (tỷ lệ): the numerator is a part of the denominator; `reading` says how the law was read.

    `other_readings` are the ids of formulas that read the same words otherwise, shown beside this one.
    `decimals` is of the rate in percent. It holds for periods that begin from `effective_from` on, before
    `effective_to`.
    """

    id: str
    title: str
    numerator: Figure
    denominator: Figure
    source: str
    reading: str
    version: str = "1"
    effective_from: date = FROM_THE_BEGINNING
    effective_to: date | None = None
    decimals: int = 2
    zero: Zero = Zero.NOT_ARISEN
    scoring: Scoring | None = None
    other_readings: tuple[str, ...] = ()

    def holds_on(self, day: date) -> bool:
        """Tell whether a period that begins on `day` is counted with this version."""
        return self.effective_from <= day and (self.effective_to is None or day < self.effective_to)

    def score(self, rate: Rate) -> Decimal | None:
        """Return the points of `rate`; None where the formula gives none."""
        return self.scoring.points(rate, self.zero) if self.scoring else None


def checked(book: Iterable[Formula]) -> tuple[Formula, ...]:
    """Return the formulas of a book. Raises FormulaInvalid for the first that cannot be counted with."""
    formulas = tuple(book)
    names = {formula.id for formula in formulas}
    for formula in formulas:
        _check_facts(formula)
        for other in formula.other_readings:
            if other not in names:
                raise _invalid(formula.id, f"cách hiểu khác “{other}” không có")
    _check_days(formulas)
    return formulas


def in_force(book: Iterable[Formula], day: date) -> tuple[Formula, ...]:
    """Return the formulas that a period beginning on `day` is counted with."""
    return tuple(formula for formula in book if formula.holds_on(day))


def by_id(book: Iterable[Formula]) -> Mapping[str, Formula]:
    """Return the formulas by their ids; of several versions the last."""
    return {formula.id: formula for formula in book}


def _check_facts(formula: Formula) -> None:
    for part in (formula.numerator, formula.denominator):
        read = {*names_in(part.counted), *(name for name in (part.weight, part.distinct) if name)}
        if unknown := sorted(read - FACTS.keys()):
            raise _invalid(formula.id, f"không có dữ kiện “{unknown[0]}” ở hồ sơ")


def _check_days(formulas: tuple[Formula, ...]) -> None:
    ordered = sorted(formulas, key=lambda formula: (formula.id, formula.effective_from))
    for formula in ordered:
        if formula.effective_to is not None and formula.effective_to <= formula.effective_from:
            raise _invalid(formula.id, "hết hiệu lực trước khi có hiệu lực")
    for first, then in pairwise(ordered):
        if first.id == then.id and (first.effective_to is None or then.effective_from < first.effective_to):
            raise _invalid(first.id, "hai bản cùng có hiệu lực một ngày")


def _invalid(formula: str, problem: str) -> FormulaInvalid:
    return FormulaInvalid(where=formula, formula=formula, problem=problem)
