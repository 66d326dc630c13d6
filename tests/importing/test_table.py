"""CSV, JSON and XLSX become rows with their line; every fault of a file is named at once."""

from __future__ import annotations

import gzip
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from openpyxl import Workbook
from openpyxl.xml.functions import fromstring

from app.adapters import unvalued_formulas
from app.adapters.tables import read_table
from app.domain.catalogue_rows import Fault, ImportRefused, Table
from app.domain.catalogue_table import json_array, json_lines, table_from_csv


def table_of(text: str) -> Table:
    if text.startswith("["):
        return json_array(text).table()
    return json_lines(text.split("\n")).table() if text.startswith("{") else table_from_csv(text)


def refusal(text: str) -> tuple[Fault, ...]:
    with pytest.raises(ImportRefused) as refused:
        table_of(text)
    return refused.value.faults


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(delimiter: str) -> None:
    table = table_from_csv(f"Code{delimiter} Name \n1{delimiter}một, hai\n".replace("một, hai", '"một, hai"'))
    assert table.columns == ("code", "name")
    assert table.rows[0].text("name") == "một, hai"


def test_a_cell_over_several_lines_keeps_the_line_it_starts_on() -> None:
    table = table_from_csv('code,name\n1,"một\nhai"\n\n2,ba\n')
    assert [(row.line, row.text("name")) for row in table.rows] == [(2, "một hai"), (5, "ba")]


@pytest.mark.parametrize(
    ("text", "line", "column", "said"),
    [
        ("", 1, "tệp", "tệp rỗng"),
        ("code,name\n1\n", 2, "name", "thiếu ô"),
        ("code,name\n1,một,thừa\n", 2, "name", "thừa ô"),
        ("code,code\n1,2\n", 1, "code", "trùng"),
        ("code,,name\n1,2,3\n", 1, "(trống)", "trống"),
        ('code,name\n1,"một\n', 2, "tệp", "nháy kép"),
        ('code,name\n1,"mộ"t\n', 2, "tệp", "nháy kép"),
        ("code,name\n1,mộ\x07t\n", 2, "name", "ký tự điều khiển"),
        ("[1, 2]", 1, "tệp", "đối tượng JSON"),
        ('{"code": 1}\n{"code": \n', 2, "tệp", "JSON"),
        ("[" * 100_000, 1, "tệp", "JSON"),
    ],
)
def test_what_cannot_be_read_is_named(text: str, line: int, column: str, said: str) -> None:
    (fault, *_) = refusal(text)
    assert (fault.line, fault.column) == (line, column)
    assert said in fault.reason


def test_all_faults_come_at_once() -> None:
    assert [fault.line for fault in refusal("a,b\n1\n2,3\n4\n5,6,7\n")] == [2, 4, 5]


def test_json_lines_and_arrays_read_alike() -> None:
    array = table_of('[{"Code": "1", "name": null}, {"code": 2}]')
    lines = table_of('{"Code": "1", "name": null}\n\n{"code": 2}\n')
    assert [row.text("code") for row in array.rows] == [row.text("code") for row in lines.rows] == ["1", "2"]
    assert [row.line for row in lines.rows] == [1, 3]


def test_gzip_is_unpacked(tmp_path: Path) -> None:
    file = tmp_path / "x.csv.gz"
    file.write_bytes(gzip.compress("code,name\n1,một\n".encode()))
    assert read_table(file).rows[0].text("name") == "một"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (gzip.compress(b"code,name\n" * 99, mtime=0)[:-20], "hỏng hoặc tải chưa trọn"),
        (b"\xd0\xcf\x11\xe0 old excel", ".xls"),
        (b"PK\x03\x04 not a workbook", ".xlsx"),
        (b"", "tệp rỗng"),
        (b"  \n\n", "tệp rỗng"),
    ],
)
def test_broken_files_are_refused(tmp_path: Path, data: bytes, said: str) -> None:
    file = tmp_path / "x"
    file.write_bytes(data)
    with pytest.raises(ImportRefused, match=said):
        read_table(file)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ImportRefused, match=r"không mở được tệp none\.csv"):
        read_table(tmp_path / "none.csv")


def test_a_spreadsheet_gives_values_and_says_what_it_left_out(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(["code", "day", "count"])
    sheet.append(["1.001100", date(2026, 9, 2), 3])
    sheet.append([None, None, None])
    book.create_sheet("Ẩn").sheet_state = "hidden"
    book.save(tmp_path / "x.xlsx")
    table = read_table(tmp_path / "x.xlsx")
    (row,) = table.rows
    assert (row.line, row.text("code"), row.text("day"), row.text("count")) == (2, "1.001100", "2026-09-02", "3")
    assert [str(note) for note in table.notes] == ["dòng 1, cột tệp: bỏ qua trang tính “Ẩn”"]


def test_a_formula_without_a_stored_value_is_named_with_row_and_column(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    for line in (["code", "day", "count"], ["1.1", "2026-09-02", 3], [None, None, "=1+1"], ["=A2", "2026-09-02", "=2"]):
        sheet.append(line)
    book.save(tmp_path / "x.xlsx")
    with pytest.raises(ImportRefused) as refused:
        read_table(tmp_path / "x.xlsx")
    assert [(fault.line, fault.column) for fault in refused.value.faults] == [(3, "count"), (4, "code"), (4, "count")]
    assert "lưu lại" in refused.value.faults[0].reason


@pytest.mark.parametrize(
    ("cell", "lost"),
    [
        ('<c r="B2"><f>1+1</f><v>2</v></c>', []),
        ('<c r="B2" t="str"><f>A9&amp;""</f><v></v></c>', []),  # computed, and an empty text
        ('<c r="B2"><f>1+1</f><v></v></c>', [1]),
        ('<c r="B2"><f>1+1</f></c>', [1]),
        ("<c><f>1+1</f></c>", [0]),
        ('<c r="B2"/>', []),
    ],
)
def test_a_formula_has_a_value_when_the_file_says_one(cell: str, lost: list[int]) -> None:
    assert list(unvalued_formulas._columns(fromstring(f"<row>{cell}</row>"))) == lost


def test_a_formula_that_was_computed_is_read(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "x.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["code", "count"])
        sheet.write_row(1, 0, ["1.001100"])
        sheet.write_formula(1, 1, "=1+1", None, 2)
    (row,) = read_table(tmp_path / "x.xlsx").rows
    assert (row.text("count"), row.faults) == ("2", ())


def test_a_formula_as_column_name_without_a_value_is_named_by_its_letter(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["code", "=A1"])
    book.save(tmp_path / "x.xlsx")
    with pytest.raises(ImportRefused, match="dòng 1, cột B: công thức"):
        read_table(tmp_path / "x.xlsx")
