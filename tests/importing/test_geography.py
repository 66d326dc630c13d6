"""Places and agencies: two spellings of one place meet, codes keep their zeros."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.catalogue_rows import ImportRefused
from app.domain.catalogue_table import table_from_csv
from app.domain.geography import GeographyRead, PlaceLevel, read_geography, short_name
from app.domain.vietnamese import place_key


def geography(text: str) -> GeographyRead:
    return read_geography(table_from_csv(text))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Phường Tân Hòa", "Phường Tân Hoà"),
        ("Xã Minh Hóa", "Xã Minh Hoá"),
        ("Phường Lệ Thủy", "Phường Lệ Thuỷ"),
        ("xã Bắc Sơn", "Xã Bắc Sơn"),
        ("Xã Quỳ Hợp", "Xã  Quỳ Hợp "),
    ],
)
def test_two_spellings_of_a_place_meet(one: str, other: str) -> None:
    assert place_key(one) == place_key(other)


@pytest.mark.parametrize(("one", "other"), [("Xã Hòa An", "Xã Hóa An"), ("Xã An Hoa", "Xã An Hòa"), ("Ấn", "Ân")])
def test_different_names_stay_apart(one: str, other: str) -> None:
    assert place_key(one) != place_key(other)


@given(st.text(alphabet="aăâeêioôơuưyhnthc ", max_size=20))
def test_a_key_of_a_key_is_itself(name: str) -> None:
    assert place_key(place_key(name)) == place_key(name)


def test_communes_bring_their_province_once() -> None:
    read = geography(
        "province_code,province,code,full_name,name\n01,Thành phố Hà Nội,00004,Phường Ba Đình,Ba Đình\n"
        "01,Thành phố Hà Nội,00008,Phường Ngọc Hà,Ngọc Hà\n"
    )
    assert [(place.code, place.level, place.province_code) for place in read.places] == [
        ("01", PlaceLevel.PROVINCE, ""),
        ("00004", PlaceLevel.COMMUNE, "01"),
        ("00008", PlaceLevel.COMMUNE, "01"),
    ]


def test_agencies_of_a_province() -> None:
    read = geography(
        "agency_code,agency_name,level,gso_commune_code,gso_commune_name\nH44.01,Văn phòng UBND Tỉnh,PROVINCE,,\n"
        "H44.100,UBND Phường Việt Trì,COMMUNE,07900,Phường Việt Trì\nH44.101,UBND Phường Nông Trang,COMMUNE,,\n"
    )
    assert [agency.code for agency in read.agencies] == ["H44.01", "H44.100", "H44.101"]
    assert [str(warning) for warning in read.findings.warnings] == [
        "dòng 4, cột gso_commune_code: cơ quan cấp xã chưa ghép với mã đơn vị hành chính"
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("code,full_name\n4,Tỉnh Cao Bằng\n", "giữ số 0 đầu"),
        ("code,full_name\n04,\n", "thiếu tên"),
        ("code,full_name\n00004,Phường A\n00004,Phường B\n", "đã có ở dòng 2"),
        ("agency_code,agency_name,level\nX-1,Sở,PROVINCE\n", "sai dạng"),
        ("x,y\n1,2\n", "không nhận ra tiêu đề"),
    ],
)
def test_unreadable_units_refuse_the_file(text: str, said: str) -> None:
    with pytest.raises(ImportRefused, match=said):
        geography(text)


def test_two_communes_of_a_province_with_one_name_are_pointed_out() -> None:
    read = geography(
        "province_code,province,code,full_name\n25,Tỉnh Phú Thọ,00001,Xã Hòa Bình\n25,Tỉnh Phú Thọ,00002,Xã Hoà Bình\n"
    )
    assert "trùng tên với đơn vị mã 00001" in read.findings.warnings[0].reason


def test_a_name_loses_its_type() -> None:
    assert [short_name(name) for name in ("Xã Vĩnh An", "Đặc khu Phú Quốc", "Huế")] == ["Vĩnh An", "Phú Quốc", "Huế"]
