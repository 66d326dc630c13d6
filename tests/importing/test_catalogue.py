"""Rows of the national catalogue: what is read, what stays chưa xác định, what refuses the file."""

from __future__ import annotations

import json

import pytest

from app.domain.catalogue import CatalogueRead, Level, read_catalogue
from app.domain.catalogue_components import CatalogueDetail, read_details
from app.domain.catalogue_limits import Fee, fee_doubt, read_fee, read_limit
from app.domain.catalogue_minutes import working_minutes
from app.domain.catalogue_rows import Fault, ImportRefused
from app.domain.catalogue_table import json_array, table_from_csv
from app.domain.channels import Channel
from app.domain.process_fit import check_process
from app.services.importing import usual_steps
from workflows.limits import TimeLimit

HEADER = (
    "code,name,field,levels,competent_agency,direct_time,direct_unit,online_time,online_unit,"
    "accepts_direct,accepts_online,accepts_post,channel_rows,fee,result,result_code"
)
GOOD = "1.001193,Khai sinh,Hộ tịch,Cấp xã,UBND xã,3,Ngày làm việc,2,Ngày,1,1,0,2,Miễn phí,Giấy khai sinh,KQ.G15.000031"


def catalogue(*rows: str) -> CatalogueRead:
    return read_catalogue(table_from_csv("\n".join((HEADER, *rows)) + "\n"))


def changed(**cells: str) -> str:
    columns = HEADER.split(",")
    values = dict(zip(columns, GOOD.split(","), strict=True)) | cells
    return ",".join(f'"{values[column]}"' for column in columns)


@pytest.mark.parametrize(
    ("number", "unit", "limit", "reason"),
    [
        ("3", "Ngày làm việc", "3 working days", ""),
        ("30", "Ngày", "30 days", ""),
        ("2", "Tháng", "2 months", ""),
        ("4", "Giờ làm việc", "4 working hours", ""),
        ("8", "Giờ", "8 hours", "giờ liên tục"),
        ("3", "", None, "thiếu đơn vị"),
        ("", "Ngày", None, "Chưa có thời hạn"),
        ("1.5", "Ngày làm việc", None, "không phải số nguyên"),
        ("0", "Ngày", None, "bằng 0"),
        ("-3", "Ngày", None, "không phải số nguyên"),
        ("٣", "Ngày", None, "không phải số nguyên"),
        ("5", "Tuần", None, "không có trong danh mục"),
        ("9999", "Ngày", None, "lớn bất thường"),
        ("9" * 5000, "Ngày", None, "không phải số nguyên"),
    ],
)
def test_limits_are_never_guessed(number: str, unit: str, limit: str | None, reason: str) -> None:
    read = read_limit(number, unit)
    assert read.limit == (TimeLimit.parse(limit) if limit else None)
    assert reason in read.reason
    assert bool(read.reason) == bool(reason)


@pytest.mark.parametrize(
    ("text", "amount", "doubtful"),
    [
        ("Miễn phí", 0, False),
        ("50,000 Việt Nam Đồng", 50_000, False),
        ("2.300.000 VNĐ", 2_300_000, False),
        ("10 USD", None, True),
        ("45 VNĐ", None, True),
        ("Theo quy định", None, True),
        ("Không có thông tin", None, False),
        ("", None, False),
    ],
)
def test_fees_keep_their_words(text: str, amount: int | None, doubtful: bool) -> None:
    fee = read_fee(text)
    assert fee == Fee(text, amount)
    assert bool(fee_doubt(fee)) == doubtful


def test_a_good_row_is_complete() -> None:
    (procedure,) = catalogue(GOOD).procedures
    assert procedure.complete
    assert procedure.levels == {Level.COMMUNE}
    assert [(terms.channel, str(terms.limit)) for terms in procedure.terms] == [
        (Channel.DIRECT, "3 working days"),
        (Channel.ONLINE, "2 days"),
    ]


@pytest.mark.parametrize(
    ("cells", "column", "said"),
    [
        ({"direct_unit": ""}, "direct_unit", "Có số 3 nhưng thiếu đơn vị"),
        ({"online_time": "", "online_unit": ""}, "online_time", "Chưa có thời hạn"),
        ({"accepts_direct": "0", "accepts_online": "0"}, "accepts_direct", "không có kênh"),
        ({"channel_rows": "6"}, "channel_rows", "6 mức cho 2 kênh"),
        ({"name": "x" * 1094}, "name", "1094 ký tự"),
        ({"name": "Quyết định\nlẫn vào"}, "name", "xuống dòng"),
        ({"levels": "Cấp huyện"}, "levels", "không có trong danh mục"),
        ({"fee": "20 VNĐ"}, "fee", "nhỏ bất thường"),
        ({"result_code": "KQ.G12.0001295."}, "result_code", "sai dạng"),
        ({"competent_agency": ""}, "agency", "thiếu cơ quan"),
    ],
)
def test_an_incomplete_row_becomes_a_draft_and_is_listed(cells: dict[str, str], column: str, said: str) -> None:
    read = catalogue(changed(**cells))
    (warning,) = read.findings.warnings
    assert (warning.line, warning.column) == (2, column)
    assert said in warning.reason
    assert not read.procedures[0].complete
    assert read.procedures[0].doubts == (f"{column}: {warning.reason}",)


