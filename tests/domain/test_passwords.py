"""Passwords: length counts, what others try first is refused, nothing is cut off."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.common_passwords import WORDS
from app.domain.passwords import (
    PasswordTellsWho,
    PasswordTooCommon,
    PasswordTooLong,
    PasswordTooShort,
    check_password,
    is_common,
    one_time_password,
)
from app.services import passwords

ABOUT = ("hang.nt", "Ngô Thu Hằng", "UBND xã Vĩnh An", "motcua")


@pytest.mark.parametrize(
    "password",
    [
        "bốn con ngựa đá dưới chân cầu",
        "trời xanh mây trắng nắng vàng",
        "correct horse battery",
        "yz8u-hgtg-z9nu-k6bq",
        "🌾 lúa chín vàng đồng 🌾",
        "a b c d e f g h! khoai lang nướng" * 4,
    ],
)
def test_a_long_sentence_of_one_s_own_is_taken(password):
    check_password(password, about=ABOUT)


@pytest.mark.parametrize(
    ("password", "refusal"),
    [
        ("", PasswordTooShort),
        ("mười bốn ký tự", PasswordTooShort),
        ("x" * 257, PasswordTooLong),
        ("aaaaaaaaaaaaaaaa", PasswordTooCommon),
        ("abcabcabcabcabcabc", PasswordTooCommon),
        ("123456789012345", PasswordTooCommon),
        ("qwertyuiopasdfgh", PasswordTooCommon),
        ("matkhau123matkhau", PasswordTooCommon),
        ("P@ssw0rdP@ssw0rd1", PasswordTooCommon),
        ("Mật khẩu 2026 2026", PasswordTooCommon),
        ("Việt Nam Việt Nam 1", PasswordTooCommon),
        ("Anh Yêu Em 1234567", PasswordTooCommon),
        ("NGO THU HANG dep gai", PasswordTellsWho),
        ("xa vinh an, ubnd xã vĩnh an", PasswordTellsWho),
        ("hệ thống một cửa của tôi", PasswordTellsWho),
    ],
)
def test_what_others_would_try_first_is_refused(password, refusal):
    with pytest.raises(refusal) as refused:
        check_password(password, about=ABOUT)
    assert refused.value.where == "new"


# What lists of leaked passwords are full of, in the shapes that clerks give them.
LEAKED = """
    12345678 87654321 11112222 25121987 19871225 0912345678 001088001234 qwertyui asdfghjk 1qaz2wsx 1qaz@WSX
    q1w2e3r4 password Password1 P@ssw0rd p@ssw0rd123 matkhau1 Matkhau@123 MatKhau2026 admin123 Admin@2026 quantri1
    Quantri@2025 iloveyou anhyeuem emyeuanh1 Anhyeuem@2019 yeumaimai99 giadinh123 hanhphuc88 maymandi1 phatloc68
    tailoc888 vietnam1 Vietnam@123 hanoi2026 saigon123 danang43 haiphong16 phutho2025 nguyen1990 Nguyen@1990
    tran1985! linh2003 tuananh1 minhhai88 thuylinh2000 ubnd2026 ubnd@2025 ubndxa123 UbndPhuong1 motcua2026
    Motcua@123 dichvucong1 hanhchinh1 congchuc1 canbo2026 vanphong1 vanthu123 chutich1 hotich2026 chungthuc1
    thang112026 nam2026! tet2026! samsung1 iphone12 facebook1 zalo1234 liverpool1 ronaldo7 dragon123 monkey12
    football1 abcd1234 abc12345 test1234 changeme1 welcome1 qwerty123 zxcvbnm1
""".split()  # noqa: SIM905 - a list of words is read as words


def test_what_leaked_elsewhere_is_refused_at_any_length():
    assert [password for password in LEAKED if not is_common(password)] == []


def test_the_list_of_common_words_is_short_plain_and_refuses_no_sentence():
    assert len(WORDS) <= 200
    assert all(re.fullmatch(r"[a-z]+", word) for word in WORDS)
    own = ("hoa mai vàng nở bên hiên nhà", "nam thuyền đậu bến sông quê", "khoai lang nướng", "mưa rơi trên mái tôn")
    assert [sentence for sentence in own if is_common(sentence)] == []


@pytest.mark.parametrize(
    ("length", "has_totp", "taken"), [(14, False, False), (15, False, True), (7, True, False), (8, True, True)]
)
def test_a_second_factor_allows_a_shorter_password(length, has_totp, taken):
    password = "khoai lang nướng"[:length]
    if taken:
        check_password(password, about=(), has_totp=has_totp)
    else:
        with pytest.raises(PasswordTooShort):
            check_password(password, about=(), has_totp=has_totp)


def test_one_time_passwords_are_long_different_and_readable():
    made = {one_time_password() for _ in range(200)}
    assert len(made) == 200
    for password in made:
        check_password(password, about=ABOUT)
        assert not set(password) & set("01loi")


@given(st.text(max_size=300))
def test_whatever_is_typed_gets_an_answer(password):
    assert is_common(password) in (True, False)


def test_two_passwords_that_share_their_first_72_bytes_are_two_passwords():
    first, second = "đ" * 72 + "một", "đ" * 72 + "hai"
    stored = passwords.hash_password(first)
    assert stored.startswith("$argon2id$")
    assert passwords.matches(stored, first)
    assert not passwords.matches(stored, second)
    assert not passwords.matches(None, first)
    assert not passwords.matches("-", first)


def test_a_hash_of_weaker_parameters_is_made_anew():
    assert passwords.is_outdated("$argon2id$v=19$m=8192,t=1,p=1$c29tZXNhbHQ$" + "A" * 43)
    assert not passwords.is_outdated(passwords.hash_password("bốn con ngựa đá"))
