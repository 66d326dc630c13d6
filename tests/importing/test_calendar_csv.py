"""Days off from a file: impossible dates refuse it, odd ones are pointed out."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.calendar_csv import read_calendar
from app.domain.catalogue_rows import ImportRefused
from app.domain.catalogue_table import table_from_csv
from workflows.calendar import DayKind

HEADER = "date,kind,name,source\n"


def test_days_come_in_order_with_kind_and_source() -> None:
    days, findings = read_calendar(
        table_from_csv(HEADER + "2028-09-04,holiday,Quốc khánh,TB 1\n2028-01-03,substitute,Tết Dương lịch,BLLĐ\n")
    )
    assert [(day.day, day.kind) for day in days] == [
        (date(2028, 1, 3), DayKind.SUBSTITUTE),
        (date(2028, 9, 4), DayKind.HOLIDAY),
    ]
    assert findings.warnings == []


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("2026-02-31,holiday,x,y", "không có thật"),
        ("02/09/2026,holiday,x,y", "sai dạng"),
        ("2026-09-02,nghỉ,x,y", "phải là một trong"),
        ("2026-09-02,holiday,x,y\n2026-09-02,closure,x,y", "đã có ở dòng 2"),
    ],
)
def test_unreadable_days_refuse_the_file(row: str, said: str) -> None:
    with pytest.raises(ImportRefused, match=said):
        read_calendar(table_from_csv(HEADER + row + "\n"))


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("2026-11-20,swapped_work,làm bù,y", "vốn là ngày làm việc"),
        ("2026-11-21,substitute,bù,y", "cuối tuần"),
        ("2026-11-20,swapped_off,hoán đổi,y", "1 ngày nghỉ hoán đổi nhưng 0 ngày làm bù"),
        ("2026-11-20,holiday,nghỉ,", "thiếu căn cứ"),
    ],
)
def test_odd_days_are_pointed_out(row: str, said: str) -> None:
    _, findings = read_calendar(table_from_csv(HEADER + row + "\n"))
    assert any(said in warning.reason for warning in findings.warnings)
