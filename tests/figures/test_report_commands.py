"""`motcua report 06a` and `motcua rates`: the contract, the files, what cannot be asked."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path

import jsonschema
import pytest
from docx import Document
from openpyxl import load_workbook

from app.cli.main import run
from tests.figures.histories import rewrite
from tests.figures.plain_facts import fact

SCHEMAS = Path(__file__).parents[2] / "docs" / "schemas"
NOVEMBER = ("--unit", "H98.1", "--from", "2026-11-01", "--to", "2026-12-01")


def at(day: str, hour: int = 9) -> datetime:
    return datetime.fromisoformat(f"{day}T{hour:02d}:00+07:00").astimezone(UTC)


# One dossier a line: what happened to it, and in which cells of November it counts.
STORIES = [
    (
        "received online before, finished early in the period",
        {"channel": 2, "received_at": at("2026-10-20"), "ended_at": at("2026-11-03"), "due_at": at("2026-11-06", 0),
         "state": "finished", "standing": "early", "statutory_standing": "early"},
        {"carried_over", "resolved_early"},
    ),
    (
        "received by post, finished late",
        {"channel": 3, "received_at": at("2026-11-02"), "ended_at": at("2026-11-20"), "due_at": at("2026-11-06", 0),
         "state": "returned", "standing": "late", "statutory_standing": "on_time"},
        {"received_direct_post", "resolved_late"},
    ),
    (
        "received at the desk on the last day, still in term",
        {"received_at": at("2026-11-30", 16), "due_at": at("2026-12-04", 0), "state": "processing"},
        {"received_direct_post", "pending_in_term"},
    ),
    (
        "received online, its last day is the period's last day: in term until midnight",
        {"channel": 2, "received_at": at("2026-11-02"), "due_at": at("2026-12-01", 0), "state": "processing"},
        {"received_online", "pending_in_term"},
    ),
    (
        "received online, overdue",
        {"channel": 2, "received_at": at("2026-11-02"), "due_at": at("2026-11-30", 0), "state": "processing"},
        {"received_online", "pending_overdue"},
    ),
    (
        "waiting for a supplement: in term",
        {"received_at": at("2026-11-02"), "due_at": None, "is_suspended": True, "state": "awaiting_supplement"},
        {"received_direct_post", "pending_in_term"},
    ),
    (
        "no due date known: counted apart, not dropped",
        {"received_at": at("2026-11-02"), "due_at": None, "state": "processing"},
        {"received_direct_post", "pending_unknown"},
    ),
    (
        "finished before it was received: counted apart",
        {"received_at": at("2026-11-02"), "ended_at": at("2026-10-02"), "due_at": at("2026-11-06", 0),
         "state": "finished", "standing": "early"},
        {"received_direct_post", "resolved_unknown"},
    ),
    (
        "finished in December: pending in November, overdue",
        {"received_at": at("2026-11-02"), "ended_at": at("2026-12-02"), "due_at": at("2026-11-06", 0),
         "state": "finished", "standing": "late"},
        {"received_direct_post", "pending_overdue"},
    ),
    (
        "withdrawn before reception: nowhere",
        {"received_at": None, "state": "withdrawn"},
        set(),
    ),
    (
        "finished before the period: nowhere",
        {"received_at": at("2026-10-02"), "ended_at": at("2026-10-31", 23), "due_at": at("2026-11-06", 0),
         "state": "finished", "standing": "early"},
        set(),
    ),
    (
        "received at the very end of the period: the next one's",
        {"received_at": at("2026-12-01", 0), "due_at": at("2026-12-04", 0), "state": "processing"},
        set(),
    ),
]  # fmt: skip


@pytest.fixture
def counted(house, world, capsys):
    """Let these facts stand and return a caller of the command: exit code and the one document."""

    def ask(rows, *arguments):
        rewrite(house, rows)
        code = run([*arguments, "--json"])
        return code, json.loads(capsys.readouterr().out)

    return ask


def test_where_each_dossier_counts(counted, world):
    found, schema = {}, _schema("report-06a")
    for story, facts, _ in STORIES:
        code, document = counted([fact(world, world.dossiers[0], **facts)], "report", "06a", *NOVEMBER)
        assert code == 0, document
        jsonschema.validate(document, schema)
        found[story] = {name for name, count in document["total"].items() if count}
    totals = {"received_total", "resolved_total", "pending_total"}
    assert {story: cells - totals for story, cells in found.items()} == {story: cells for story, _, cells in STORIES}
    assert all(("received_total" in found[story]) == bool(cells) for story, _, cells in STORIES)


def test_all_of_them_in_one_form_and_as_files(counted, world, tmp_path):
    rows = [
        fact(world, dossier, field="=SUM(A1)" if place % 2 else "Đất đai", **facts)
        for place, (dossier, (_, facts, _)) in enumerate(zip(world.dossiers, STORIES, strict=False))
    ]
    _, document = counted(rows, "report", "06a", *NOVEMBER)
    total = document["total"]
    assert (total["received_total"], total["resolved_total"], total["pending_total"]) == (9, 3, 6)
    assert [row["field"] for row in document["rows"]] == ["=SUM(A1)", "Đất đai"]
    files = {kind: tmp_path / f"06a.{kind}" for kind in ("csv", "xlsx", "docx", "pdf")}
    for kind, path in files.items():
        assert run(["report", "06a", *NOVEMBER, "--format", kind, "--output", str(path)]) == 0
    _check_csv(files["csv"].read_bytes())
    _check_xlsx(files["xlsx"])
    assert "Nhận giải quyết 9 hồ sơ" in "\n".join(line.text for line in Document(str(files["docx"])).paragraphs)
    assert files["pdf"].read_bytes().startswith(b"%PDF-")


def _check_csv(content: bytes) -> None:
    assert content.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert lines[1][1] == "'=SUM(A1)"
    assert lines[-1][1:3] == ["Tổng cộng", "9"]


def _check_xlsx(path: Path) -> None:
    sheet = load_workbook(path).active
    cells = {cell.value: cell for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert cells["=SUM(A1)"].data_type == "s"
    assert cells["Tổng cộng"].offset(column=1).value == 9


def test_the_rates_of_a_period(counted, world):
    rows = [fact(world, dossier, **facts) for dossier, (_, facts, _) in zip(world.dossiers, STORIES, strict=False)]
    rows[0] |= {"components_due": 3, "components_digitized": 3, "result_electronic": True}
    rows[1] |= {"components_due": 4, "components_digitized": 1, "components_reused": 1}
    rows[1] |= {"fee_vnd": 8000, "paid_online": True}
    rows[3] |= {"is_assisted": True, "components_due": 2, "components_digitized": 2, "result_required": False}
    code, document = counted(rows, "rates", *NOVEMBER)
    assert code == 0, document
    jsonschema.validate(document, _schema("rates"))
    counts = {name: (rate["numerator"], rate["denominator"]) for name, rate in document.items()}
    assert counts == {
        "online_submission": (2, 8),
        "online_submission_without_assisted": (1, 8),
        "digitization_components": (3, 6),
        "digitization_results": (1, 3),
        "digitized_dossiers": (1, 8),
        "reuse": (1, 8),
        "electronic_results": (1, 3),
        "online_payment": (1, 1),
        "on_time_committed": (1, 2),
        "on_time_statutory": (2, 2),
    }


def test_nothing_to_count_is_no_rate(counted, world):
    _, document = counted([], "rates", *NOVEMBER)
    assert {rate["rate"] for rate in document.values()} == {None}


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("--unit", "H00", "--from", "2026-11-01", "--to", "2026-12-01"), "unit_unknown", "“H00”"),
        (("--unit", "H98", "--from", "2026-12-01", "--to", "2026-11-01"), "period_empty", "không có ngày nào"),
        (("--unit", "H98", "--from", "2026-11-01", "--to", "2026-11-01"), "period_empty", "không có ngày nào"),
        (("--unit", "H98", "--from", "1980-11-01", "--to", "2026-11-01"), "period_out_of_range", "2000"),
        (("--unit", "H98", "--from", "01/11/2026", "--to", "2026-12-01"), "bad_usage", "không phải là ngày"),
    ],
)
@pytest.mark.parametrize("command", [("report", "06a"), ("rates",)])
def test_what_cannot_be_asked_is_said(house, capsys, command, arguments, code, words):
    assert run([*command, *arguments, "--json"]) == 2
    document = json.loads(capsys.readouterr().out)
    assert document["error"]["code"] == code
    assert words in document["error"]["message"]


def _schema(name: str) -> dict:
    return json.loads((SCHEMAS / f"{name}.schema.json").read_text("utf-8"))


def test_the_report_in_words_is_written_as_docx_with_its_figures(house, world, capsys, tmp_path):
    rewrite(house, [fact(world, dossier, **STORIES[0][1]) for dossier in world.dossiers[:3]])
    file = tmp_path / "bao-cao.docx"
    assert run(["report", "narrative", *NOVEMBER, "--docx", str(file), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    schema = json.loads((SCHEMAS / "report-narrative.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(told, schema)
    words = "\n".join(paragraph.text for paragraph in Document(str(file)).paragraphs)
    for section in told["sections"]:
        assert section["title"] in words
        assert all(line in words for line in section["lines"])
    assert "3" in told["sections"][0]["lines"][0]
    assert run(["report", "narrative", *NOVEMBER]) == 0
    assert "I. Tiếp nhận, giải quyết hồ sơ" in capsys.readouterr().out
    assert run(["report", "narrative", *NOVEMBER, "--docx", str(tmp_path / "bao-cao.txt")]) == 2
    assert ".docx" in capsys.readouterr().err
    assert run(["report", "narrative", *NOVEMBER, "--docx", str(tmp_path / "khong" / "co.docx")]) == 2
    assert run(["report", "--help"]) == 0
    assert "narrative" in capsys.readouterr().out
