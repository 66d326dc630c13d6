"""The process page and its export: steps with their times, and no name of anybody in the log."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import jsonschema

from app.cli.main import run
from tests.support.seeded import BIRTH, Desk

SCHEMA = Path(__file__).parents[3] / "docs" / "schemas" / "process-export.schema.json"


def test_the_page_shows_steps_and_ways(clerk, sit_down, desk: Desk):
    code = desk.receive(BIRTH).code
    desk.digitize(code)
    clerk.act(code, "forward")
    leader = sit_down("leader")
    page = leader.open("/mot-cua/quy-trinh")
    assert page.status_code == 200
    assert "1 lượt" in page.text
    assert "→" in page.text or "Tiếp nhận" in leader.shown("step-times")
    assert sit_down("province").open("/mot-cua/quy-trinh").status_code == 200
    assert leader.open("/mot-cua/quy-trinh?tu=x").status_code == 422


def test_the_export_holds_acts_and_no_names(desk: Desk, tmp_path: Path, capsys):
    person = desk.person()
    desk.receive(BIRTH, applicant=person)
    desk.receive(BIRTH)
    asked = ["process", "export", "--unit", "H99.105", "--from", "2026-11-01", "--to", "2026-12-01"]
    for form in ("xes", "csv"):
        file = tmp_path / f"log.{form}"
        assert run([*asked, "--format", form, "--output", str(file), "--json"]) == 0
        told = json.loads(capsys.readouterr().out)
        jsonschema.validate(told, json.loads(SCHEMA.read_text("utf-8")))
        assert told["traces"] == 2
        text = file.read_text("utf-8")
        assert person.name not in text
        assert desk.staff("clerk").name not in text
    assert ET.parse(tmp_path / "log.xes").getroot().tag.endswith("log")  # noqa: S314 - our own file
    capsys.readouterr()
    assert run([*asked, "--output", str(tmp_path / "no" / "log.xes"), "--json"]) == 2
