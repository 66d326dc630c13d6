"""How far a fee is lifted (miễn, giảm): all of it, a share in percent, or a sum in whole đồng.

A catalogue's reason says its share in its own words ("Người cao tuổi: giảm 50%"); one that says none lifts all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from workflows.errors import N_, RuleBroken

_PERCENT = re.compile(r"(\d{1,3}) ?%")
_SUM = re.compile(r"(\d{1,3}(?:[. ]\d{3})+|\d{1,9})(?: ?(?:đồng|đ|VND|vnd))?")
_STATED = re.compile(r"giảm (\d{1,3} ?%|[\d. ]*\d ?(?:đồng|đ)\b)", re.IGNORECASE)  # a bare number says no sum


class ReductionNotRight(RuleBroken):
    """A reduction is a share up to 100 % or a sum."""

    code = "reduction_not_right"
    sentence = N_("Mức giảm “{given}” chưa đúng. Nhập tỷ lệ (50%) hoặc số tiền (20.000); để trống là miễn hết.")


@dataclass(frozen=True, slots=True)
class Reduction:
    """A share (1–100) or a sum in whole đồng; without either, all is lifted."""

    percent: int | None = None
    amount_vnd: int | None = None

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left to pay."""
        return self.amount_vnd is None and self.percent in (None, 100)

    def lifted(self, due_vnd: int) -> int:
        """Return how much of what is due is lifted, never more than that; a share is rounded for who pays."""
        if self.amount_vnd is not None:
            return min(self.amount_vnd, due_vnd)
        return due_vnd if self.is_whole else -(-due_vnd * (self.percent or 0) // 100)


WHOLE = Reduction()


def read(typed: str) -> Reduction:
    """Return the reduction typed: "", "50%", "20.000". Raises ReductionNotRight."""
    text = " ".join(typed.split())
    if not text:
        return WHOLE
    if found := _PERCENT.fullmatch(text):
        if 1 <= int(found[1]) <= 100:
            return Reduction(percent=int(found[1]))
    elif (found := _SUM.fullmatch(text)) and (amount := int(re.sub(r"\D", "", found[1]))):
        return Reduction(amount_vnd=amount)
    raise ReductionNotRight(where="share", given=text[:40])


def stated_in(reason: str) -> Reduction:
    """Return what a catalogue's reason lifts: the share or sum after "giảm", all where it names none."""
    found = _STATED.search(reason)
    return read(found[1]) if found else WHOLE
