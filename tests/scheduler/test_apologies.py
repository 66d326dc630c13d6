"""The apology is drafted on the working day before due: over weekends, Tết and 24 November; once, without a number."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from app.db.models import IssuedForm
from app.services import waiting
from tests.scheduler.words import effects, local, tick_at, told
from tests.support.seeded import COPIES, SINGLE, Desk


@pytest.mark.parametrize(
    ("received", "still_nothing", "drafted"),
    [
        # due at the end of Thursday 26: the day before is Wednesday, from its opening on
        ("Monday 2026-11-23 08:30", "Wednesday 2026-11-25 07:29", "Wednesday 2026-11-25 07:30"),
        # due Wednesday 25: Tuesday 24 is a holiday, so Monday
        ("Friday 2026-11-20 16:30", "Monday 2026-11-23 07:29", "Monday 2026-11-23 07:30"),
        # due Monday: a weekend lies between
        ("Thursday 2026-12-03 09:00", "Friday 2026-12-04 07:29", "Friday 2026-12-04 07:30"),
        # due Thursday 11 February 2027, the first working day after Tết (4 to 10): Wednesday 3 is the last before it
        ("Tuesday 2027-02-02 09:00", "Wednesday 2027-02-03 07:29", "Wednesday 2027-02-03 07:30"),
    ],
)
def test_the_working_day_before_due(desk: Desk, received: str, still_nothing: str, drafted: str) -> None:
    desk.clock.set(local(received))
    dossier = desk.receive(SINGLE).dossier_id
    tick_at(desk, still_nothing)
    assert effects(desk, dossier, "apology_draft") == []
    tick_at(desk, drafted)
    tick_at(desk, drafted)
    assert effects(desk, dossier, "apology_draft") == ["apology_draft:apology_draft"]
    assert ("leader", "apology") in told(desk, dossier)
    with desk.house.reading() as session:
        asked = select(IssuedForm).where(IssuedForm.dossier_id == dossier, IssuedForm.form == "04")
        draft = session.scalars(asked).one()
    assert (draft.state, draft.number) == ("draft", None)


def test_a_same_day_limit_leaves_no_day_to_ask_for_more(desk: Desk) -> None:
    dossier = desk.receive(COPIES).dossier_id
    for moment in ("Monday 2026-11-23 08:31", "Wednesday 2026-11-25 09:00"):
        tick_at(desk, moment)
    assert effects(desk, dossier, "apology_draft") == []


def test_the_leader_s_decision_takes_up_the_draft(desk: Desk) -> None:
    made = desk.receive(SINGLE)
    tick_at(desk, "Wednesday 2026-11-25 07:30")
    with desk.house.unit_of_work() as uow:
        slip = waiting.extend(
            uow, desk.staff("leader"), made.code, desk.version(made.code),
            new_day=date(2026, 12, 1), reason="Chờ xác minh", at=desk.clock.now(),
        )  # fmt: skip
    with desk.house.reading() as session:
        letters = session.scalars(select(IssuedForm).where(IssuedForm.form == "04")).all()
    assert [(letter.id, letter.state, letter.number) for letter in letters] == [(slip.form_id, "issued", 1)]
    assert slip.number == "0001/PXL"


def test_the_law_knows_one_new_appointment(desk: Desk) -> None:
    made = desk.receive(SINGLE)
    with desk.house.unit_of_work() as uow:
        waiting.extend(
            uow, desk.staff("leader"), made.code, desk.version(made.code),
            new_day=date(2026, 12, 1), reason="Chờ xác minh", at=desk.clock.now(),
        )  # fmt: skip
    tick_at(desk, "Monday 2026-11-30 08:00")
    assert effects(desk, made.dossier_id, "apology_draft") == []
