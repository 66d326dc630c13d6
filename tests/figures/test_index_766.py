"""The 766 index: points follow the facts, what nobody gave is missing and never zero, entries are checked."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import jsonschema
import pytest
from sqlalchemy import update

from app.cli.main import run
from app.db.models import Offering, Procedure, ProcedureFee, ProcedureVersion
from app.domain.index_766 import COMPONENTS, Ground
from app.domain.index_entries import EntryWrong, NewEntry
from app.domain.people import Actor
from app.domain.periods import Period
from app.services.index_entries import enter
from tests.figures.histories import rewrite
from tests.figures.plain_facts import fact
from workflows.states import ActorKind

SCHEMA = json.loads((Path(__file__).parents[2] / "docs/schemas/index-766.schema.json").read_text(encoding="utf-8"))
NOVEMBER = ("--unit", "H98.1", "--from", "2026-11-01", "--to", "2026-12-01", "--json")
BY = Actor(ActorKind.STAFF, "Lê Thử")
DONE = {"ended_at": datetime(2026, 11, 4, 2, tzinfo=UTC), "state": "returned"}


def asked(capsys, *options: str) -> dict:
    assert run(["index", "766", *(options or NOVEMBER)]) == 0
    document = json.loads(capsys.readouterr().out)
    jsonschema.validate(document, SCHEMA)
    return document


def by_code(document: dict) -> dict[str, dict]:
    return {one["code"]: one for one in document["components"]}


def test_points_follow_the_facts(house, world, capsys):
    online = {"channel": 2, "result_electronic": True, "vneid_verified": True, "fee_vnd": 8000, "paid_online": True}
    rewrite(
        house,
        [
            fact(world, world.dossiers[0], standing="early", **DONE, **online),
            fact(world, world.dossiers[1], standing="late", **DONE),
            fact(world, world.dossiers[2], is_suspended=True, supplement_requests=1),
            fact(world, world.dossiers[3], is_suspended=True, supplement_requests=2),
        ],
    )
    found = by_code(asked(capsys))
    told = {code: (one["numerator"], one["denominator"], one["score"]) for code, one in found.items()}
    assert told["2.1"] == (2, 4, 10)  # early, and waiting for its first supplement
    assert told["3.3"] == (1, 4, 3)  # 25 % of the 50 % that give all six points
    assert told["3.6"] == (1, 1, 6)
    assert told["4.1"] == (1, 2, 3)
    assert told["4.3"] == (0, 4, 0)
    assert told["4.5b"] == (1, 4, 0.5)


def test_unknown_inputs_are_missing_and_zero_denominators_stay_apart(house, world, capsys):
    rewrite(house, [])
    with house.unit_of_work() as uow:
        enter(uow, "H98.1", NOVEMBER_PERIOD, NewEntry("5.2", 0, 0), BY, house.clock.now())
        enter(uow, "H98.1", NOVEMBER_PERIOD, NewEntry("5.4", 0), BY, house.clock.now())
    document = asked(capsys)
    found = by_code(document)
    assert (found["1.1"]["status"], found["1.1"]["score"]) == ("missing", None)
    assert (found["2.1"]["status"], found["2.1"]["score"]) == ("not_arisen", None)
    assert (found["5.2"]["status"], found["5.2"]["score"]) == ("entered", 6)
    assert (found["5.4"]["status"], found["5.4"]["score"]) == ("entered", 0)
    assert set(document["missing"]) == {"1.1", "1.2", "1.4", "3.5", "4.2b", "4.4", "5.3"}
    assert document["total"] == {
        "title": "Tổng cộng", "score": 6, "reachable": 12, "max": 100, "official_score": None
    }  # fmt: skip
    sums = {group["group"]: group["score"] for group in document["groups"]}
    assert sums[1] is None, "what is missing is no zero"
    assert sums[5] == 6


NOVEMBER_PERIOD = Period(date(2026, 11, 1), date(2026, 12, 1))


def test_official_points_stand_beside_the_estimate_and_satisfaction_takes_complaints_off(house, world, capsys):
    rewrite(house, [fact(world, dossier, standing="on_time", **DONE) for dossier in world.dossiers[:10]])
    with house.unit_of_work() as uow:
        enter(uow, "H98.1", NOVEMBER_PERIOD, NewEntry("2.1", official=17), BY, house.clock.now())
        enter(uow, "H98.1", NOVEMBER_PERIOD, NewEntry("5.4", 1), BY, house.clock.now())
        enter(uow, "H98.1", NOVEMBER_PERIOD, NewEntry("5.4", 4), BY, house.clock.now())  # the newest word counts
    found = by_code(asked(capsys))
    assert (found["2.1"]["score"], found["2.1"]["official_score"]) == (20, 17)
    assert (found["5.4"]["numerator"], found["5.4"]["denominator"], found["5.4"]["score"]) == (6, 10, 4)
    assert [one["code"] for one in found.values()] == [one.code for one in COMPONENTS]


@pytest.mark.parametrize(
    ("entry", "where"),
    [
        ({"component": "9.9", "numerator": 1, "denominator": 2}, "component"),
        ({"component": "2.1", "numerator": 1, "denominator": 2}, "numerator"),
        ({"component": "1.1", "numerator": 3, "denominator": 2}, "numerator"),
        ({"component": "1.1", "numerator": 3}, "denominator"),
        ({"component": "1.1"}, "official_score"),
        ({"component": "1.1", "official": 7}, "official_score"),
    ],
)
def test_an_entry_that_cannot_be_is_refused(entry, where):
    with pytest.raises(EntryWrong) as refused:
        NewEntry(**entry)
    assert refused.value.where == where


def test_entries_are_imported_and_a_bad_line_is_named(house, world, tmp_path, capsys):
    file = tmp_path / "766.csv"
    head = "unit_code,from,to,component,numerator,denominator,official_score,source\n"
    file.write_text(f'{head}H98.1,2026-11-01,2026-12-01,1.4,9,10,"5,4",Cổng DVCQG\n', encoding="utf-8")
    assert run(["import", "index", str(file), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["imported"] == 1
    line = by_code(asked(capsys))["1.4"]
    assert (line["rate"], line["score"], line["official_score"]) == (0.9, 5.4, 5.4)
    file.write_text(f"{head}H98.1,2026-12-01,2026-11-01,1.4,9,x,,\nH98.1,2026-11-01,2026-12-01,8.8,1,2,,\n")
    assert run(["import", "index", str(file), "--json"]) == 2
    faults = json.loads(capsys.readouterr().out)["faults"]
    assert {(fault["line"], fault["column"]) for fault in faults} >= {(2, "to"), (2, "denominator"), (3, "component")}
    file.write_text(f"{head}KHONG,2026-11-01,2026-12-01,1.4,9,10,,\n")
    assert run(["import", "index", str(file), "--json"]) == 2


def offer(house, world, *, subject: str = "", fee: int | None = None) -> None:
    """Let the first commune offer the procedure, as a catalogue that tells these would."""
    with house._sessions() as session:
        here = world.communes[0]
        session.add(Offering(procedure_id=world.procedure, unit_id=here, settling_unit_id=here))
        version = session.get_one(Procedure, world.procedure).current_version_id
        session.execute(update(ProcedureVersion).where(ProcedureVersion.id == version).values(subject=subject))
        if fee is not None:
            session.add(ProcedureFee(version_id=version, name="Lệ phí", amount_vnd=fee))
        session.commit()


def test_a_mean_time_is_told_in_days_and_not_scored(house, world, capsys):
    assert by_code(asked(capsys))["2.2"]["days"] is None
    come = [datetime(2026, 11, day, 2, tzinfo=UTC) for day in (3, 1)]
    backwards = {**DONE, "received_at": datetime(2026, 11, 5, tzinfo=UTC)}
    rows = [fact(world, one, received_at=at, **DONE) for one, at in zip(world.dossiers, come, strict=False)]
    rewrite(house, [*rows, fact(world, world.dossiers[2], **backwards), fact(world, world.dossiers[3])])
    line = by_code(asked(capsys))["2.2"]
    assert (line["status"], line["days"], line["score"]) == ("info", 2.0, None)


@pytest.mark.parametrize(("fee", "paid", "told"), [(8000, True, (1, 1)), (8000, False, (0, 1)), (0, True, (0, 0))])
def test_procedures_with_a_fee_are_those_of_the_catalogue(house, world, capsys, fee, paid, told):
    offer(house, world, fee=fee)
    rewrite(house, [fact(world, world.dossiers[0], fee_vnd=8000, paid_online=paid)])
    line = by_code(asked(capsys))["3.5b"]
    assert (line["numerator"], line["denominator"]) == told
    assert line["status"] == ("counted" if told[1] else "not_arisen")


@pytest.mark.parametrize(
    ("subject", "told"),
    [
        ("Công dân Việt Nam", ("counted", 1, 1)),
        ("Hộ kinh doanh, cá nhân", ("counted", 1, 1)),
        ("Doanh nghiệp", ("not_arisen", 0, 0)),
        ("", ("missing", None, None)),
    ],
)
def test_procedures_of_citizens_are_counted_where_the_catalogue_names_them(house, world, capsys, subject, told):
    offer(house, world, subject=subject)
    rewrite(house, [fact(world, world.dossiers[0], vneid_verified=True)])
    line = by_code(asked(capsys))["4.5a"]
    assert (line["status"], line["numerator"], line["denominator"]) == told
    if told[0] == "missing":
        with house.unit_of_work() as uow:
            enter(uow, "H98.1", NOVEMBER_PERIOD, NewEntry("4.5a", 1, 4), BY, house.clock.now())
        line = by_code(asked(capsys))["4.5a"]
        assert (line["status"], line["score"]) == ("entered", 0.5)


def test_every_component_that_must_be_entered_says_what_is_missing():
    for one in COMPONENTS:
        if one.ground in {Ground.ENTERED, Ground.KNOWN}:
            assert "ần nhập" in one.reading, one.code
