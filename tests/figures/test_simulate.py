"""`motcua simulate`: a shorter limit replayed over dossiers that a clerk can check on a wall calendar."""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime
from pathlib import Path

import jsonschema
import pytest
from sqlalchemy import insert, select

from app.cli.main import run
from app.db.models import Dossier, Hop, LedgerEntry, Unit
from app.domain.simulation import Stay, culprit
from tests.figures.test_report_commands import _schema
from workflows.calendar import VIETNAM
from workflows.ledger import SUPPLEMENT
from workflows.limits import TimeLimit

# All received on Monday 2 November 2026 at 9:00 and promised for the end of Monday the 9th: five working days.
ENDS = {
    "tue": "2026-11-03T10:00",
    "wed": "2026-11-04T10:00",
    "thu": "2026-11-05T10:00",
    "fri": "2026-11-06T10:00",
    "next-tue": "2026-11-10T10:00",
}
ASKED = ("simulate", "--procedure", "1.004873", "--from", "2026-11-01", "--to", "2026-12-01")


@pytest.fixture
def ask(desk, tmp_path: Path, capsys):
    """Import history into a house at work and return a caller of the command."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["code", "procedure_code", "unit_code", "channel", "received_at", "due_at", "finished_at"])
    for name, end in ENDS.items():
        writer.writerow([f"CU-{name}", "1.004873", "H99.105", "1", "2026-11-02T09:00", "2026-11-09", end])
    writer.writerow(["CU-open", "1.004873", "H99.105", "1", "2026-11-02T09:00", "2026-11-09", ""])
    writer.writerow(["CU-old", "1.004873", "H99.105", "1", "2026-10-01T09:00", "2026-10-09", "2026-10-05T09:00"])
    file = tmp_path / "history.csv"
    file.write_text(out.getvalue(), "utf-8")
    assert run(["import", "dossiers", str(file)]) == 0
    capsys.readouterr()

    def asked(*arguments: str):
        code = run([*ASKED, *arguments, "--json"])
        return code, json.loads(capsys.readouterr().out)

    return asked


def test_who_is_late_now_and_then_and_by_how_much(ask):
    code, found = ask("--limit", "2 working days")
    assert code == 0, found
    jsonschema.validate(found, _schema("simulate"))
    assert (found["dossiers"], found["late_now"], found["late_then"]) == (5, 1, 3)
    assert found["late_by"] == [{"working_days": days, "dossiers": 1} for days in (1, 2, 4)]
    assert found["shortest"] == {"0.95": "6 working days", "0.99": "6 working days"}
    assert [(cause["by"], cause["code"], cause["dossiers"]) for cause in found["causes"]] == [
        ("step", None, 3), ("unit", "H99.105", 3), ("ground", None, 3)
    ]  # fmt: skip


def test_the_usual_cuts_beside_each_other(ask):
    _, found = ask("--limit", "20 working hours", "--unit", "H99.105")
    base = TimeLimit.parse(found["base_limit"])
    kept = [max(base.amount * (100 - cut) // 100, 1) for cut in (30, 40, 50, 60)]
    assert [row["limit"] for row in found["comparison"]] == [str(TimeLimit(amount, base.unit)) for amount in kept]
    needs = [1, 2, 3, 4, 6]
    assert [row["late_then"] for row in found["comparison"]] == [sum(n > amount for n in needs) for amount in kept]


def test_a_supplement_gives_its_time_back_and_a_step_is_named(ask, desk):
    with desk.house._sessions() as session:
        named = dict(session.execute(select(Dossier.code, Dossier.id)).all())
        unit = session.scalars(select(Unit.id).where(Unit.code == "H99.105")).one()
        session.execute(insert(LedgerEntry), [_supplement(named["CU-fri"], 3, 5), _supplement(named["CU-thu"], 3, 4)])
        session.execute(
            insert(Hop),
            [
                _hop(named["CU-next-tue"], unit, 1, "Tiếp nhận", 2, 3, 240),
                _hop(named["CU-next-tue"], unit, 2, "Thẩm định", 3, 10, 480),
            ],
        )
        session.commit()
    _, found = ask("--limit", "2 working days")
    assert (found["late_now"], found["late_then"]) == (1, 1)  # three and two closing hours come back
    _, found = ask("--limit", "3 working days")
    steps = [(cause["name"], cause["dossiers"]) for cause in found["causes"] if cause["by"] == "step"]
    assert steps == [("Thẩm định", 1)]


def test_a_second_supplement_is_late_under_any_limit(ask, tmp_path, capsys):
    file = tmp_path / "twice.csv"
    head = "code,procedure_code,unit_code,channel,received_at,due_at,finished_at,supplement_requests\n"
    file.write_text(f"{head}CU-2,1.004873,H99.105,1,2026-11-02T09:00,2026-11-09,2026-11-03T09:00,2\n", "utf-8")
    assert run(["import", "dossiers", str(file)]) == 0
    capsys.readouterr()
    _, found = ask("--limit", "10 working days")
    assert (found["late_now"], found["late_then"], found["shortest"]["0.95"]) == (2, 1, None)
    assert [cause["code"] for cause in found["causes"] if cause["by"] == "ground"] == ["second_supplement"]


def test_a_dossier_of_our_own_counts_like_an_imported_one(ask, desk):
    desk.receive()
    _, found = ask("--limit", "2 working days")
    assert found["dossiers"] == 5  # received, not resolved


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("--limit", "3 fortnights"), "limit_not_understood", "fortnights"),
        (("--limit", "0 working days"), "limit_out_of_range", "0"),
        (("--limit", "3 days", "--unit", "H00"), "unit_unknown", "H00"),
        (("--limit", "3 days", "--procedure", "9.9"), "procedure_unknown", "9.9"),
        (("--limit", "3 days", "--to", "2026-11-01"), "period_empty", "không có ngày nào"),
    ],
)
def test_what_cannot_be_asked_is_said(ask, arguments, code, words):
    exit_code, found = ask(*arguments)
    assert exit_code == 2
    assert found["error"]["code"] == code
    assert words in found["error"]["message"]


def test_a_year_that_the_calendar_does_not_hold_is_named(ask, tmp_path, capsys):
    file = tmp_path / "old.csv"
    head = "code,procedure_code,unit_code,channel,received_at,due_at,finished_at\n"
    file.write_text(f"{head}CU-2019,1.004873,H99.105,1,2019-11-04T09:00,2019-11-06,2019-11-05T09:00\n", "utf-8")
    assert run(["import", "dossiers", str(file)]) == 0
    capsys.readouterr()
    _, found = ask("--limit", "3 days", "--from", "2019-01-01", "--to", "2020-01-01")
    assert (found["dossiers"], found["unknown_then"], found["missing_years"]) == (1, 1, [2019])


def test_the_step_that_overran_its_share_most_is_the_cause():
    stays = [Stay("a", 1, 500, 480), Stay("b", 1, 400, 120), Stay("c", 2, 900, 960)]
    assert culprit(stays, TimeLimit.parse("3 working days")).step == "b"
    assert culprit([], TimeLimit.parse("3 days")) is None


def _supplement(dossier_id: int, first: int, last: int) -> dict:
    return {"dossier_id": dossier_id, "kind": "suspension", "ground": SUPPLEMENT, "effect": "restart",
            "started_at": _at(first, 15), "ended_at": _at(last, 17)}  # fmt: skip


def _hop(dossier_id: int, unit: int, ordinal: int, name: str, first: int, last: int, allotted: int) -> dict:
    return {"dossier_id": dossier_id, "ordinal": ordinal, "step_ordinal": ordinal, "step_name": name, "role": "clerk",
            "unit_id": unit, "handed_at": _at(first, 9), "left_at": _at(last, 10), "allotted_minutes": allotted,
            "from_name": "", "user_name": "", "action": "", "note": "", "outcome": ""}  # fmt: skip


def _at(day: int, hour: int):
    return datetime(2026, 11, day, hour, tzinfo=VIETNAM)
