"""`motcua import dossiers`: one event each, clocks derived, facts that tell the past, nothing twice."""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.cli.main import run
from app.db import facts
from app.db.models import (
    Component,
    Counter,
    Dossier,
    DossierClock,
    DossierFact,
    DossierPerson,
    Event,
    FrozenSteps,
    Hop,
    LedgerEntry,
    Procedure,
    Unit,
)
from app.domain.calendar_csv import read_calendar
from app.domain.catalogue_table import table_from_csv
from app.domain.chain import GENESIS
from app.seed import loader
from app.seed.planting import seed_demo_units
from app.services.seeding import BaseSeed, plant
from app.wiring import House
from workflows.calendar import VIETNAM

ROW = {
    "code": "H99.105-261102-0001",
    "procedure_code": "1.004873",
    "unit_code": "H99.105",
    "channel": "2",
    "applicant_name": "Trần Thị Mẫu",
    "applicant_id": "001199000001",
    "received_at": "2026-11-02T08:00",
    "due_at": "2026-11-05",
    "finished_at": "2026-11-04T10:00",
    "returned_at": "2026-11-06T09:00",
    "status": "10",
    "components": "3",
    "components_digitized": "2",
    "components_reused": "1",
    "result_electronic": "1",
}


@pytest.fixture
def do(house: House, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """Import rows into a seeded house; return exit code and the JSON document."""
    with house.unit_of_work() as uow:
        days, _ = read_calendar(table_from_csv(loader.calendar_text()))
        some = [procedure for procedure in loader.procedures() if procedure.code in {"1.004873", "2.000815"}]
        plant(uow, BaseSeed(days, (), some), at=house.clock.now())
        seed_demo_units(uow)

    def run_import(*rows: dict[str, str], options: tuple[str, ...] = ()) -> tuple[int, dict]:
        text = io.StringIO()
        writer = csv.DictWriter(text, list(dict.fromkeys(column for row in rows for column in row)))
        writer.writeheader()
        writer.writerows(rows)
        file = tmp_path / "in.csv"
        file.write_text(text.getvalue(), encoding="utf-8")
        code = run(["import", "dossiers", str(file), "--json", *options])
        return code, json.loads(capsys.readouterr().out)

    return run_import


def vn(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=VIETNAM)


def test_one_row_becomes_one_dossier_with_one_event(do, house: House) -> None:
    code, answer = do(ROW)
    assert (code, answer["imported"], answer["updated"], answer["warnings"]) == (0, 1, 0, [])
    with house.reading() as session:
        dossier = session.scalars(select(Dossier)).one()
        event = session.scalars(select(Event).where(Event.dossier_id == dossier.id)).one()
        papers = session.scalars(select(Component.form).order_by(Component.ordinal)).all()
        assert (dossier.code, dossier.state, dossier.event_seq) == (ROW["code"], "returned", 1)
        assert dossier.is_imported
        assert (event.kind, event.seq, event.previous) == ("dossier:imported", 1, GENESIS)
        assert ROW["applicant_name"] not in json.dumps(event.payload, ensure_ascii=False)
        assert papers == ["reused", "scanned", "paper"]
        assert session.scalar(select(func.count()).select_from(Counter)) == 0


def test_a_reception_outside_the_calendar_goes_in_and_the_missing_year_is_named(do, house: House) -> None:
    old = ROW | {"received_at": "2019-11-04T08:00", "due_at": "", "finished_at": "2019-11-06T10:00", "returned_at": ""}
    code, answer = do(old | {"status": "9"})
    assert (code, answer["imported"]) == (0, 1)
    assert any("2019" in warning["reason"] for warning in answer["warnings"])
    with house.reading() as session:
        assert session.scalars(select(DossierClock.standing)).one() == "unknown"


def test_the_person_is_found_by_number_and_kept_sealed(do, house: House) -> None:
    do(ROW)
    with house.reading() as session:
        people = session.scalars(select(DossierPerson)).all()
    assert {person.role for person in people} == {"applicant", "subject"}
    assert {person.id_number_mac for person in people} == {house.vault.mac(ROW["applicant_id"], "id_number")}
    assert all(ROW["applicant_id"].encode() not in person.id_number_sealed for person in people)


def test_facts_tell_the_past(do, house: House) -> None:
    do(ROW)
    with house.reading() as session:
        turns = session.scalars(select(DossierFact).order_by(DossierFact.valid_from)).all()
    assert [(turn.state, turn.valid_from, turn.valid_to, turn.standing) for turn in turns] == [
        ("processing", vn(2026, 11, 2, 8), vn(2026, 11, 4, 10), "unknown"),
        ("finished", vn(2026, 11, 4, 10), vn(2026, 11, 6, 9), "early"),
        ("returned", vn(2026, 11, 6, 9), None, "early"),
    ]
    assert {turn.due_day for turn in turns} == {20261105}


@pytest.mark.parametrize(
    ("cells", "standing"),
    [
        ({"finished_at": "2026-11-04T10:00"}, "early"),
        ({"finished_at": "2026-11-05T23:00"}, "on_time"),
        ({"finished_at": "2026-11-06T00:01"}, "late"),
        ({"finished_at": "2026-11-04T10:00", "supplement_requests": "2"}, "late"),
        ({"finished_at": "2026-11-01T10:00"}, "unknown"),
        ({"finished_at": ""}, "unknown"),
        ({"finished_at": "2026-11-04T10:00", "due_at": ""}, "on_time"),  # two working days as committed
    ],
)
def test_standing_is_derived_never_read(do, house: House, cells: dict[str, str], standing: str) -> None:
    do(ROW | {"status": "9", "returned_at": ""} | cells)
    with house.reading() as session:
        assert session.scalars(select(DossierClock.standing)).one() == standing
        assert session.scalars(select(DossierFact.standing).where(DossierFact.valid_to.is_(None))).one() == standing


def test_the_two_declared_due_times_stay_apart(do, house: House) -> None:
    do(ROW | {"statutory_due_at": "2026-11-03", "due_at": "2026-11-05"})
    with house.reading() as session:
        clock = session.scalars(select(DossierClock)).one()
        grounds = session.scalars(select(LedgerEntry.ground).where(LedgerEntry.kind == "declared")).all()
    assert (clock.standing, clock.statutory_standing) == ("early", "late")
    assert sorted(grounds) == ["", "statutory"]


@pytest.mark.parametrize(
    "cells",
    [
        {},
        {"status": "9", "returned_at": ""},
        {"status": "4", "finished_at": "", "returned_at": ""},
        {"status": "5", "finished_at": "", "returned_at": ""},
        {"status": "6", "finished_at": "", "returned_at": "", "due_at": "2027-01-05"},
        {"status": "8", "returned_at": ""},
        {"status": "9", "finished_at": "", "returned_at": ""},
        {"status": "9", "finished_at": "2026-10-01", "returned_at": ""},
        {"status": "1", "finished_at": "", "returned_at": ""},
        {"due_at": "", "statutory_due_at": "2026-11-20"},
        {"due_at": "", "procedure_code": "2.000815"},
    ],
)
def test_what_the_import_lays_down_is_what_the_house_derives(do, house: House, cells: dict[str, str]) -> None:
    do(ROW | cells)
    with house.unit_of_work() as uow:
        dossier = uow.session.scalars(select(Dossier)).one()
        fact = uow.session.scalars(select(DossierFact).where(DossierFact.valid_to.is_(None))).one()
        laid = {column.key: getattr(fact, column.key) for column in DossierFact.__mapper__.column_attrs}
        clock = uow.session.scalars(select(DossierClock)).one()
        before = {column.key: getattr(clock, column.key) for column in DossierClock.__mapper__.column_attrs}
        now = fact.recorded_at
        facts.refresh(uow.session, uow.late, dossier, uow.calendars, at=now, effective=now, handled=now)
        assert before == {column.key: getattr(clock, column.key) for column in DossierClock.__mapper__.column_attrs}
        again = uow.session.scalars(select(DossierFact).where(DossierFact.valid_to.is_(None))).one()
        assert laid == {column.key: getattr(again, column.key) for column in DossierFact.__mapper__.column_attrs}
        uow.session.rollback()


@pytest.mark.parametrize(("status", "step"), [("2", "clerk"), ("4", "officer"), ("5", "officer")])
def test_an_open_dossier_can_go_on_from_here(do, house: House, status: str, step: str) -> None:
    do(ROW | {"status": status, "finished_at": "", "returned_at": ""})
    with house.reading() as session:
        dossier = session.scalars(select(Dossier)).one()
        hop = session.scalars(select(Hop)).one()
        steps = session.scalars(select(FrozenSteps.steps)).one()
    assert (hop.role, hop.unit_id, hop.left_at) == (step, dossier.settling_unit_id, None)
    assert dossier.step_ordinal == hop.step_ordinal
    assert [part["role"] for part in steps] == ["clerk", "officer", "leader", "records"]


def test_before_reception_a_code_is_a_foreign_one_and_nothing_is_counted(do, house: House) -> None:
    do(ROW | {"status": "1", "finished_at": "", "returned_at": ""})
    with house.reading() as session:
        dossier = session.scalars(select(Dossier)).one()
        fact = session.scalars(select(DossierFact)).one()
    assert (dossier.state, dossier.code, dossier.external_code) == ("filed", None, ROW["code"])
    assert dossier.received_at is None
    assert fact.received_at is None


def test_twice_is_once_and_a_known_code_is_not_overwritten(do, house: House) -> None:
    do(ROW)
    _, again = do(ROW)
    assert (again["imported"], again["updated"], again["warnings"]) == (0, 1, [])
    _, other = do(ROW | {"channel": "1"})
    assert other["imported"] == 0
    assert "đã có với nội dung khác" in other["warnings"][0]["reason"]
    with house.reading() as session:
        assert session.scalars(select(Dossier.channel)).all() == [2]


def test_equal_rows_without_a_code_are_dossiers_of_their_own_but_only_once(do, house: House) -> None:
    row = ROW | {"code": ""}
    _, first = do(row, row)
    _, second = do(row, row, row)
    assert (first["imported"], second["imported"], second["updated"]) == (2, 1, 2)


def test_unknown_codes_refuse_the_file_unless_they_are_to_be_made(do, house: House) -> None:
    row = ROW | {"unit_code": "H44.105", "procedure_code": "1.999999"}
    code, answer = do(row)
    assert code == 2
    assert [(fault["line"], fault["column"]) for fault in answer["faults"]] == [(2, "unit_code"), (2, "procedure_code")]
    code, answer = do(row, options=("--create-missing",))
    assert (code, answer["imported"]) == (0, 1)
    with house.reading() as session:
        assert session.scalars(select(Unit.name).where(Unit.code == "H44.105")).one() == "H44.105"
        assert session.scalars(select(Procedure.code).where(Procedure.code == "1.999999")).one()


def test_an_empty_house_takes_dossiers_in_by_code(house: House, tmp_path: Path, capsys) -> None:
    file = tmp_path / "in.csv"
    file.write_text("procedure_code,unit_code,channel,received_at\n1.001193,H44.105,1,2026-11-02\n", encoding="utf-8")
    assert run(["import", "dossiers", str(file), "--create-missing", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["imported"] == 1
    with house.reading() as session:
        assert session.scalars(select(DossierClock.standing)).one() == "unknown"


def test_a_dry_run_leaves_no_dossier(do, house: House) -> None:
    code, answer = do(ROW, options=("--dry-run",))
    assert (code, answer["imported"]) == (0, 1)
    with house.reading() as session:
        assert session.scalar(select(func.count()).select_from(Dossier)) == 0