@pytest.mark.parametrize(
    ("cells", "column", "said"),
    [
        ({"code": "1.0012"}, "code", "sai dạng"),
        ({"code": ""}, "code", "sai dạng"),
        ({"name": ""}, "name", "thiếu tên"),
        ({"field": ""}, "field", "thiếu lĩnh vực"),
        ({"accepts_post": "có"}, "accepts_post", "0 hoặc 1"),
    ],
)
def test_an_unreadable_row_refuses_the_file(cells: dict[str, str], column: str, said: str) -> None:
    with pytest.raises(ImportRefused) as refused:
        catalogue(GOOD, changed(**{"code": "1.000001", **cells}))
    (fault,) = refused.value.faults
    assert (fault.line, fault.column) == (3, column)
    assert said in fault.reason


def test_a_code_that_stands_twice_names_both_lines() -> None:
    with pytest.raises(ImportRefused, match=r"dòng 3, cột code: mã 1\.001193 đã có ở dòng 2"):
        catalogue(GOOD, GOOD)


def test_a_missing_column_is_named() -> None:
    with pytest.raises(ImportRefused) as refused:
        read_catalogue(table_from_csv("code,name\n1.001193,Khai sinh\n"))
    assert [fault.column for fault in refused.value.faults] == ["field", "levels"]


def test_decomposed_letters_are_composed() -> None:
    assert catalogue(changed(name="Ho\u0300a gia\u0309i")).procedures[0].name == "Hòa giải"


def details(**record: object) -> tuple[CatalogueDetail, list[Fault]]:
    text = json.dumps([{"code": "1.001193", "documents": [], "channels": [], **record}])
    (detail,), findings = read_details(json_array(text).table())
    return detail, findings.warnings


def test_papers_are_told_from_headings_and_guidance() -> None:
    detail, warnings = details(
        documents=[
            {"name": "* Giấy tờ phải nộp:", "copies": "0 bản chính"},
            {"name": "hoặc", "copies": "1 bản chính"},
            {"name": "- Giấy chứng sinh;", "copies": "1 bản chính,2 bản sao"},
            {"name": "Tờ khai theo Thông tư năm", "copies": "20261 bản chính"},
        ]
    )
    assert [(paper.name, paper.originals, paper.copies) for paper in detail.components] == [
        ("Giấy chứng sinh", 1, 2),
        ("Tờ khai theo Thông tư năm", None, None),
    ]
    (warning,) = warnings
    assert "dính số khác" in warning.reason


def offer(time: str, unit: str, fee: str = "Miễn phí", note: str = "") -> dict[str, str]:
    return {"channel": "Trực tiếp", "time_value": time, "time_unit": unit, "fee": fee, "note": note or fee}


def test_rows_of_one_channel_that_disagree_leave_the_limit_open() -> None:
    detail, warnings = details(channels=[offer("1", "Ngày"), offer("3", "Ngày")])
    assert detail.channels[0].limit is None
    assert "2 mức thời hạn" in warnings[0].reason


@pytest.mark.parametrize(
    ("fee", "note", "amount"),
    [
        ("Miễn phí", "Miễn phí", 0),
        ("Miễn phí", "Miễn phí(Không)", 0),
        ("Miễn phí", "Miễn phí(do Ủy ban nhân dân cấp tỉnh quy định.)", None),
        ("2,000 Việt Nam Đồng", "2,000 Việt Nam Đồng(/trang)", None),
        ("50,000 VNĐ", "50,000 VNĐ", 50_000),
    ],
)
def test_a_fee_with_a_condition_keeps_its_sentence_and_no_amount(fee: str, note: str, amount: int | None) -> None:
    detail, _ = details(channels=[offer("1", "Ngày", fee, note)])
    assert detail.channels[0].fee == Fee(note, amount)


@pytest.mark.parametrize(
    "stated", ["1 days", "2 days", "3 days", "1 months", "1 working days", "4 working hours", "1 hours", "24 hours"]
)
def test_the_usual_steps_fit_every_limit_that_a_catalogue_states(stated):
    steps = usual_steps(working_minutes(TimeLimit.parse(stated)))
    check_process(steps, [{"statutory": stated, "committed": None}])
