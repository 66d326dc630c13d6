"""Fees and papers of a procedure change by a new version too; each wrong row is named."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from app.db.models import ProcedureComponent, ProcedureFee, ProcedureStep
from app.services import revising_parts
from app.services.revising import Revision
from app.services.revising_parts import TypedFee, TypedPaper
from tests.services.test_revising import TODAY, newest
from tests.support.seeded import SINGLE, Desk
from workflows.errors import RuleBroken

FEE = TypedFee("0", "Lệ phí", "8.000", "dossier", "", "trẻ em; hộ nghèo", "NQ 05/2026")
PAPER = TypedPaper("Tờ khai", "", "1", "", required=True, exemption="", note="", case="")


def revise_fees(desk: Desk, *fees: TypedFee) -> int:
    revision = Revision(SINGLE, newest(desk).id, TODAY)
    with desk.house.unit_of_work() as uow:
        return revising_parts.revise_fees(uow, desk.staff("admin"), revision, fees=fees, at=desk.clock.now())


def revise_papers(desk: Desk, *papers: TypedPaper) -> int:
    revision = Revision(SINGLE, newest(desk).id, TODAY)
    with desk.house.unit_of_work() as uow:
        return revising_parts.revise_papers(uow, desk.staff("admin"), revision, papers=papers, at=desk.clock.now())


def test_new_fees_and_papers_leave_the_old_version_and_the_process_alone(desk):
    before = newest(desk)
    with desk.house.reading() as db:
        fees = [row.name for row in db.scalars(select(ProcedureFee).where(ProcedureFee.version_id == before.id))]
    revise_fees(desk, FEE, replace(FEE, channel="2", amount="", condition="theo mức của tỉnh"))
    revise_papers(desk, PAPER, replace(PAPER, name="Hộ chiếu", originals="0", exemption="shown_only"))
    after = newest(desk)
    with desk.house.reading() as db:
        still = [row.name for row in db.scalars(select(ProcedureFee).where(ProcedureFee.version_id == before.id))]
        new = db.scalars(select(ProcedureFee).where(ProcedureFee.version_id == after.id).order_by(ProcedureFee.id))
        told = [(row.channel, row.amount_vnd, row.exemptions) for row in new]
        papers = db.scalars(select(ProcedureComponent.name).where(ProcedureComponent.version_id == after.id)).all()
        steps = [
            db.scalars(select(ProcedureStep.name).where(ProcedureStep.version_id == version.id)).all()
            for version in (before, after)
        ]
    assert (after.version, still) == (before.version + 2, fees)
    assert told == [(None, 8000, ["trẻ em", "hộ nghèo"]), (2, None, ["trẻ em", "hộ nghèo"])]
    assert papers == ["Tờ khai", "Hộ chiếu"]
    assert steps[0] == steps[1]


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"amount": "8,5"}, "rows.1.amount"),
        ({"amount": "-8000"}, "rows.1.amount"),
        ({"amount": "8.00"}, "rows.1.amount"),
        ({"amount": "99999999999"}, "rows.1.amount"),
        ({"amount": ""}, "rows.1.amount"),
        ({"name": " "}, "rows.1.name"),
        ({"channel": "7"}, "rows.1.channel"),
        ({"per": "year"}, "rows.1.per"),
    ],
)
def test_a_wrong_fee_is_refused_at_its_field(desk, change, place):
    with pytest.raises(RuleBroken) as refused:
        revise_fees(desk, replace(FEE, **change))
    assert refused.value.where == place


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"originals": "một"}, "rows.1.originals"),
        ({"copies": "100"}, "rows.1.copies"),
        ({"originals": "0"}, "rows.1.originals"),
        ({"exemption": "mislaid"}, "rows.1.exemption"),
        ({"case": "Trường hợp lạ"}, "rows.1.case"),
        ({"name": ""}, "rows.1.name"),
    ],
)
def test_a_wrong_paper_is_refused_at_its_field(desk, change, place):
    with pytest.raises(RuleBroken) as refused:
        revise_papers(desk, replace(PAPER, **change))
    assert refused.value.where == place
