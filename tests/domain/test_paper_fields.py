"""What a paper seems to say: number, day, name; proposals only, and words by which it is found."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.paper_fields import Proposals, proposals_in, words_of


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "ỦY BAN NHÂN DÂN\nSố: 125/QĐ-UBND\nTân Hiệp, ngày 12 tháng 10 năm 2026",
            Proposals("125/QĐ-UBND", date(2026, 10, 12)),
        ),
        ("Số: 07 / GCN - SXD ngày 31/12/2025", Proposals("07/GCN-SXD", date(2025, 12, 31))),
        ("Họ và tên chủ hộ: Lê Thị Mẫu, giới tính nữ", Proposals(name="Lê Thị Mẫu")),
        ("Họ, chữ đệm, tên: Trần Văn Thử\nNgày sinh", Proposals(name="Trần Văn Thử")),
        ("ngày 31 tháng 02 năm 2026, sau đó ngày 1 tháng 3 năm 2026", Proposals(dated=date(2026, 3, 1))),
        ("ĐƠN XIN XÁC NHẬN\nKính gửi", Proposals()),
        ("", Proposals()),
    ],
)
def test_what_is_read_is_proposed(text, said):
    assert proposals_in(text) == said


def test_words_are_found_however_they_are_typed():
    assert words_of("Nguyễn Văn Đặng, thửa 318") == {"nguyen", "van", "dang", "thua", "318"}
    assert words_of("a . , 1") == frozenset()
