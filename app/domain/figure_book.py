"""Every number that can be opened (sổ chỉ tiêu), by its id: the cells of each form, both counts of each formula."""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.figures import CELLS_06A, Figure
from app.domain.formulas import Formula, by_id
from app.domain.index_766 import FORMULAS as INDEX_FORMULAS
from app.domain.rate_formulas import OTHER_READINGS, RATES
from app.domain.table_reports import FORMS

FORMULAS: Mapping[str, Formula] = by_id((*RATES, *OTHER_READINGS, *INDEX_FORMULAS))
FIGURES: Mapping[str, Figure] = {
    figure.id: figure
    for figure in (
        *CELLS_06A,
        *(column for form in FORMS.values() for column in form.columns),
        *(part for formula in FORMULAS.values() for part in (formula.numerator, formula.denominator)),
    )
}
