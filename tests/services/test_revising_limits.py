"""Limits change with a new version: open dossiers keep theirs, the next reception takes the new ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.db.models import Event, ProcedureLimit, ProcedureStep
from app.domain.channels import Channel
from app.domain.limit_terms import Days, TypedLimits, limit_rows, typed_limits
from app.services.accounts import administering
from app.services.revising import Revision, SinceTooEarly, VersionStale, parts_of
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
    assert told["after"] == "trực tiếp 03 ngày làm việc, còn 02 ngày làm việc (giảm 33 %, 77/QĐ-UBND ngày 20/11/2026)"
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
