"""Rows of imported dossiers: times, states and doubts as a file has them."""

from __future__ import annotations

from datetime import datetime

import pytest

from app.domain.catalogue_rows import Findings
from app.domain.catalogue_table import table_from_csv
from app.domain.imported_dossiers import ImportedDossier, read_dossier
from workflows.calendar import VIETNAM
from workflows.states import State


def found(**cells: str) -> tuple[ImportedDossier | None, Findings]:
    """Return the dossier of a file of one row with these cells, and what was found in it."""
    whole = {"procedure_code": "1.001193", "unit_code": "H44.105", "channel": "1", "received_at": "2026-11-02"} | cells
    text = ",".join(whole) + "\n" + ",".join(f'"{cell}"' for cell in whole.values()) + "\n"
    (row,) = table_from_csv(text).rows
    findings = Findings()
    return read_dossier(row, findings, at=vn(2026, 11, 20)), findings


def read(**cells: str) -> tuple[ImportedDossier, list[str]]:
    """Return that dossier, and its warnings as "column: reason"."""
    dossier, findings = found(**cells)
    assert dossier is not None
    return dossier, [f"{warning.column}: {warning.reason}" for warning in findings.warnings]


def vn(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2026-11-02", vn(2026, 11, 2)),
        ("2026-11-02T08:30", vn(2026, 11, 2, 8, 30)),
        ("2026-11-02 08:30:00", vn(2026, 11, 2, 8, 30)),
        ("2026-11-02T01:30:00Z", vn(2026, 11, 2, 8, 30)),
        ("02/11/2026", vn(2026, 11, 2)),
        ("2/11/2026 08:30", vn(2026, 11, 2, 8, 30)),
    ],
)
def test_times_are_vietnam_times_unless_they_say_otherwise(text: str, at: datetime) -> None:
    assert read(received_at=text)[0].received_at == at


@pytest.mark.parametrize(("text", "at"), [("2026-11-05", vn(2026, 11, 6)), ("2026-11-05T17:00", vn(2026, 11, 5, 17))])
def test_a_due_given_as_a_date_holds_until_its_end(text: str, at: datetime) -> None:
    assert read(due_at=text)[0].due_at == at


def test_the_least_a_row_needs() -> None:
    dossier, warnings = read()
    assert (dossier.state, dossier.code, dossier.applicant_name) == (State.PROCESSING, "", "")
    assert dossier.result_required
    assert warnings == []


@pytest.mark.parametrize(
    ("cells", "state"),
    [
        ({"status": "2"}, State.RECEIVED),
        ({"status": "9", "finished_at": "2026-11-03"}, State.FINISHED),
        ({"finished_at": "2026-11-03"}, State.FINISHED),
        ({"finished_at": "2026-11-03", "returned_at": "2026-11-04"}, State.RETURNED),
    ],
)
def test_the_state_is_the_status_or_what_the_times_say(cells: dict[str, str], state: State) -> None:
    assert read(**cells)[0].state is state


@pytest.mark.parametrize(
    ("cells", "warning"),
    [
        ({"status": "9", "finished_at": "2026-10-30"}, "finished_at: kết thúc trước khi tiếp nhận"),
        ({"status": "9"}, "finished_at: đã đóng nhưng không có ngày kết thúc"),
        ({"status": "4", "finished_at": "2026-11-03"}, "finished_at: có ngày kết thúc nhưng trạng thái chưa đóng"),
        ({"due_at": "2026-10-01"}, "due_at: hạn trả trước khi tiếp nhận"),
        ({"due_at": "2026-11-09", "statutory_due_at": "2026-11-05"}, "statutory_due_at: hạn theo luật sớm hơn hạn hẹn"),
        ({"submitted_at": "2026-11-03"}, "submitted_at: nộp sau khi tiếp nhận"),
        ({"received_at": "2026-11-21"}, "received_at: tiếp nhận sau thời điểm nhập (từ tương lai)"),
        ({"finished_at": "2026-11-21"}, "finished_at: kết thúc sau thời điểm nhập (từ tương lai)"),
        ({"applicant_name": "=1+1"}, "applicant_name: ô bắt đầu bằng dấu =; giữ nguyên như chữ, không tính"),
        ({"components": "2", "components_digitized": "3"}, "components_digitized: 3 nhiều hơn số thành phần; tính 2"),
        ({"applicant_name": "A" * 5000}, "applicant_name: tên dài 5000 ký tự; giữ 200 ký tự đầu"),
    ],
)
def test_what_contradicts_itself_goes_in_and_is_listed(cells: dict[str, str], warning: str) -> None:
    assert read(**cells)[1] == [warning]


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"received_at": "31/02/2026"}, "received_at"),
        ({"received_at": ""}, "received_at"),
        ({"channel": "4"}, "channel"),
        ({"channel": ""}, "channel"),
        ({"unit_code": ""}, "unit_code"),
        ({"procedure_code": ""}, "procedure_code"),
        ({"status": "11"}, "status"),
        ({"components": "-1"}, "components"),
        ({"fee_vnd": "8.000"}, "fee_vnd"),
        ({"paid_online": "có lẽ"}, "paid_online"),
        ({"finished_at": "=NOW()"}, "finished_at"),
    ],
)
def test_what_cannot_be_read_refuses_the_file(cells: dict[str, str], column: str) -> None:
    dossier, findings = found(**cells)
    assert dossier is None
    assert [fault.column for fault in findings.errors] == [column]
