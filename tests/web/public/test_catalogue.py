"""The catalogue: found as people type, by field; each page says what to bring and how long it takes."""

from __future__ import annotations

import re

import pytest

from tests.support.seeded import SINGLE
from tests.web.public.citizen import Citizen, shown


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("đăng ký khai sinh", "Đăng ký khai sinh"),
        ("dang ky khai sinh", "Đăng ký khai sinh"),
        ("KHAI SINH", "Đăng ký khai sinh"),
        ("sinh khai", "Đăng ký khai sinh"),
        ("ks", "Đăng ký khai sinh"),
        (SINGLE, "tình trạng hôn nhân"),
        ("tach thua", "Tách thửa"),
    ],
)
def test_a_procedure_is_found_as_people_type(citizen: Citizen, typed: str, found: str):
    page = citizen.open(f"/thu-tuc?q={typed}")
    assert found in page.text


def test_nothing_found_shows_the_way_on(citizen: Citizen):
    page = citizen.open("/thu-tuc?q=xin giay phep bay vu tru")
    assert shown(page, "found") == "0 thủ tục"
    assert "Cổng Dịch vụ công quốc gia" in page.text


def test_a_field_narrows_the_list(citizen: Citizen):
    page = citizen.open("/thu-tuc?linh-vuc=Hộ tịch")
    assert "Đăng ký khai sinh" in page.text
    assert "Tách thửa" not in page.text


@pytest.mark.parametrize("number", ["0", "-3", "999", "abc"])
def test_a_page_that_does_not_exist_is_the_nearest_one(citizen: Citizen, number: str):
    assert citizen.open(f"/thu-tuc?trang={number}").status_code == 200


def test_a_procedure_says_papers_time_and_fee(citizen: Citizen):
    page = citizen.open(f"/thu-tuc/{SINGLE}")
    for words in ("2 ngày làm việc", "Luật cho 3 ngày làm việc", "Cần chuẩn bị", "Không phải nộp", "QĐ-UBND (demo)"):
        assert words in page.text
    assert "<svg" in page.text  # its QR


def test_no_procedure_asks_for_the_abolished_household_book(citizen: Citizen):
    for code in (SINGLE, "1.001193", "1.004884"):
        assert "sổ hộ khẩu" not in citizen.open(f"/thu-tuc/{code}").text.lower()


def test_an_unknown_procedure_is_not_there(citizen: Citizen):
    assert citizen.open("/thu-tuc/9.999999").status_code == 404


def test_home_offers_the_most_filed_and_the_opening_hours(citizen: Citizen):
    page = citizen.open("/")
    assert "Đang mở, đến 11:30" in page.text
    assert "Thứ Hai – thứ Sáu" in page.text
    assert re.search("07:30 – 11:30</span>, <span[^>]*>13:30 – 17:00", page.text)
    assert "Ngày Văn hóa Việt Nam" in page.text


def test_english_is_one_click_away_and_stays(citizen: Citizen):
    citizen.open("/ngon-ngu/en?tiep=/thu-tuc")
    assert citizen.where() == "/thu-tuc"
    assert '<html lang="en">' in citizen.open("/").text


@pytest.mark.parametrize("address", ["https://evil.example", "//evil.example", "/\\evil.example", ""])
def test_the_language_switch_leads_nowhere_else(citizen: Citizen, address: str):
    answer = citizen.client.get("/ngon-ngu/en", query_string={"tiep": address})
    assert answer.headers["Location"] == "/"
