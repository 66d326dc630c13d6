"""A procedure is revised by a new version from a day on; its process never takes longer than was promised."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.db.models import Event, FrozenSteps, Procedure, ProcedureStep, ProcedureVersion
from app.domain.catalogue_complete import ProcessStep
from app.domain.process_fit import hours_of, minutes_of
from app.services import revising
from app.services.importing_store import Definition, publish
from app.services.revising import NothingRevised, Revision, SinceTooEarly, VersionStale
from tests.support.seeded import SINGLE, Desk
from workflows.errors import RuleBroken, StepsBroken, StepsTooLong

TODAY = date(2026, 11, 23)
RECEIVE = ProcessStep("Tiếp nhận", "clerk", "", 120)
EXAMINE = ProcessStep("Thẩm tra", "officer", "Tư pháp", 480)
SIGN = ProcessStep("Ký", "leader", "", 240)
SEAL = ProcessStep("Đóng dấu", "records", "", 60)


def newest(desk: Desk) -> ProcedureVersion:
    with desk.house.reading() as db:
        found = db.scalars(
            select(ProcedureVersion)
            .join(Procedure, Procedure.current_version_id == ProcedureVersion.id)
            .where(Procedure.code == SINGLE)
        ).one()
        db.expunge(found)
    return found


def revise(desk: Desk, *steps: ProcessStep, since: date = TODAY, based_on: int | None = None) -> int:
    revision = Revision(SINGLE, based_on or newest(desk).id, since)
    with desk.house.unit_of_work() as uow:
        return revising.revise_steps(uow, desk.staff("admin"), revision, steps=steps, at=desk.clock.now())


def names(desk: Desk, version_id: int) -> list[str]:
    with desk.house.reading() as db:
        stated = select(ProcedureStep).where(ProcedureStep.version_id == version_id).order_by(ProcedureStep.ordinal)
        return [step.name for step in db.scalars(stated)]


def test_a_dossier_keeps_the_process_it_was_received_under(desk):
    before = newest(desk)
    number = revise(desk, RECEIVE, EXAMINE, SIGN, SEAL, since=TODAY + timedelta(days=1))
    after = newest(desk)
    old = desk.receive().code
    desk.clock.advance(timedelta(days=1))
    new = desk.receive().code
    assert (after.version, after.source) == (number, "local")
    assert [desk.dossier(code).procedure_version_id for code in (old, new)] == [before.id, after.id]
    assert names(desk, after.id) == ["Tiếp nhận", "Thẩm tra", "Ký", "Đóng dấu"]
    with desk.house.reading() as db:
        frozen = [db.get_one(FrozenSteps, desk.dossier(code).id).steps for code in (old, new)]
        told = db.scalars(select(Event).where(Event.kind == "procedure:revised")).one()
    kept = [[step["name"] for step in steps] for steps in frozen]
    assert kept == [names(desk, version.id) for version in (before, after)]
    assert (told.subject_id, told.payload["since"]) == (SINGLE, "24/11/2026")


@pytest.mark.parametrize(
    ("steps", "error", "place"),
    [
        # two working days are 16 written hours; 2 + 8 + 4 fit, 8 more cross it
        ((RECEIVE, EXAMINE, SIGN, EXAMINE, SEAL), StepsTooLong, "steps.4"),
        ((RECEIVE, ProcessStep("Thẩm tra", "officer", "", 961), SIGN), StepsTooLong, "steps.2"),
        ((), StepsBroken, "steps"),
        ((RECEIVE, ProcessStep("Chờ", "officer", "", 0), SIGN), StepsBroken, "steps.2"),
        ((EXAMINE, RECEIVE, SIGN), StepsBroken, "rows.1.role"),
        ((RECEIVE, EXAMINE), StepsBroken, "rows.2.role"),
        ((RECEIVE, ProcessStep("Xem", "admin", "", 10), SIGN), StepsBroken, "rows.2.role"),
        ((RECEIVE, ProcessStep(" ", "officer", "", 10), SIGN), RuleBroken, "rows.2.name"),
        ((RECEIVE, ProcessStep("Xem", "officer", "Nơi khác", 10), SIGN), RuleBroken, "rows.2.unit"),
    ],
)
def test_a_process_that_cannot_be_is_refused_naming_the_step(desk, steps, error, place):
    before = newest(desk)
    with pytest.raises(error) as refused:
        revise(desk, *steps)
    assert refused.value.where == place
    assert newest(desk).id == before.id


def test_a_version_begins_today_at_the_earliest_and_once(desk):
    before = newest(desk).id
    with pytest.raises(SinceTooEarly):
        revise(desk, RECEIVE, SIGN, since=TODAY - timedelta(days=1))
    revise(desk, RECEIVE, SIGN, since=TODAY + timedelta(days=9))
    with pytest.raises(SinceTooEarly):
        revise(desk, RECEIVE, EXAMINE, SIGN, since=TODAY)
    with pytest.raises(VersionStale):
        revise(desk, RECEIVE, EXAMINE, SIGN, based_on=before)
    with pytest.raises(NothingRevised):
        revise(desk, RECEIVE, SIGN, since=TODAY + timedelta(days=9))


def test_an_import_refuses_a_process_longer_than_its_promise_naming_procedure_and_step(desk):
    steps = tuple(
        {"ordinal": n, "name": f"Bước {n}", "role": "officer", "unit_key": "", "minutes": 300} for n in (1, 2, 3)
    )
    limits = ({"channel": 1, "statutory": "3 working days"}, {"channel": 2, "statutory": "1 working day"})
    made = Definition("9.000001", {"name": "Thử"}, limits=limits, steps=steps)
    with pytest.raises(StepsTooLong) as refused, desk.house.unit_of_work() as uow:
        publish(uow, [made], {}, on=TODAY)
    assert refused.value.where == "9.000001: steps.2"
    with desk.house.reading() as db:
        assert db.scalars(select(Procedure).where(Procedure.code == "9.000001")).first() is None


@pytest.mark.parametrize(("typed", "minutes"), [("4", 240), ("7,5", 450), ("0.25", 15), (" 12 ", 720)])
def test_hours_are_read_as_people_write_them(typed, minutes):
    assert minutes_of(typed, where="hours") == minutes


@pytest.mark.parametrize("typed", ["", "-1", "1,234", "4h", "１", "12345"])
def test_hours_that_are_none_are_refused(typed):
    with pytest.raises(RuleBroken):
        minutes_of(typed, where="hours")


def test_every_minute_survives_the_form():
    assert all(minutes_of(hours_of(minutes), where="hours") == minutes for minutes in range(1, 1000))
