"""`motcua audit`: the contract of its answers, exit 1 for a broken log, exports that the checker reads."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema

from app.audit import checker
from app.cli.main import run
from app.domain.audit import SENTENCES, FaultKind
from tests.audit.tampering import broken_in, do
from tests.support.seeded import Desk

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "schemas" / "audit-verify.schema.json").read_text("utf-8"))


def test_verify_answers_by_the_contract(history: Desk, capsys) -> None:
    assert run(["audit", "verify", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    jsonschema.validate(document, SCHEMA)
    assert document["holds"]
    with broken_in(history) as connection:
        do(connection, "UPDATE dossiers SET state = 'stopped' WHERE id = $DOSSIER")
    assert run(["audit", "verify", "--json"]) == 1
    document = json.loads(capsys.readouterr().out)
    jsonschema.validate(document, SCHEMA)
    assert [(fault["kind"], fault["detail"]) for fault in document["faults"]] == [("structure_differs", "state")]
    assert run(["audit", "verify"]) == 1
    assert "Dữ liệu hồ sơ khác với sự kiện cuối cùng. state" in capsys.readouterr().out


def test_an_export_is_private_and_reads_alone(history: Desk, tmp_path: Path, capsys) -> None:
    file = tmp_path / "log.jsonl"
    assert run(["audit", "export", "--output", str(file), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert file.stat().st_mode & 0o077 == 0
    assert checker.main([str(file), "--key", told["key"], "--root", told["root"]]) == 0
    assert run(["audit", "export", "--output", str(file), "--without-payloads"]) == 0
    assert checker.main([str(file), "--key", told["key"], "--root", told["root"]]) == 0


def test_an_export_to_nowhere_is_refused_in_words(history: Desk, capsys) -> None:
    assert run(["audit", "export", "--output", "/no/such/folder/log.jsonl", "--json"]) == 2
    error = json.loads(capsys.readouterr().out)["error"]
    assert (error["code"], "không ghi được" in error["message"]) == ("bad_usage", True)


def test_every_fault_has_its_sentence_and_stands_in_the_contract() -> None:
    assert set(SENTENCES) == set(FaultKind)
    assert SCHEMA["properties"]["faults"]["items"]["properties"]["kind"]["enum"] == [kind.value for kind in FaultKind]
