"""Every number that can be opened (sổ chỉ tiêu), by its id: the cells of form 06a, both counts of each formula."""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.figures import CELLS_06A, Figure
from app.domain.formulas import Formula, by_id
from app.domain.index_766 import FORMULAS as INDEX_FORMULAS
from app.domain.rate_formulas import OTHER_READINGS, RATES

FORMULAS: Mapping[str, Formula] = by_id((*RATES, *OTHER_READINGS, *INDEX_FORMULAS))
FIGURES: Mapping[str, Figure] = {
    figure.id: figure
    for figure in (
        *CELLS_06A,
        *(part for formula in FORMULAS.values() for part in (formula.numerator, formula.denominator)),
    )
}
