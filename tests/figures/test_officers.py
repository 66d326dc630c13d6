"""People's evaluation: counts are the lengths of their lists, parts add up, lateness stands where its step was."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, update

from app.cli.main import run
from app.db.models import Hop, UserAccount
from app.domain.officer_evaluation import (
    HELD,
    HELD_BY_ID,
    SETTLED,
    SETTLED_BY_ID,
    Held,
    Settled,
    counted,
)
from app.domain.people import Actor
from app.domain.periods import month
from app.queries.officer_evaluation import held_of, officers, settled_of
from app.queries.report_scope import report_unit
from app.services.entered_figures import NewFigure, enter
from tests.figures.histories import rewrite
from tests.figures.plain_facts import fact
from workflows.deadlines import Standing
from workflows.states import ActorKind

SCHEMA = json.loads((Path(__file__).parents[2] / "docs/schemas/evaluation-officers.schema.json").read_text("utf-8"))
NOVEMBER = month(2026, 11)
HANDED = datetime(2026, 11, 3, 2, tzinfo=UTC)
STANDINGS = st.sampled_from([one.value for one in Standing])
COUNTS = st.integers(0, 3)
SUMS = (
    ("steps", ("steps_early", "steps_on_time", "steps_late", "steps_unknown")),
    ("dossiers", ("early", "on_time", "late", "unknown")),
    ("late", ("late_own", "late_elsewhere", "late_no_step")),
    ("late", ("late_in_hand", "late_in_other_hands", "late_in_no_hand")),
    ("dossiers", ("law_shorter", "law_equal", "law_longer", "law_unknown")),
    ("dossiers", ("own_shorter", "own_equal", "own_longer", "own_unknown")),
    ("dossiers", ("asked_none", "asked_once", "asked_more")),
    ("dossiers", ("bodies_none", "bodies_desk")),
)


@given(
    st.lists(st.builds(Held, st.just(1), st.just("x"), st.just("y"), st.just(HANDED), st.just(HANDED), st.none(),
                       st.sampled_from(["early", "on_time", "late", ""]), st.booleans())),
    st.lists(st.builds(Settled, st.just(1), st.just("x"), st.just(HANDED), st.just(HANDED), STANDINGS, STANDINGS,
                       COUNTS, st.sampled_from([1, 2, 3]), st.booleans(), *[COUNTS] * 6)),
)  # fmt: skip
def test_parts_add_up_whatever_the_evidence(held, settled):
    cells = counted(held, settled)
    for whole, parts in SUMS:
        assert cells[whole] == sum(cells[part] for part in parts), whole


@pytest.fixture
def people(house, world) -> dict[str, int]:
    """Two people of the first commune's division: one was late at a step, the other was not."""
    late, early, mended, foreign = world.dossiers[:4]
    rewrite(
        house,
        [
            fact(world, late, **_ended("late", "early"), due_at=HANDED + timedelta(hours=2, minutes=15)),
            fact(world, early, **_ended("early", "early"), channel=2, result_electronic=True),
            fact(world, mended, **_ended("late", "late"), supplement_requests=2),
            fact(world, foreign, **_ended("late", "late")) | {"settling_unit_id": world.communes[1]},
        ],
    )
    with house._sessions() as db:
        users = {login: _user(db, world.division, login, house.clock.now()) for login in ("an", "binh")}
        an, binh = users["an"], users["binh"]
        rows = [
            _hop(world, late, 1, an, "late"),
            _hop(world, late, 2, binh, "early"),
            _hop(world, early, 1, an, "on_time"),
            _hop(world, mended, 1, an, "early"),
            _hop(world, mended, 2, binh, "", action="send_back"),
            _hop(world, mended, 3, an, "early"),
        ]
        db.execute(insert(Hop), rows)
        db.commit()
    return users


def test_lateness_stands_with_the_step_that_was_late(house, people):
    with house.reading() as db:
        an, binh = officers(db, report_unit(db, "H98.1"), NOVEMBER)
    told = {name: an.cells[name] for name in ("steps", "steps_late", "sent_back", "dossiers", "late")}
    assert told == {"steps": 4, "steps_late": 1, "sent_back": 1, "dossiers": 3, "late": 2}
    assert (an.cells["late_own"], an.cells["late_elsewhere"], an.cells["late_no_step"]) == (1, 0, 1)
    assert (binh.cells["late_own"], binh.cells["late_elsewhere"], binh.cells["late_no_step"]) == (0, 1, 1)
    assert binh.cells["own_unknown"] == binh.cells["steps_unknown"] == 1
    assert an.told["officer.7"] is None


