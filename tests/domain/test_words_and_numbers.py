"""Names, numbers and cards as people type and scan them."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import checks
from app.domain.chain import Outline, canonical, merkle_root
from app.domain.citizen_card import CardGarbled, CardUnreadable, contradicted, read_card
from app.domain.identifiers import (
    CounterExhausted,
    code_format,
    is_dossier_code,
    new_filing_number,
    new_secret,
    normal_number,
    normal_secret,
)
from app.domain.vietnamese import clean, fold, person_sort_key, place_key, sort_key
from workflows.errors import RuleBroken

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Đặng Thị Hòa", "dang thi hoa"),
        ("ĐẶNG  THỊ HOÀ", "dang thi hoa"),
        ("Y Blok Êban", "y blok eban"),
        ("H'Hen Niê", "h hen nie"),
        (unicodedata.normalize("NFD", "Nguyễn Phước"), "nguyen phuoc"),
    ],
)
def test_a_clerk_may_type_without_diacritics(typed: str, folded: str) -> None:
    assert fold(typed) == folded


def test_names_come_in_the_vietnamese_alphabet() -> None:
    assert sorted(["đa", "da", "ăn", "an", "ân", "ôm", "om", "ơn", "ưa", "ua"], key=sort_key) == [
        "an", "ăn", "ân", "da", "đa", "om", "ôm", "ơn", "ua", "ưa",
    ]  # fmt: skip


def test_people_are_listed_by_given_name() -> None:
    assert sorted(["Trần Văn An", "Lê Bình", "Nguyễn An"], key=person_sort_key) == [
        "Nguyễn An", "Trần Văn An", "Lê Bình",
    ]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), [("Hòa Bình", "Hoà Bình"), ("Thủy Nguyên", "Thuỷ Nguyên"), ("HÒA", "hoà")])
def test_two_spellings_of_a_place_meet(one: str, other: str) -> None:
    assert place_key(one) == place_key(other)


@pytest.mark.parametrize(("one", "other"), [("Hòa", "Hóa"), ("Tân", "Tấn"), ("Hoa", "Hòa"), ("Đa", "Da")])
def test_different_places_stay_apart(one: str, other: str) -> None:
    assert place_key(one) != place_key(other)


@given(st.text(st.characters(max_codepoint=127), max_size=40))
def test_plain_text_is_cleaned_as_any_other(text: str) -> None:
    assert clean(text) == " ".join(text.split())


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize(
    ("check", "typed", "kept"),
    [
        (checks.citizen_number, "099 088.004172", "099088004172"),
        (checks.phone, "+84 912 345 678", "0912345678"),
        (checks.phone, "", ""),
        (checks.email, " ten@vidu.vn ", "ten@vidu.vn"),
    ],
)
def test_what_is_meant_is_understood(check, typed: str, kept: str) -> None:
    assert check(typed) == kept


@pytest.mark.parametrize(
    ("check", "typed", "says"),
    [
        (checks.citizen_number, "09908800417", "đang có 11"),
        (checks.citizen_number, "0990880041723", "đang có 13"),
        (checks.citizen_number, "09908800417A", "đang có 12"),
        (checks.phone, "0912", "ví dụ 0912345678"),
        (checks.phone, "không có", "ví dụ 0912345678"),
        (checks.email, "ten@vidu", "ví dụ ten@vidu.vn"),
    ],
)
def test_what_is_wrong_is_said_with_the_way_to_mend_it(check, typed: str, says: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        check(typed)
    assert says in str(refused.value)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("05/09/1990", "05/09/1990"), ("5.9.1990", "05/09/1990"), ("1950", "1950"), ("7/1950", "07/1950")],
)
def test_a_birth_may_be_only_a_year(typed: str, kept: str) -> None:
    assert checks.birth(typed, today=TODAY) == kept


@pytest.mark.parametrize(
    "typed", ["31/02/2026", "02-30-26", "2206", "24/11/2026", "hôm qua", "00/00/0000", "29/02/2025"]
)
def test_impossible_births_are_refused(typed: str) -> None:
    with pytest.raises(RuleBroken):
        checks.birth(typed, today=TODAY)


def test_a_long_name_is_refused_with_its_length() -> None:
    with pytest.raises(checks.TooLong, match="dài 5000 ký tự, tối đa 200"):
        checks.text("a" * 5_000, what="họ tên", where="name")


@pytest.mark.parametrize(
    ("number", "birth", "sex", "contradicts"),
    [
        ("099088004172", "14/03/1988", "Nam", False),
        ("099188004172", "14/03/1988", "Nam", True),  # 1 = woman of the 1900s
        ("099288004172", "14/03/1988", "Nam", True),  # 2 = man of the 2000s
        ("099088004172", "1989", "Nam", True),
        ("099303004172", "2003", "Nữ", False),
    ],
)
def test_a_number_that_contradicts_the_birth_is_noticed(number: str, birth: str, sex: str, contradicts: bool) -> None:
    assert checks.contradicts_birth(number, birth, sex) is contradicts


CARD_2021 = "099088004172|012345678|Phạm Đình Thử|14031988|Nam|Xóm Đồi Chè, Vĩnh An|01052021"


@pytest.mark.parametrize("scanned", [CARD_2021, CARD_2021 + "|Phạm Văn Cha|Bùi Thị Mẹ", CARD_2021 + "\r\n"])
def test_both_layouts_of_the_card_are_read(scanned: str) -> None:
    card = read_card(scanned)
    assert (card.number, card.name, card.birth, card.sex) == ("099088004172", "Phạm Đình Thử", "14/03/1988", "Nam")


@pytest.mark.parametrize(
    ("name", "sex"),
    [
        ("Phamj DDinhf Thuwr", "Nam"),  # Telex
        ("Pha5m D9i2nh Thu73", "Nam"),  # VNI
        ("Phạm Thị Thử", "Nux"),  # only one field was hit
        ("Phạm Thị Thử", "Nu74"),
    ],
)
def test_a_typing_program_that_garbles_the_scan_is_named(name: str, sex: str) -> None:
    with pytest.raises(CardGarbled, match="UniKey"):
        read_card(f"099088004172|012345678|{name}|14031988|{sex}|Xoms DDooif Chef|01052021")


@pytest.mark.parametrize("scanned", ["", "H99.105-261123-0001", "a|b|c", "099088004172|||99999999|Nam||"])
def test_anything_else_is_no_card(scanned: str) -> None:
    with pytest.raises((CardUnreadable, CardGarbled)):
        read_card(scanned)


@pytest.mark.parametrize(
    ("number", "name", "birth", "unlike"),
    [
        ("", "", "", ()),
        ("025 188 004 172", "PHAM THI HOA", "14/3/1988", ()),
        ("131234567", "Phạm Thị Hoà", "1988", ()),
        ("025188004173", "", "", ("number",)),
        ("025188004172", "Phạm Thị Hoa Mai", "03/1988", ("name",)),
        ("", "Vi Văn Hải", "04/1988", ("name", "birth")),
        ("", "", "năm 1988", ("birth",)),
    ],
)
def test_a_card_of_somebody_else_is_told_by_what_differs(number, name, birth, unlike):
    card = read_card("025188004172|131234567|Phạm Thị Hòa|14031988|Nữ|Xóm Đồi Chè, xã Vĩnh An|10052022")
    assert contradicted(card, number=number, name=name, birth=birth) == unlike


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("h99.105-261123-0041", "H99.105-261123-0041"),
        ("H99.105–261123–0041", "H99.105-261123-0041"),
        ("Ｈ９９.105-261123-0041", "H99.105-261123-0041"),
        ("H99.105 261123 0041", "H99.105-261123-0041"),
        ("H99.105-261123-OO41", "H99.105-261123-0041"),
    ],
)
def test_a_mistyped_code_is_mended(typed: str, kept: str) -> None:
    assert normal_number(typed) == kept


def test_codes_have_the_shape_of_their_day() -> None:
    code = code_format(date(2026, 11, 23)).code("H99.105", date(2026, 11, 23), 7)
    assert code == "H99.105-261123-0007"
    assert is_dossier_code(code)


def test_the_counter_never_wraps() -> None:
    with pytest.raises(CounterExhausted):
        code_format(TODAY).code("H99.105", TODAY, 10_000)


def test_a_secret_is_read_as_printed() -> None:
    secret = new_secret()
    assert normal_secret(f"{secret[:4].lower()}-{secret[4:]} ") == secret
    assert new_filing_number() != new_filing_number()


@given(st.dictionaries(st.text(st.characters(max_codepoint=127)), st.none() | st.integers() | st.text()))
def test_an_outline_writes_what_canonical_json_says(values) -> None:
    assert Outline(values).of(values).encode() == canonical(values)
    nested = {**values, "after": values}
    assert Outline(nested).of(values, after=Outline(values).of(values)).encode() == canonical(nested)
    same = dict(list(values.items())[::2])
    assert Outline(values, same).of(values).encode() == canonical(values)


def test_canonical_json_is_that_of_rfc_8785() -> None:
    assert canonical({"b": 1, "a": ["ế", None, True]}) == '{"a":["ế",null,true],"b":1}'.encode()
    with pytest.raises(TypeError):
        canonical({"rate": 0.5})


@pytest.mark.parametrize("count", [0, 1, 2, 3, 7, 8])
def test_a_merkle_root_depends_on_every_leaf_and_its_place(count: int) -> None:
    leaves = [f"{number:064x}" for number in range(count)]
    root = merkle_root(leaves)
    if count > 1:
        assert merkle_root([*leaves[1:], leaves[0]]) != root
        assert merkle_root(leaves[:-1]) != root
    assert len(root) == 64
