"""Checks of what people type (kiểm tra dữ liệu nhập): each answers the clean value or says what to mend."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from app.domain.vietnamese import clean
from workflows.errors import RuleBroken

NAME_LONGEST = 200
TEXT_LONGEST = 4_000
_PHONE = re.compile(r"^0\d{9,10}$")
_EMAIL = re.compile(r"^[^@\s]{1,64}@[^@\s]{1,190}\.[^@\s.]{2,}$")
_CENTURY_OF_DIGIT = {0: 1900, 1: 1900, 2: 2000, 3: 2000, 4: 2100, 5: 2100, 6: 2200, 7: 2200, 8: 2300, 9: 2300}


class NotAnIdentityNumber(RuleBroken):
    """A citizen identity number has twelve digits (Luật Căn cước 26/2023/QH15 art. 12)."""

    code = "identity_number"
    sentence = "Số CCCD phải có 12 chữ số (đang có {length}). Vui lòng đối chiếu với thẻ rồi nhập lại."


class OldNumberAsCitizenNumber(RuleBroken):
    """Nine digits are an old identity card (CMND), which has a kind of its own."""

    code = "old_identity_number"
    sentence = (
        "Số CCCD phải có 12 chữ số (đang có 9). Số CMND cũ chỉ nhận ở ô có loại giấy tờ “CMND cũ (9 số)”; "
        "chọn loại đó hoặc nhập số trên thẻ căn cước."
    )


class NotAnOldIdentityNumber(RuleBroken):
    """An old identity card number has nine digits."""

    code = "cmnd_number"
    sentence = "Số CMND cũ có 9 chữ số (đang có {length}). Thẻ có 12 số là CCCD: hãy chọn lại loại giấy tờ."


class NotAPhone(RuleBroken):
    """A phone number has ten digits and begins with 0."""

    code = "phone"
    sentence = "Số điện thoại chưa đúng (ví dụ 0912345678). Vui lòng nhập lại."


class NotAnEmail(RuleBroken):
    """An address such as ten@vidu.vn."""

    code = "email"
    sentence = "Địa chỉ thư điện tử chưa đúng (ví dụ ten@vidu.vn). Vui lòng nhập lại."


class NotADate(RuleBroken):
    """A date is written dd/mm/yyyy; a birth may be only a year."""

    code = "date"
    sentence = "Ngày “{value}” không có thật hoặc chưa đúng dạng ngày/tháng/năm (ví dụ 05/09/1990)."


class NoDate(RuleBroken):
    """A day that must be given is empty."""

    code = "missing"
    sentence = "Chưa nhập ngày. Vui lòng nhập ngày/tháng/năm (ví dụ 05/09/1990)."


class DateAhead(RuleBroken):
    """A day of birth or of a past act cannot be in the future."""

    code = "date_ahead"
    sentence = "Ngày {value} ở sau hôm nay ({today}). Vui lòng kiểm tra lại."


class TooLong(RuleBroken):
    """A text is longer than its field holds."""

    code = "too_long"
    sentence = "Nội dung dài {length} ký tự, tối đa {limit}. Vui lòng rút gọn."


class Missing(RuleBroken):
    """A field that must be filled is empty."""

    code = "missing"
    sentence = "Chưa nhập {what}. Vui lòng bổ sung."


def text(value: str, *, what: str, where: str, longest: int = NAME_LONGEST, required: bool = True) -> str:
    """Return `value` cleaned (NFC, no invisible characters). Raises Missing or TooLong, naming the field."""
    neat = clean(value)
    if required and not neat:
        raise Missing(where=where, what=what)
    if len(neat) > longest:
        raise TooLong(where=where, length=len(neat), limit=longest)
    return neat


def paragraph(
    value: str, *, what: str, where: str, longest: int = TEXT_LONGEST, required: bool = True
) -> str:
    """Like `text`, but line breaks stay: for reasons and opinions."""
    lines = [clean(line) for line in unicodedata.normalize("NFC", value).replace("\r\n", "\n").split("\n")]
    neat = "\n".join(lines).strip()
    if required and not neat:
        raise Missing(where=where, what=what)
    if len(neat) > longest:
        raise TooLong(where=where, length=len(neat), limit=longest)
    return neat


def citizen_number(value: str, *, where: str = "id_number") -> str:
    """Return the twelve digits of a CCCD; spaces and dots are dropped.

    Raises OldNumberAsCitizenNumber for nine digits, NotAnIdentityNumber for all else.
    """
    digits = _digits(value)
    if _is_number(digits, 9):
        raise OldNumberAsCitizenNumber(where=where)
    if not _is_number(digits, 12):
        raise NotAnIdentityNumber(where=where, length=len(digits))
    return digits


def old_identity_number(value: str, *, where: str = "id_number") -> str:
    """Return the nine digits of an old card (CMND); spaces and dots are dropped. Raises NotAnOldIdentityNumber."""
    digits = _digits(value)
    if not _is_number(digits, 9):
        raise NotAnOldIdentityNumber(where=where, length=len(digits))
    return digits


def _digits(value: str) -> str:
    return re.sub(r"[\s.\-]", "", unicodedata.normalize("NFKC", clean(value)))


def _is_number(digits: str, length: int) -> bool:
    return digits.isascii() and digits.isdigit() and len(digits) == length


def phone(value: str, *, where: str = "phone") -> str:
    """Return a Vietnamese phone number as 0…; +84 and separators are understood. Empty stays empty."""
    digits = re.sub(r"[\s.\-()]", "", unicodedata.normalize("NFKC", value))
    digits = re.sub(r"^(\+84|0084)", "0", digits)
    if digits and not _PHONE.match(digits):
        raise NotAPhone(where=where)
    return digits


def email(value: str, *, where: str = "email") -> str:
    """Return the address in NFC, trimmed. Empty stays empty. Raises NotAnEmail."""
    address = clean(value)
    if address and not _EMAIL.match(address):
        raise NotAnEmail(where=where)
    return address


def day(value: str, *, where: str) -> date:
    """Return the date written dd/mm/yyyy (also d/m/yyyy, dots or dashes). Raises NoDate, NotADate."""
    if not clean(value):
        raise NoDate(where=where)
    found = re.fullmatch(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})", clean(value))
    try:
        if found and 1800 <= int(found[3]) <= 2200:
            return date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        pass
    raise NotADate(where=where, value=clean(value)[:40])


def birth(value: str, *, today: date, where: str = "birth") -> str:
    """Return a birth as "dd/mm/yyyy", "mm/yyyy" or "yyyy". Empty stays empty. Raises NotADate, DateAhead."""
    neat = clean(value)
    if not neat:
        return ""
    if re.fullmatch(r"\d{4}", neat):
        first, kept = date(int(neat), 1, 1) if int(neat) >= 1800 else None, neat
    elif found := re.fullmatch(r"(\d{1,2})/(\d{4})", neat):
        first, kept = day(f"01/{neat}", where=where), f"{int(found[1]):02d}/{found[2]}"
    else:
        first = day(neat, where=where)
        kept = f"{first:%d/%m/}{first.year:04d}"
    if first is None:
        raise NotADate(where=where, value=neat)
    if first > today:
        raise DateAhead(where=where, value=kept, today=f"{today:%d/%m/%Y}")
    return kept


def contradicts_birth(number: str, birth_text: str, sex: str) -> bool:
    """Tell whether a CCCD's century, sex and year digits disagree with birth or sex (a warning, not a refusal).

    Digits 4–6 of the number: century and sex, then the two digits of the birth year (NĐ 70/2024 art. 10).
    """
    if len(number) != 12 or len(birth_text) < 4:
        return False
    century_sex, year = int(number[3]), int(number[4:6])
    wrong_year = _CENTURY_OF_DIGIT[century_sex] + year != int(birth_text[-4:])
    wrong_sex = sex in {"Nam", "Nữ"} and (century_sex % 2 == 0) != (sex == "Nam")
    return wrong_year or wrong_sex
