"""Time limits and fees as catalogues print them (thời hạn, phí lệ phí), read without guessing.

A number without a unit, a fraction of a day or a zero stays unknown ("chưa xác định") with its reason:
a wrong limit would promise citizens a wrong date. A fee keeps its printed words; the amount is filled
only when those words leave no doubt.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time

from workflows.errors import N_, RuleBroken
from workflows.limits import LimitUnit, TimeLimit

UNITS = {
    "ngày làm việc": LimitUnit.WORKING_DAYS,
    "ngày": LimitUnit.DAYS,
    "tháng": LimitUnit.MONTHS,
    "giờ làm việc": LimitUnit.WORKING_HOURS,
    "giờ": LimitUnit.HOURS,
    "trong ngày": LimitUnit.SAME_DAY,
}
_MOST = {
    LimitUnit.WORKING_DAYS: 365,
    LimitUnit.DAYS: 730,
    LimitUnit.MONTHS: 36,
    LimitUnit.WORKING_HOURS: 240,
    LimitUnit.HOURS: 720,
    LimitUnit.SAME_DAY: 1,
}
_DONG = re.compile(r"(\d{1,3}(?:[.,]\d{3})*|\d{1,12})\s*(?:vnđ|vnd|đồng|đ|việt nam đồng)", re.IGNORECASE)
_LEAST_FEE = 1_000
_LONGEST_NUMBER = 6


class LimitAmountMissing(RuleBroken):
    """A unit stands without its number."""

    code = "limit_amount_missing"
    sentence = N_("Chưa có thời hạn: thiếu số ngày, tháng hoặc giờ.")


class LimitAmountNotWhole(RuleBroken):
    """A limit is a whole number of its unit."""

    code = "limit_amount_not_whole"
    sentence = N_("Số thời hạn “{value}” không phải số nguyên dương. Ghi như 3.")


class LimitZero(RuleBroken):
    """A limit of nothing promises nothing."""

    code = "limit_zero"
    sentence = N_("Thời hạn bằng 0. Ghi số nguyên từ 1, hoặc chọn “trong ngày”.")


class LimitUnitMissing(RuleBroken):
    """Three of what? A wrong unit would promise a wrong date."""

    code = "limit_unit_missing"
    sentence = N_(
        "Có số {value} nhưng thiếu đơn vị. Ghi ngày làm việc, ngày, tháng, giờ làm việc, giờ hoặc trong ngày."
    )


class LimitUnitUnknown(RuleBroken):
    """Limits are counted in six units."""

    code = "limit_unit_unknown"
    sentence = N_(
        "Đơn vị “{unit}” không có trong danh mục. Ghi ngày làm việc, ngày, tháng, giờ làm việc, giờ hoặc trong ngày."
    )


class LimitTooLarge(RuleBroken):
    """No procedure takes so long."""

    code = "limit_too_large"
    sentence = N_("Thời hạn {value} lớn bất thường, đơn vị này tối đa {most}. Kiểm tra lại số và đơn vị.")


@dataclass(frozen=True, slots=True)
class LimitRead:
    """A limit or None, and why it is None or doubtful ("" when there is nothing to say)."""

    limit: TimeLimit | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Fee:
    """What one channel costs: the words as printed, the amount in whole đồng or None when they leave doubt."""

    text: str
    amount: int | None


def limit_of(number: str, unit: str, cutoff: time | None = None) -> TimeLimit:
    """Return the limit of a number and a unit, typed or printed; a unit is a key or its Vietnamese words.

    A result of the same day needs no number. Raises LimitAmountMissing, LimitAmountNotWhole, LimitZero,
    LimitUnitMissing, LimitUnitUnknown or LimitTooLarge, naming `amount` or `unit`.
    """
    known = _unit(unit)
    if not number and known is not LimitUnit.SAME_DAY:
        raise LimitAmountMissing(where="amount")
    amount = _whole(number or "1")
    if known is None:
        raise LimitUnitMissing(where="unit", value=amount)
    if amount > _MOST[known]:
        raise LimitTooLarge(where="amount", value=amount, most=_MOST[known])
    return TimeLimit(amount, known, cutoff)


def read_limit(number: str, unit: str) -> LimitRead:
    """Return the limit of a number and a unit printed in two cells; unknown with its reason otherwise."""
    try:
        limit = limit_of(number, unit)
    except RuleBroken as error:
        return LimitRead(None, f"chưa xác định: {error}")
    if limit.unit is LimitUnit.HOURS:
        return LimitRead(limit, "đơn vị “giờ” được hiểu là giờ liên tục; xác nhận lại")
    return LimitRead(limit)


def _whole(number: str) -> int:
    if not (number.isascii() and number.isdigit() and len(number) <= _LONGEST_NUMBER):
        raise LimitAmountNotWhole(where="amount", value=number[:20])
    if int(number) == 0:
        raise LimitZero(where="amount")
    return int(number)


def _unit(words: str) -> LimitUnit | None:
    """Return the unit of a key or of Vietnamese words; None where nothing is written. Raises LimitUnitUnknown."""
    if not words:
        return None
    key = words.lower()
    known = LimitUnit(key) if key in set(LimitUnit) else UNITS.get(key)
    if known is None:
        raise LimitUnitUnknown(where="unit", unit=words[:40])
    return known


def read_fee(text: str) -> Fee:
    """Return the fee of its printed words; amount 0 for "Miễn phí", None unless one sum in đồng stands alone."""
    words = text.strip()
    if words.lower() == "miễn phí":
        return Fee(words, 0)
    sum_of_money = _DONG.fullmatch(words)
    amount = int(re.sub(r"\D", "", sum_of_money[1])) if sum_of_money else 0
    return Fee(words, amount if amount >= _LEAST_FEE else None)


def fee_doubt(fee: Fee) -> str:
    """Return why `fee` has no amount; "" when it has one or when the source says nothing about money."""
    if fee.amount is not None or not fee.text or fee.text == "Không có thông tin":
        return ""
    if _DONG.fullmatch(fee.text):
        return f"mức phí “{fee.text}” nhỏ bất thường; giữ nguyên văn, chưa ghi số tiền"
    return f"mức phí “{fee.text}” không phải một số tiền đồng duy nhất; giữ nguyên văn"
