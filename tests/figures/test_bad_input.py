"""Bad input of figures: each kind is named, listed, counted apart, and never dropped in silence.

Formula data with a cycle or an unknown field: test_formulas. A cell beginning with `=`: test_links, test_tables.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.cli.main import run
from app.domain.figures import CELLS_06A

OCTOBER = ("--unit", "H98.1", "--from", "2026-10-01", "--to", "2026-11-01")
HEAD = "code,procedure_code,unit_code,channel,received_at,due_at,finished_at,status"
PLAIN = "TOT-1,1.999999,H98.1,2,2026-10-02T08:00,2026-10-06,2026-10-05T09:00,9"


def document(capsys, *arguments: str, code: int = 0) -> dict:
    assert run([*arguments, "--json"]) == code
    return json.loads(capsys.readouterr().out)


def imported(tmp_path: Path, capsys, *lines: str, code: int = 0) -> dict:
    file = tmp_path / "ho-so.csv"
    file.write_text("\n".join((HEAD, *lines)), encoding="utf-8")
    return document(capsys, "import", "dossiers", str(file), code=code)


def total(capsys) -> dict[str, int]:
    return document(capsys, "report", "06a", *OCTOBER)["total"]


@pytest.mark.parametrize(
    ("line", "cell"),
    [
        ("XAU-1,1.999999,H98.1,2,2026-10-02T08:00,,2026-10-05T09:00,9", "resolved_unknown"),  # no due date
        ("XAU-1,1.999999,H98.1,2,2026-10-02T08:00,,,4", "pending_unknown"),
        ("XAU-1,1.999999,H98.1,2,2026-10-05T08:00,2026-10-09,2026-10-02T09:00,9", "resolved_unknown"),  # backwards
        ("XAU-1,1.999999,H98.1,2,2026-10-02T08:00,2026-10-09,,9", "pending_unknown"),  # closed, nobody knows when
    ],
)
def test_what_cannot_be_judged_is_counted_apart_listed_and_never_official(
    house, world, tmp_path, capsys, line: str, cell: str
):
    told = imported(tmp_path, capsys, PLAIN, line)
    assert (told["imported"], {one["line"] for one in told["warnings"]}) == (2, {3})
    cells = total(capsys)
    assert (cells["received_total"], cells[cell]) == (2, 1)
    assert cells["received_total"] == cells["resolved_total"] + cells["pending_total"]
    assert document(capsys, "report", "close", *OCTOBER, code=2)["error"]["code"] == "unknown_left"


def test_a_dossier_from_the_future_is_named_and_in_no_period_before_it(house, world, tmp_path, capsys):
    told = imported(tmp_path, capsys, PLAIN, "XAU-1,1.999999,H98.1,2,2099-01-01T08:00,2099-01-06,,4")
    assert {(one["line"], one["column"]) for one in told["warnings"]} == {(3, "received_at"), (3, "due_at")}
    assert total(capsys)["received_total"] == 1


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("TOT-1,1.999999,H98.1,2,2026-10-03T08:00,2026-10-06,,4", "code"),  # the code stands twice
        ("XAU-1,1.999999,H98.1,2,2026-10-03T08:00,2026-10-06,,77", "status"),
        ("XAU-1,1.999999,H98.1,2,hôm qua,2026-10-06,,4", "received_at"),
    ],
)
def test_what_cannot_be_read_refuses_the_file_and_names_line_and_column(
    house, world, tmp_path, capsys, line: str, column: str
):
    told = imported(tmp_path, capsys, PLAIN, line, code=2)
    assert (3, column) in {(one["line"], one["column"]) for one in told["faults"]}
    assert total(capsys)["received_total"] == 0


@pytest.mark.parametrize(("first", "end"), [("2026-11-01", "2026-10-01"), ("2026-10-01", "2026-10-01")])
@pytest.mark.parametrize(
    "command", [("report", "06a"), ("rates",), ("index", "766"), ("evaluation", "unit"), ("report", "table", "18")]
)
def test_a_reversed_or_empty_period_is_refused_by_every_figure(house, world, capsys, command, first, end):
    told = document(capsys, *command, "--unit", "H98.1", "--from", first, "--to", end, code=2)
    assert told["error"]["code"] == "period_empty"


def test_a_unit_without_dossiers_tells_zeros_and_no_rates(house, world, tmp_path, capsys):
    cells = total(capsys)
    assert cells == dict.fromkeys((cell.id for cell in CELLS_06A), 0)
    found = document(capsys, "rates", *OCTOBER)
    assert {one["rate"] for one in found.values()} == {None}
    file = tmp_path / "06a.pdf"
    assert run(["report", "06a", *OCTOBER, "--format", "pdf", "--output", str(file)]) == 0
    assert file.read_bytes().startswith(b"%PDF-")
    for form in ("18", "evaluation", "delay"):
        assert document(capsys, "report", "table", form, *OCTOBER)["rows"] == []
