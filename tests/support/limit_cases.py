"""What is wrong with limits, once for every door: the page of a procedure and the imports meet the same table.

The procedure is `SINGLE` on Monday 23 November 2026: three working days by law, two committed, its steps written for
two. `cells` are fields of `TypedLimits` changed at the direct channel; `field` is where the refusal stands.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LimitCase:
    """One wrong input: what was typed, the field that is blamed, and words of the sentence."""

    name: str
    cells: dict[str, str]
    field: str
    said: str


GOOD = {
    "statutory_amount": "3",
    "statutory_unit": "working_days",
    "committed_amount": "2",
    "committed_unit": "working_days",
    "cutoff": "",
    "decision_number": "77/QĐ-UBND",
    "decision_date": "20/11/2026",
    "shortened_from": "23/11/2026",
}
# A number and a unit alone: what the catalogue and its details can say too, they keep it as chưa xác định.
AMOUNTS = (
    LimitCase("no unit", {"statutory_unit": ""}, "statutory_unit", "thiếu đơn vị"),
    LimitCase("unknown unit", {"statutory_unit": "tuần"}, "statutory_unit", "không có trong danh mục"),
    LimitCase("no number", {"statutory_amount": ""}, "statutory_amount", "Chưa có thời hạn"),
    LimitCase("zero", {"statutory_amount": "0"}, "statutory_amount", "bằng 0"),
    LimitCase("negative", {"statutory_amount": "-3"}, "statutory_amount", "không phải số nguyên dương"),
    LimitCase("decimal", {"statutory_amount": "2,5"}, "statutory_amount", "không phải số nguyên dương"),
    LimitCase("decimal point", {"statutory_amount": "1.5"}, "statutory_amount", "không phải số nguyên dương"),
    LimitCase("words", {"statutory_amount": "ba"}, "statutory_amount", "không phải số nguyên dương"),
    LimitCase("foreign digits", {"statutory_amount": "٣"}, "statutory_amount", "không phải số nguyên dương"),
    LimitCase("huge", {"statutory_amount": "9999"}, "statutory_amount", "lớn bất thường"),
    LimitCase("endless", {"statutory_amount": "9" * 5000}, "statutory_amount", "không phải số nguyên dương"),
)
SHORTENINGS = (
    LimitCase("zero committed", {"committed_amount": "0"}, "committed_amount", "bằng 0"),
    LimitCase("huge committed", {"committed_amount": "999"}, "committed_amount", "lớn bất thường"),
    LimitCase("committed without unit", {"committed_unit": ""}, "committed_unit", "thiếu đơn vị"),
    LimitCase(
        "longer than the law",
        {"committed_amount": "4"},
        "committed_amount",
        "Kênh trực tiếp: thời hạn rút ngắn 04 ngày làm việc dài hơn thời hạn theo quy định 03 ngày làm việc",
    ),
    LimitCase(
        "longer in another unit",
        {"committed_amount": "1", "committed_unit": "months"},
        "committed_amount",
        "thời hạn rút ngắn 01 tháng dài hơn thời hạn theo quy định 03 ngày làm việc",
    ),
    LimitCase(
        "a day where the law has the same day",
        {"statutory_amount": "", "statutory_unit": "same_day", "committed_amount": "1", "committed_unit": "days"},
        "committed_amount",
        "dài hơn thời hạn theo quy định Trong ngày",
    ),
    LimitCase("no decision number", {"decision_number": ""}, "decision_number", "cần đủ số quyết định"),
    LimitCase("decision without its date", {"decision_date": ""}, "decision_date", "cần đủ số quyết định, ngày"),
    LimitCase("no day of effect", {"shortened_from": ""}, "shortened_from", "ngày hiệu lực"),
    LimitCase("impossible date", {"decision_date": "31/02/2026"}, "decision_date", "không có thật"),
    LimitCase("date in words", {"shortened_from": "mai"}, "shortened_from", "không có thật"),
    LimitCase("decision of tomorrow", {"decision_date": "24/11/2026"}, "decision_date", "ở sau hôm nay"),
    LimitCase(
        "in effect before it was decided",
        {"shortened_from": "19/11/2026"},
        "shortened_from",
        "sớm hơn ngày quyết định 20/11/2026",
    ),
    LimitCase("number too long", {"decision_number": "Q" * 201}, "decision_number", "201 ký tự"),
    LimitCase(
        "decision without shortening",
        {"committed_amount": "", "committed_unit": ""},
        "decision_number",
        "không rút ngắn",
    ),
    LimitCase("cut-off of days", {"cutoff": "10:00"}, "cutoff", "chỉ dùng cho thời hạn trong ngày"),
    LimitCase(
        "cut-off that is no hour",
        {"statutory_amount": "", "statutory_unit": "same_day", "cutoff": "25:00"},
        "cutoff",
        "Không hiểu giờ chốt nhận",
    ),
    LimitCase(
        "steps longer than the promise",
        {"committed_amount": "4", "committed_unit": "working_hours"},
        "committed_amount",
        "vượt thời hạn cam kết 04 giờ làm việc (4 giờ) từ bước",
    ),
)
CASES = (*AMOUNTS, *SHORTENINGS)
