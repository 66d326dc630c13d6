"""Time limits and fees as catalogues print them (thời hạn, phí lệ phí), read without guessing.

A number without a unit, a fraction of a day or a zero stays unknown ("chưa xác định") with its reason:
a wrong limit would promise citizens a wrong date. A fee keeps its printed words; the amount is filled
only when those words leave no doubt.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from workflows.limits import LimitUnit, TimeLimit

UNITS = {
    "ngày làm việc": LimitUnit.WORKING_DAYS,
    "ngày": LimitUnit.DAYS,
    "tháng": LimitUnit.MONTHS,
    "giờ làm việc": LimitUnit.WORKING_HOURS,
    "giờ": LimitUnit.HOURS,
}
_MOST = {
    LimitUnit.WORKING_DAYS: 365,
    LimitUnit.DAYS: 730,
    LimitUnit.MONTHS: 36,
    LimitUnit.WORKING_HOURS: 240,
    LimitUnit.HOURS: 720,
}
_DONG = re.compile(r"(\d{1,3}(?:[.,]\d{3})*|\d{1,12})\s*(?:vnđ|vnd|đồng|đ|việt nam đồng)", re.IGNORECASE)
_LEAST_FEE = 1_000


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


def read_limit(number: str, unit: str) -> LimitRead:
    """Return the limit of a number and a unit printed in two cells; unknown with its reason otherwise."""
    if not number:
        return LimitRead(None, "chưa có thời hạn")
    if not (number.isascii() and number.isdigit() and len(number) <= 6):
        return LimitRead(None, f"số thời hạn “{number}” không phải số nguyên dương; chưa xác định")
    if int(number) == 0:
        return LimitRead(None, "thời hạn bằng 0; chưa xác định")
    if not unit:
        return LimitRead(None, f"có số {int(number)} nhưng thiếu đơn vị; chưa xác định")
    known = UNITS.get(unit.lower())
    if known is None:
        return LimitRead(None, f"đơn vị “{unit}” không có trong danh mục; chưa xác định")
    return _plausible(int(number), known)


def _plausible(amount: int, unit: LimitUnit) -> LimitRead:
    if amount > _MOST[unit]:
        return LimitRead(None, f"thời hạn {amount} lớn bất thường; chưa xác định")
    if unit is LimitUnit.HOURS:
        return LimitRead(TimeLimit(amount, unit), "đơn vị “giờ” được hiểu là giờ liên tục; xác nhận lại")
    return LimitRead(TimeLimit(amount, unit))


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
