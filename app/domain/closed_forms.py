"""Forms that a closing covers (các biểu được chốt): every form and every rate is told of the dossiers it keeps.

A closing keeps the facts of all dossiers that any form of the period counts, with the numbers told and a digest of
the formulas they were told by. So each cell of each form opens the list it had then, and a formula that was changed
since can be told from a dossier that moved.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.domain.closing import FORM
from app.domain.figures import CELLS_06A, Figure
from app.domain.index_766 import FORMULAS as INDEX_FORMULAS
from app.domain.rate_formulas import OTHER_READINGS, RATES
from app.domain.table_reports import FORMS
from workflows.errors import N_

RATES_FORM, INDEX_FORM = "rates", "index-766"


@dataclass(frozen=True, slots=True)
class ClosedForm:
    """One form of a closed period: its title and its numbers."""

    id: str
    title: str
    figures: tuple[Figure, ...]

    @property
    def titles(self) -> Mapping[str, str]:
        """The words of each number, by its id."""
        return {figure.id: figure.title for figure in self.figures}

    @property
    def formulas(self) -> str:
        """The version of its formulas: a digest over all that is counted and how."""
        return _digest(self.figures)


@dataclass(frozen=True, slots=True)
class FormTold:
    """What one form told when its period was closed: the version of its formulas, and each number by its id."""

    formulas: str
    total: Mapping[str, int]


def _digest(figures: Iterable[Figure]) -> str:
    told = (f"{one.id}\t{one.counted!r}\t{one.weight}\t{one.distinct}" for one in figures)
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


CLOSED_FORMS: Mapping[str, ClosedForm] = {
    form.id: form
    for form in (
        ClosedForm(FORM, N_("Biểu II.06a"), CELLS_06A),
        *(ClosedForm(form.id, form.title, form.columns) for form in FORMS.values()),
        ClosedForm(
            RATES_FORM,
            N_("Tỷ lệ trong kỳ"),
            tuple(part for rate in (*RATES, *OTHER_READINGS) for part in (rate.numerator, rate.denominator)),
        ),
        ClosedForm(
            INDEX_FORM,
            N_("Chỉ số 766"),
            tuple(part for formula in INDEX_FORMULAS for part in (formula.numerator, formula.denominator)),
        ),
    )
}
