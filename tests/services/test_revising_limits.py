"""Limits change with a new version: open dossiers keep theirs, the next reception takes the new ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.db.models import Event, ProcedureComponent, ProcedureLimit, ProcedureStep
from app.domain.channels import Channel
from app.domain.limit_errors import CaseHasPapers
from app.domain.limit_terms import Days, TypedLimits, limit_rows, typed_limits
from app.domain.longer_cases import TypedCase, case_rows, kept, stated, typed_case
from app.services.accounts import administering
from app.services.revising import Revision, SinceTooEarly, VersionStale, newest_version, parts_of
from app.services.revising_limits import revise_limits
from tests.services.test_revising import TODAY, newest
from tests.support.limit_cases import GOOD
from tests.support.seeded import BIRTH, SINGLE, Desk

TYPED = TypedLimits(Channel.DIRECT, **GOOD)


def revise(desk: Desk, *limits: TypedLimits, since: date = TODAY, based_on: int | None = None) -> int:
    revision = Revision(SINGLE, based_on or newest(desk).id, since)
    with desk.house.unit_of_work() as uow:
        by = administering(desk.staff("admin"))
        return revise_limits(uow, by, revision, limits=limits, at=desk.clock.now())


def test_an_open_dossier_keeps_its_limit_and_the_next_reception_takes_the_new_one(desk):
    before = newest(desk)
    revise(desk, replace(TYPED, committed_amount="16", committed_unit="working_hours"), since=TODAY + timedelta(days=1))
    after = newest(desk)
    old = desk.receive().code
    desk.clock.advance(timedelta(days=1))
    new = desk.receive().code
    stands = [desk.dossier(code) for code in (old, new)]
    assert [one.procedure_version_id for one in stands] == [before.id, after.id]
    assert [one.committed_limit for one in stands] == ["2 working days", "16 working hours"]
    assert [one.limit_decision for one in stands] == ["125/QĐ-UBND (demo)", "77/QĐ-UBND"]


def test_the_event_tells_old_and_new_and_the_process_stays(desk):
    before = newest(desk)
    revise(desk, TYPED)
    after = newest(desk)
    with desk.house.reading() as db:
        told = db.scalars(select(Event).where(Event.kind == "procedure:revised")).one().payload
        steps = [
            db.scalars(select(ProcedureStep.name).where(ProcedureStep.version_id == version.id)).all()
            for version in (before, after)
        ]
        limits = db.scalars(select(ProcedureLimit).where(ProcedureLimit.version_id == after.id)).all()
    assert (told["part"], told["version"], told["since"]) == ("limits", 2, "23/11/2026")
    assert "125/QĐ-UBND (demo)" in told["before"]
    changed, kept_case = told["after"].split("; ")
    assert changed == "trực tiếp 03 ngày làm việc, còn 02 ngày làm việc (giảm 33 %, 77/QĐ-UBND ngày 20/11/2026)"
    assert kept_case == told["before"].rpartition("; ")[2]
    assert steps[0] == steps[1]
    assert [(row.channel, row.percent) for row in limits] == [(1, 33)]


def test_stale_screens_and_days_gone_by_change_nothing(desk):
    before = newest(desk).id
    with pytest.raises(SinceTooEarly):
        revise(desk, replace(TYPED, shortened_from="21/11/2026"), since=TODAY - timedelta(days=1))
    revise(desk, TYPED)
    with pytest.raises(VersionStale):
        revise(desk, replace(TYPED, committed_amount="1"), based_on=before)


@pytest.mark.parametrize("code", [SINGLE, BIRTH])
def test_what_stands_goes_into_the_form_and_comes_back_unchanged(desk, code):
    version = desk.dossier(desk.receive(procedure=code).code).procedure_version_id
    with desk.house.unit_of_work() as uow:
        rows = parts_of(uow, version)["limits"]
    assert limit_rows([typed_limits(row) for row in rows], Days(TODAY, TODAY)) == rows


@pytest.mark.parametrize("code", [SINGLE, BIRTH])
def test_the_cases_that_stand_go_into_the_form_and_come_back_unchanged(desk, code):
    with desk.house.unit_of_work() as uow:
        cases = stated(newest_version(uow, code).cases)
    assert case_rows([typed_case(row) for row in cases], Days(TODAY, TODAY)) == cases
    assert stated(kept(cases)) == cases


def test_a_case_with_papers_of_its_own_is_not_taken_out_nor_renamed(desk):
    before = newest(desk)
    with desk.house.unit_of_work() as uow:
        papers = select(ProcedureComponent).where(ProcedureComponent.version_id == before.id)
        uow.session.scalars(papers).first().case = "Cần xác minh nơi cư trú cũ"
    with pytest.raises(CaseHasPapers, match="Cần xác minh nơi cư trú cũ"), desk.house.unit_of_work() as uow:
        revision, by = Revision(SINGLE, before.id, TODAY), administering(desk.staff("admin"))
        revise_limits(uow, by, revision, limits=[TYPED], cases=[], at=desk.clock.now())


def test_a_reception_under_a_case_keeps_the_case_s_limit_cut_off_and_decision(desk):
    terms = GOOD | {"statutory_amount": "9", "committed_amount": "6", "decision_number": "78/QĐ-UBND"}
    revision, by = Revision(SINGLE, newest(desk).id, TODAY), administering(desk.staff("admin"))
    with desk.house.unit_of_work() as uow:
        cases = [TypedCase("Nhiều trang", **terms)]
        revise_limits(uow, by, revision, limits=[TYPED], cases=cases, at=desk.clock.now())
    kept_by = desk.dossier(desk.receive(case="Nhiều trang").code)
    assert (kept_by.statutory_limit, kept_by.committed_limit) == ("9 working days", "6 working days")
    assert (kept_by.limit_cutoff, kept_by.limit_decision) == (None, "78/QĐ-UBND")
