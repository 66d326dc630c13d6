"""`motcua digitize`: one document by contract, exit codes, sentences for people."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from app.bench import scanned_pages as pages
from app.cli.main import run

SCHEMA = Path(__file__).parents[2] / "docs" / "schemas" / "digitize.schema.json"


@pytest.fixture
def desk(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")  # reading has its own tests
    (tmp_path / "a.jpg").write_bytes(pages.jpeg(pages.page(dpi=110), dpi=110))
    (tmp_path / "back.jpg").write_bytes(pages.jpeg(pages.blank(dpi=110), dpi=110))
    (tmp_path / "page.pdf").write_bytes(b"<html>%PDF-1.4")
    return tmp_path


def test_the_answer_keeps_its_contract(desk, capsys):
    files = (str(desk / "a.jpg"), str(desk / "back.jpg"))
    code = run(["digitize", *files, "--output", str(desk / "out.pdf"), "--json"])
    document = json.loads(capsys.readouterr().out)
    jsonschema.validate(document, json.loads(SCHEMA.read_text("utf-8")))
    assert (code, document["pages"], document["blank"], document["dpi"]) == (0, 1, 1, 110)
    assert (desk / "out.pdf").read_bytes().startswith(b"%PDF-1.7")


@pytest.mark.parametrize(("name", "code"), [("page.pdf", "file_kind"), ("back.jpg", "all_blank")])
def test_a_refusal_is_named_and_ends_with_two(desk, capsys, name, code):
    ended = run(["digitize", str(desk / name), "--output", str(desk / "out.pdf"), "--json"])
    error = json.loads(capsys.readouterr().out)["error"]
    assert (ended, error["code"]) == (2, code)
    assert not (desk / "out.pdf").exists()
