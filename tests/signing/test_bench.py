"""`motcua bench paper`: the figures of signing come in their shape; how large they are is not a test's business."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema

from app.bench import signing
from app.cli.main import run

SCHEMA = Path(__file__).parents[2] / "docs" / "schemas" / "bench.schema.json"


def test_the_signing_room_answers_by_contract(home, capsys, monkeypatch):
    monkeypatch.setattr(signing, "TIMES", 1)
    monkeypatch.setattr(signing, "KEYS", {"P-256": signing.KEYS["P-256"]})
    assert run(["bench", "paper", "--room", "signing", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    jsonschema.validate(document, json.loads(SCHEMA.read_text("utf-8")))
    assert [one["unit"] for one in document["measures"]] == ["ms"] * 4
