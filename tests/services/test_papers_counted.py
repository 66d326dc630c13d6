"""Which papers a rate of digitization counts: those that had to be scanned, nothing that is shown and handed back."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.db.models import Component, DossierFact
from app.domain.periods import month
from app.domain.rate_formulas import RATES
from app.queries.figures import rates
from app.queries.report_scope import report_unit
from app.services import digitizing
from app.services.filing import EXEMPTIONS
from app.services.values import ComponentData
from tests.support.seeded import COPIES, SINGLE, Desk


def counted(desk: Desk, code: str) -> tuple[int, int, int]:
    """Return how many papers there are, had to be digitized, and are."""
    newest = select(DossierFact).where(DossierFact.dossier_id == desk.dossier(code).id, DossierFact.valid_to.is_(None))
    with desk.house.reading() as session:
        fact = session.scalars(newest).one()
        return fact.components, fact.components_due, fact.components_digitized


def change(desk: Desk, code: str, data: ComponentData) -> None:
    with desk.house.unit_of_work() as uow:
        clerk, at = desk.staff("clerk"), desk.clock.now()
        digitizing.set_component_form(uow, clerk, code, desk.version(code), data, at)


def papers(desk: Desk, code: str) -> list[Component]:
    with desk.house.reading() as session:
        return list(session.scalars(select(Component).where(Component.dossier_id == desk.dossier(code).id)))


def test_papers_on_paper_are_due_until_they_are_scanned(desk: Desk) -> None:
    code = desk.receive(SINGLE).code
    held, due, done = counted(desk, code)
    assert (held > 0, due > 0, done) == (True, True, 0)
    desk.digitize(code)
    assert counted(desk, code) == (held, due, due)


@pytest.mark.parametrize("reason", sorted(EXEMPTIONS))
def test_a_paper_exempt_with_a_reason_is_not_due(desk: Desk, reason: str) -> None:
    code = desk.receive(SINGLE).code
    held, due, _ = counted(desk, code)
    first = next(paper for paper in papers(desk, code) if paper.form == "paper")
    change(desk, code, ComponentData(first.ordinal, form="exempt", exempt_reason=reason))
    assert counted(desk, code) == (held, due - 1, 0)


def test_papers_of_a_procedure_that_keeps_none_are_not_due_whatever_was_ticked(desk: Desk) -> None:
    code = desk.receive(COPIES).code
    for paper in papers(desk, code):
        change(desk, code, ComponentData(paper.ordinal, form="paper"))
    held, due, done = counted(desk, code)
    assert (held > 0, due, done) == (True, 0, 0)
    with desk.house.reading() as session:
        found = rates(session, report_unit(session, "H99.105"), month(2026, 11), RATES)
    assert found["digitization_components"].denominator == 0
    assert found["digitization_components"].rate is None
