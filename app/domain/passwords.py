"""Passwords of staff (mật khẩu): how long, which are refused, and one-time passwords to begin with.

Length counts, not classes of characters, and nothing expires by itself (NIST SP 800-63B-4; ASVS 5.0 6.2).
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable

from app.domain.common_passwords import WORDS
from app.domain.vietnamese import fold
from workflows.errors import RuleBroken

SHORTEST_ALONE = 15  # characters, when the password is the only factor
SHORTEST_WITH_TOTP = 8
LONGEST = 256
# No letters or digits that are read wrongly from paper: 0 o 1 l i.
_READABLE = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS, _GROUP = 4, 4
_LEET = str.maketrans("0134578@$!", "oieastbasi")
# Rows and columns of the keyboard, the digits round and round, the alphabet.
_RUNS = (
    *("0123456789" * 2, "qwertyuiop", "asdfghjkl", "zxcvbnm", "abcdefghijklmnopqrstuvwxyz"),
    *("1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol", "qazwsxedcrfvtgbyhnujm", "!@#$%^&*()"),
    *("1q2w3e4r5t6y7u8i9o0p", "q1w2e3r4t5y6u7i8o9p0"),
)
_LETTERS_OF_ONES_OWN = 6


class PasswordTooShort(RuleBroken):
    """A password is shorter than its use allows."""

    code = "password_too_short"
    sentence = (
        "Mật khẩu cần ít nhất {shortest} ký tự (đang có {length}). "
        "Gợi ý: ghép bốn, năm từ không liên quan, có dấu cách cũng được."
    )


class PasswordTooLong(RuleBroken):
    """A password is longer than what is taken; nothing is cut off silently."""

    code = "password_too_long"
    sentence = "Mật khẩu dài {length} ký tự, tối đa {limit}. Vui lòng chọn mật khẩu ngắn hơn."


class PasswordTooCommon(RuleBroken):
    """A password that others would try first: common words, runs, repetitions."""

    code = "password_too_common"
    sentence = "Mật khẩu này quá dễ đoán (dãy phím, từ phổ biến hoặc lặp lại). Vui lòng chọn mật khẩu khác."


class PasswordTellsWho(RuleBroken):
    """A password built on the account, the person, the agency or the product."""

    code = "password_tells_who"
    sentence = "Mật khẩu chứa “{word}”, là tên của bạn, của cơ quan hoặc của hệ thống. Vui lòng chọn mật khẩu khác."


def check_password(password: str, *, about: Iterable[str], has_totp: bool = False, where: str = "new") -> None:
    """Refuse a password that is too short, too long, common, or made of `about` (names of person and agency).

    Raises PasswordTooShort, PasswordTooLong, PasswordTooCommon or PasswordTellsWho, naming the field `where`.
    """
    shortest = SHORTEST_WITH_TOTP if has_totp else SHORTEST_ALONE
    if len(password) < shortest:
        raise PasswordTooShort(where=where, shortest=shortest, length=len(password))
    if len(password) > LONGEST:
        raise PasswordTooLong(where=where, length=len(password), limit=LONGEST)
    for word in about:
        if _is_built_on(password, word):
            raise PasswordTellsWho(where=where, word=word)
    if is_common(password):
        raise PasswordTooCommon(where=where)


def is_common(password: str) -> bool:
    """Tell whether a password is guessed early: what lists of leaked ones are full of.

    Few different characters, digits alone (a birth, a phone, a card), a walk over the keys, or little but common words.
    """
    plain = re.sub(r"\s", "", password.lower())
    if len(set(plain)) < 5 or plain.isdecimal() or _repeats(fold(plain)) or _is_run(plain):
        return True
    return any(_is_mostly_common(letters) for letters in _readings(password))


def one_time_password() -> str:
    """Return a password to begin with, easily read out: four groups of four, some 79 bits."""
    return "-".join("".join(secrets.choice(_READABLE) for _ in range(_GROUP)) for _ in range(_GROUPS))


def _is_built_on(password: str, word: str) -> bool:
    plain = fold(word).replace(" ", "")
    return len(plain) >= 4 and plain in fold(password).replace(" ", "")


def _repeats(letters: str) -> bool:
    """Tell whether the text is one short piece over and over (abcabcabc…)."""
    return any(letters == (letters[:size] * len(letters))[: len(letters)] for size in range(1, 5) if letters)


def _is_run(letters: str) -> bool:
    """Tell whether most letters stand beside their neighbour on the keyboard or in the alphabet."""
    rows = _RUNS + tuple(row[::-1] for row in _RUNS)
    pairs = [letters[at : at + 2] for at in range(len(letters) - 1)]
    return bool(pairs) and sum(any(pair in row for row in rows) for pair in pairs) >= 0.8 * len(pairs)


def _readings(password: str) -> tuple[str, str]:
    """Return the letters alone, and the letters with digits and signs read as letters (p@ssw0rd)."""
    return _letters(password), _letters(password.lower().translate(_LEET))


def _letters(text: str) -> str:
    return re.sub(r"[^a-z]", "", fold(text))


def _is_mostly_common(letters: str) -> bool:
    left = letters
    for word in WORDS:
        left = left.replace(word, "")
    return left != letters and len(left) < _LETTERS_OF_ONES_OWN and 2 * len(left) <= len(letters)
