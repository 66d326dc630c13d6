"""A long import: killed between two batches it goes on, no row twice and none missed; another file waits its turn."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from app.audit import checker
from app.cli.importing_answers import OPERATOR
from app.cli.main import run
from app.db import triggers
from app.db.models import Dossier, DossierFact, Event, ImportRun
from app.services import importing_runs
from app.wiring import House

HEAD = "code,procedure_code,unit_code,channel,received_at,due_at,finished_at,status"
ROWS = 400


def table(folder: Path, name: str, rows: int) -> Path:
    """Write a file of so many dossiers, every tenth without a code and like the others of its kind."""
    lines = [
        f"{'' if number % 10 == 9 else f'CU-{number:04d}'},1.00110{number % 3},H44.{number % 4 + 1},1,"
        f"2024-03-0{number % 9 + 1}T08:00,2024-03-12,2024-03-11T09:00,9"
        for number in range(rows)
    ]
    file = folder / name
    file.write_text("\n".join((HEAD, *lines)), encoding="utf-8")
    return file


def answer(capsys, *arguments: str, code: int = 0) -> dict:
    assert run([*arguments, "--json"]) == code
    return json.loads(capsys.readouterr().out)


def counted(house: House, what) -> int:
    with house.reading() as session:
        return session.scalar(select(func.count()).select_from(what))


def killed(house: House, file: Path) -> int:
    """Import in a process of its own and kill it between two batches; return how many batches it had done."""
    command = [sys.executable, "-m", "app.cli", "import", "dossiers", str(file), "--create-missing", "--batch", "8"]
    process = subprocess.Popen(command, env=dict(os.environ), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    done = 0
    while not done and process.poll() is None:
        time.sleep(0.01)
        with house.reading() as session:
            done = session.scalar(select(ImportRun.batches_done)) or 0
    process.send_signal(signal.SIGKILL)
    process.wait()
    with house.reading() as session:
        return session.scalars(select(ImportRun.batches_done)).one()


def test_a_killed_import_goes_on_where_it_stopped(house: House, tmp_path: Path, capsys) -> None:
    file = table(tmp_path, "cu.csv", ROWS)
    done = killed(house, file)
    assert 0 < done < ROWS / 8
    assert counted(house, Dossier) == done * 8
    left = answer(capsys, "import", "runs")["half_done"]
    assert (left["file"], left["rows_done"], left["rows"]) == ("cu.csv", done * 8, ROWS)

    other = answer(capsys, "import", "dossiers", str(table(tmp_path, "khac.csv", 3)), code=2)
    assert other["error"]["code"] == "import_half_done"
    assert "cu.csv" in other["error"]["message"]

    told = answer(capsys, "import", "dossiers", str(file), "--create-missing")
    assert (told["imported"], told["updated"]) == (ROWS, 0)
    assert counted(house, Dossier) == ROWS
    with house.reading() as session:
        codes = session.scalars(select(Dossier.code).where(Dossier.code.is_not(None))).all()
        parts = session.scalars(select(Event).where(Event.kind == "dossiers:batch_imported").order_by(Event.seq)).all()
        facts = session.scalar(select(func.count(DossierFact.dossier_id.distinct())))
    assert len(set(codes)) == len(codes) == ROWS * 9 // 10
    assert facts == ROWS
    assert [part.payload["part"] for part in parts] == list(range(1, ROWS // 8 + 1))
    assert answer(capsys, "import", "runs")["half_done"] is None
    assert answer(capsys, "audit", "verify")["holds"]
    assert answer(capsys, "import", "dossiers", str(file))["updated"] == ROWS


def test_a_closed_run_keeps_what_came_in_and_lets_the_next_file_come(house: House, tmp_path: Path, capsys) -> None:
    file = table(tmp_path, "cu.csv", ROWS)
    came = killed(house, file) * 8
    march = ("--unit", "H44.1", "--from", "2024-03-01", "--to", "2024-04-01")
    assert answer(capsys, "report", "close", *march, code=2)["error"]["code"] == "import_half_done"
    assert answer(capsys, "import", "runs", "--close")["closed"]["rows_done"] == came
    assert answer(capsys, "import", "runs", "--close", code=2)["error"]["code"] == "no_import_half_done"
    told = answer(capsys, "import", "dossiers", str(file), "--create-missing")
    assert (told["imported"], told["updated"]) == (ROWS - came, came)


def test_two_commands_do_not_carry_on_one_run(house: House) -> None:
    with house.unit_of_work() as uow:
        file = importing_runs.ImportFile("cu.csv", "0" * 64, 10, 2)
        run_id = importing_runs.begin(uow, file, OPERATOR, at=house.clock.now()).run_id
    with house.unit_of_work() as uow, pytest.raises(importing_runs.ImportTakenOver):
        importing_runs.expect(uow, run_id, 3)


def test_a_dossier_taken_out_together_with_its_event_is_missed(house: House, tmp_path: Path, capsys) -> None:
    answer(capsys, "import", "dossiers", str(table(tmp_path, "cu.csv", 5)), "--create-missing", "--batch", "2")
    log = tmp_path / "log.jsonl"
    answer(capsys, "audit", "export", "--output", str(log))
    assert checker.main([str(log)]) == 0
    capsys.readouterr()
    with house.engine.begin() as connection:
        triggers.remove(connection)
        gone = connection.scalar(text("SELECT max(id) FROM dossiers"))
        for name in ("dossier_facts", "dossier_clocks", "dossier_people", "ledger_entries", "events"):
            connection.execute(text(f"DELETE FROM {name} WHERE dossier_id = {gone}"))  # noqa: S608 - a number of ours
        connection.execute(text(f"DELETE FROM dossiers WHERE id = {gone}"))  # noqa: S608 - a number of ours
        triggers.install(connection)
    told = answer(capsys, "audit", "verify", code=1)
    assert {fault["kind"] for fault in told["faults"]} == {"import_batch_differs"}
    answer(capsys, "audit", "export", "--output", str(log))
    assert checker.main([str(log), "--json"]) == 1
    assert {fault["kind"] for fault in json.loads(capsys.readouterr().out)["faults"]} == {"import_batch_differs"}


def test_faults_anywhere_change_nothing_and_are_listed_in_a_file(house: House, tmp_path: Path, capsys) -> None:
    file = table(tmp_path, "cu.csv", 40)
    with file.open("a", encoding="utf-8") as out:
        out.write("\nCU-0003,1.001100,H44.1,1,2024-03-01,,,4\nCU-9,1.001100,H44.1,7,2024-03-01,,,4\n\"CU-10,1")
    listed = tmp_path / "sai.csv"
    told = answer(
        capsys, "import", "dossiers", str(file), "--create-missing", "--batch", "7", "--list", str(listed), code=2
    )
    named = [(fault["line"], fault["column"]) for fault in told["faults"]]
    assert named == [(42, "code"), (43, "channel"), (44, "tệp")]
    assert "dòng 5" in told["faults"][0]["reason"]
    assert len(listed.read_text("utf-8").splitlines()) == 1 + len(told["faults"])
    assert (counted(house, Dossier), counted(house, ImportRun)) == (0, 0)


def test_a_dry_run_in_processes_says_what_an_import_would(house: House, tmp_path: Path, capsys, monkeypatch) -> None:
    monkeypatch.setattr("app.cli.importing_dossiers.LONG_FILE", 0)
    file = table(tmp_path, "cu.csv", 60)
    dry = answer(capsys, "import", "dossiers", str(file), "--create-missing", "--dry-run", "--batch", "25")
    assert (dry["imported"], counted(house, Dossier)) == (60, 0)
    real = answer(capsys, "import", "dossiers", str(file), "--create-missing", "--batch", "25")
    assert (real["imported"], counted(house, Dossier)) == (60, 60)
    assert not any((house.settings.home / "import").iterdir())
    assert answer(capsys, "import", "dossiers", str(file), "--dry-run")["updated"] == 60