def test_lateness_is_told_by_who_held_the_dossier_at_its_due_time_too(house, people):
    """An's step was late, but the dossier ran out in Binh's hands, whose own step was early."""
    with house.reading() as db:
        an, binh = officers(db, report_unit(db, "H98.1"), NOVEMBER)
    held = ("late_in_hand", "late_in_other_hands", "late_in_no_hand")
    assert tuple(an.cells[name] for name in held) == (0, 1, 1)  # the second one is late by its second supplement
    assert tuple(binh.cells[name] for name in held) == (1, 0, 1)
    assert (an.cells["late_own"], binh.cells["late_own"]) == (1, 0)


@pytest.mark.parametrize(("left", "hand"), [(timedelta(minutes=15), "no"), (timedelta(minutes=15, seconds=1), "own")])
def test_who_hands_over_in_the_very_moment_of_the_due_time_does_not_hold_it(house, world, people, left, hand):
    with house._sessions() as db:
        stay = (Hop.dossier_id == world.dossiers[0]) & (Hop.ordinal == 2)
        db.execute(update(Hop).where(stay).values(left_at=HANDED + timedelta(hours=2) + left))
        db.commit()
    with house.reading() as db:
        _an, binh = officers(db, report_unit(db, "H98.1"), NOVEMBER)
    assert binh.cells["late_in_hand"] == (hand == "own")


def test_each_count_is_the_length_of_its_list(house, people):
    with house.reading() as db:
        unit = report_unit(db, "H98.1")
        for one in officers(db, unit, NOVEMBER):
            held, settled = (ask(db, unit, NOVEMBER, only=one.user_id) for ask in (held_of, settled_of))
            for column in HELD:
                assert len(list(filter(HELD_BY_ID[column.id].test, held))) == one.cells[column.id]
            for column in SETTLED:
                assert len(list(filter(SETTLED_BY_ID[column.id].test, settled))) == one.cells[column.id]


def test_five_indices_and_a_grade_once_the_survey_is_entered(house, people, capsys):
    at = house.clock.now()
    with house.unit_of_work() as uow:
        for item in ("tt01.4.more", "tt01.7.complained"):
            new = NewFigure(item, 0, "Phiếu khảo sát", at.date(), "an")
            enter(uow, "H98.1", NOVEMBER, new, by=Actor(ActorKind.STAFF, "Lê Thử"), at=at)
    asked = ["evaluation", "officers", "--unit", "H98.1", "--from", "2026-11-01", "--to", "2026-12-01", "--json"]
    assert run(asked) == 0
    document = json.loads(capsys.readouterr().out)
    jsonschema.validate(document, SCHEMA)
    an, binh = document["officers"]
    assert an["indices"] == {"1": 1.3, "2": 1.0, "3": 1.3, "4": 1.3, "7": 0.7}
    assert an["grade"] == "Hoàn thành 100% nhiệm vụ"
    assert binh["missing"] == ["4", "7"]
    assert binh["grade"] is None


def _ended(standing: str, statutory: str) -> dict:
    done = {"state": "finished", "ended_at": datetime(2026, 11, 5, 3, tzinfo=UTC)}
    return {**done, "standing": standing, "statutory_standing": statutory}


def _hop(world, dossier: int, ordinal: int, user: int, outcome: str, action: str = "forward") -> dict:
    begin = HANDED + timedelta(hours=ordinal)
    return {
        "dossier_id": dossier,
        "ordinal": ordinal,
        "step_ordinal": ordinal,
        "step_name": "Thụ lý",
        "role": "officer",
        "unit_id": world.division,
        "user_id": user,
        "handed_at": begin,
        "left_at": begin + timedelta(minutes=30),
        "action": action,
        "outcome": outcome,
    }


def _user(db, unit_id: int, login: str, at: datetime) -> int:
    user = UserAccount(login=login, name=login.title(), unit_id=unit_id, password_hash="-", created_at=at)
    db.add(user)
    db.flush()
    return user.id


