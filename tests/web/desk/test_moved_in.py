"""Another system's history is marked wherever it is seen: on its page, in lists, in reports."""

from __future__ import annotations

import io
import json
import subprocess

import pytest
from docx import Document
from openpyxl import load_workbook

from app.cli.importing_answers import OPERATOR
from app.cli.main import run
from app.services import importing_runs

PERIOD = "tu=01/10/2026&den=31/10/2026"
ROWS = """code,procedure_code,unit_code,channel,applicant_name,received_at,due_at,finished_at,status
H99.105-261002-0001,1.004873,H99.105,1,Trần Thị Mẫu,2026-10-02T08:00,2026-10-06,2026-10-05T09:00,9
H99.105-261005-0001,1.004873,H99.105,2,Trần Văn Mẫu,2026-10-05T08:00,2026-12-06,,4
"""


@pytest.fixture
def moved_in(desk, tmp_path, capsys):
    """Two dossiers of October, one done and one under way, moved in from elsewhere."""
    file = tmp_path / "cu.csv"
    file.write_text(ROWS, encoding="utf-8")
    assert run(["import", "dossiers", str(file), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["imported"] == 2


def test_moved_in_dossiers_are_marked_on_page_in_lists_and_in_the_report(desk, moved_in, sit_down):
    leader = sit_down("leader")
    assert "Dữ liệu chuyển vào: nhập từ hệ thống khác" in leader.open("/mot-cua/ho-so/H99.105-261002-0001").text
    listed = leader.open(f"/mot-cua/bao-cao/so/received_total?{PERIOD}").text
    assert listed.count('data-testid="moved-in"') == 2
    report = leader.open(f"/mot-cua/bao-cao?{PERIOD}").text
    assert "có 2 hồ sơ là dữ liệu chuyển vào" in report
    rows = leader.open(f"/mot-cua/bao-cao/so/received_total/danh-sach.csv?{PERIOD}").get_data(as_text=True).splitlines()
    assert rows[0].endswith("Chuyển từ hệ thống cũ")
    assert [row.rsplit(",", 1)[1] for row in rows[1:]] == ["x", "x"]
    assert "dữ liệu chuyển vào" in sit_down("clerk").open("/mot-cua/?nhom=dang-xu-ly").text


NOTE = "Trong số tiếp nhận trong kỳ có 2 hồ sơ chuyển từ hệ thống cũ."


def paper(leader, folder) -> str:
    """Return the text of the printed 06a."""
    (folder / "06a.pdf").write_bytes(leader.open(f"/mot-cua/bao-cao/06a.pdf?{PERIOD}").data)
    told = subprocess.run(["pdftotext", "-layout", folder / "06a.pdf", "-"], capture_output=True, text=True, check=True)
    return " ".join(told.stdout.split())


def test_printed_06a_and_its_files_tell_how_many_moved_in(desk, moved_in, sit_down, tmp_path):
    leader = sit_down("leader")
    assert NOTE in paper(leader, tmp_path)
    sheet = load_workbook(io.BytesIO(leader.open(f"/mot-cua/bao-cao/06a.xlsx?{PERIOD}").data)).active
    assert NOTE in [row[0] for row in sheet.iter_rows(values_only=True)]
    told = Document(io.BytesIO(leader.open(f"/mot-cua/bao-cao/06a.docx?{PERIOD}").data))
    assert NOTE in [line.text for line in told.paragraphs]


def test_while_an_import_is_half_done_the_report_says_so_and_is_not_closed(desk, moved_in, sit_down, tmp_path):
    with desk.house.unit_of_work() as uow:
        importing_runs.begin(
            uow, importing_runs.ImportFile("nam-2025.csv", "0" * 64, 5_000, 100), OPERATOR, at=desk.clock.now()
        )
    leader = sit_down("leader")
    assert "0/5.000 dòng của tệp nam-2025.csv" in paper(leader, tmp_path)
    assert "0/5.000 dòng của tệp nam-2025.csv" in leader.open(f"/mot-cua/bao-cao?{PERIOD}").text
    assert "còn dở" in leader.send(f"/mot-cua/bao-cao/chot?{PERIOD}").text
