"""Ours beside the national portal's (đối chiếu với Cổng quốc gia): cells of 06a, and the dossiers that differ."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.db.models import DossierFact
from app.domain.entered_figures import PORTAL, Entered
from app.domain.figures import CELLS_06A, Figure
from app.domain.flags import Finding, differs_from_national
from app.domain.periods import Period
from app.domain.reports import ReportUnit
from app.queries.entered_figures import portal_of
from app.queries.figures import form06a
from app.queries.flag_evidence import twins_of
from app.queries.report_scope import counted_facts


@dataclass(frozen=True, slots=True)
class PortalCell:
    """One cell of 06a: as counted here, and as somebody entered it from the portal (None: not entered)."""

    figure: Figure
    ours: int
    theirs: Entered | None

    @property
    def difference(self) -> int | None:
        """How many more are counted here; None where the portal's number is missing."""
        return None if self.theirs is None else self.ours - self.theirs.value


@dataclass(frozen=True, slots=True)
class Comparison:
    """All printed cells, and the dossiers of the report whose state the portal tells otherwise."""

    cells: tuple[PortalCell, ...]
    differing: tuple[Finding, ...]


def portal_comparison(session: Session, unit: ReportUnit, period: Period) -> Comparison:
    """Return ours beside the portal's, of exactly this unit and these days."""
    told = form06a(session, unit, period).total.cells
    entered = portal_of(session, unit.code, period)
    cells = tuple(PortalCell(one, told[one.id], entered.get(PORTAL + one.id)) for one in CELLS_06A if one.column)
    counted = counted_facts(unit, period).with_only_columns(DossierFact.dossier_id)
    return Comparison(cells, differs_from_national(twins_of(session, unit.unit_ids, period.start, among=counted)))
