"""Time limits of procedures (thời hạn giải quyết): amount, unit, and a cut-off hour for same-day results."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from workflows.errors import N_, CutoffNotUnderstood, LimitLongerThanLaw, LimitNotUnderstood, LimitOutOfRange

LONGEST = 9_999
DEFAULT_CUTOFF = time(15, 0)  # the hour of NĐ 118/2025 art. 18.2, used by most same-day procedures
# Internal processes are approved in days of eight working hours (Labour Code 2019, article 105), whatever
# the opening hours of a desk.
WRITTEN_DAY = 8 * 60
_NUMBERED = re.compile(r"(?P<amount>[+-]?\d+)\s*(?P<unit>\D+)")
_HOUR = re.compile(r"([01]?\d|2[0-3]):[0-5]\d", re.ASCII)
_CUTOFF_SUFFIX = re.compile(r"\s*;\s*cutoff\s+(?P<cutoff>\S+)$")


class LimitUnit(StrEnum):
    """What a limit is counted in (đơn vị tính)."""

    WORKING_DAYS = "working_days"
    DAYS = "days"
    MONTHS = "months"
    WORKING_HOURS = "working_hours"
    HOURS = "hours"
    SAME_DAY = "same_day"

    @property
    def is_by_day(self) -> bool:
        """Return whether the limit ends with a day, and not at an instant."""
        return self not in (LimitUnit.WORKING_HOURS, LimitUnit.HOURS)


_WORDS = {
    "working day": LimitUnit.WORKING_DAYS,
    "day": LimitUnit.DAYS,
    "month": LimitUnit.MONTHS,
    "working hour": LimitUnit.WORKING_HOURS,
    "hour": LimitUnit.HOURS,
    "ngày làm việc": LimitUnit.WORKING_DAYS,
    "ngày": LimitUnit.DAYS,
    "tháng": LimitUnit.MONTHS,
    "giờ làm việc": LimitUnit.WORKING_HOURS,
    "giờ": LimitUnit.HOURS,
}
_WRITTEN = {
    LimitUnit.WORKING_DAYS: (WRITTEN_DAY, 1),
    LimitUnit.DAYS: (WRITTEN_DAY * 5, 7),
    LimitUnit.MONTHS: (WRITTEN_DAY * 22, 1),
    LimitUnit.WORKING_HOURS: (60, 1),
    LimitUnit.SAME_DAY: (WRITTEN_DAY, 1),
}
_SAME_DAY = {"same day", "trong ngày", "trong ngày làm việc"}
_LABELS = {
    LimitUnit.WORKING_DAYS: N_("{amount:02d} ngày làm việc"),
    LimitUnit.DAYS: N_("{amount:02d} ngày"),
    LimitUnit.MONTHS: N_("{amount:02d} tháng"),
    LimitUnit.WORKING_HOURS: N_("{amount:02d} giờ làm việc"),
    LimitUnit.HOURS: N_("{amount:02d} giờ"),
    LimitUnit.SAME_DAY: N_("Trong ngày (nhận sau {cutoff:%H:%M} trả ngày làm việc kế tiếp)"),
}


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """How long a procedure may take. A cut-off belongs to same-day limits alone, and is 15:00 by default.

    The cut-off is a rule on the day of the result, not on the start of every clock: other units drop it.
    Raises LimitOutOfRange for an amount that is not a whole number from 1 to 9,999.
    """

    amount: int
    unit: LimitUnit
    cutoff: time | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.amount <= LONGEST:
            words = f"{self.amount} {self.unit.replace('_', ' ')}"
            raise LimitOutOfRange(where="limit", text=words, longest=LONGEST)
        same_day = self.unit is LimitUnit.SAME_DAY
        object.__setattr__(self, "cutoff", (self.cutoff or DEFAULT_CUTOFF) if same_day else None)

    @classmethod
    def parse(cls, text: str, cutoff: str | time | None = None) -> TimeLimit:
        """Return the limit written as `3 working days`, `same day`, …; Vietnamese units are read too.

        `cutoff` is `HH:MM`. Raises LimitNotUnderstood, LimitOutOfRange, CutoffNotUnderstood.
        """
        words = " ".join(text.lower().split())
        suffix = _CUTOFF_SUFFIX.search(words)
        if suffix:
            words, cutoff = words[: suffix.start()], cutoff or suffix["cutoff"]
        if words in _SAME_DAY:
            return cls(1, LimitUnit.SAME_DAY, read_cutoff(cutoff))
        numbered = _NUMBERED.fullmatch(words)
        unit = _unit(numbered["unit"]) if numbered else None
        if numbered is None or unit is None:
            raise LimitNotUnderstood(where="limit", text=text)
        read_cutoff(cutoff)
        return cls(int(numbered["amount"][:9]), unit)

    @property
    def is_by_day(self) -> bool:
        """Return whether standing compares days (else minutes)."""
        return self.unit.is_by_day

    def __str__(self) -> str:
        if self.unit is LimitUnit.SAME_DAY:
            return "same day" if self.cutoff == DEFAULT_CUTOFF else f"same day; cutoff {self.cutoff:%H:%M}"
        words = self.unit.replace("_", " ")
        return f"{self.amount} {words[:-1] if self.amount == 1 else words}"


def label_vi(limit: TimeLimit) -> str:
    """Return the limit in the words of the procedure catalogue: “03 ngày làm việc”."""
    return _LABELS[limit.unit].format(amount=limit.amount, cutoff=limit.cutoff)


def written_minutes(limit: TimeLimit) -> int:
    """Return the working minutes of a limit as internal processes write them, rounded up.

    A calendar day is five sevenths of a working day, a month 22 of them, 24 hours of the clock one.
    """
    if limit.unit is LimitUnit.HOURS:
        days, hours = divmod(limit.amount, 24)
        return days * WRITTEN_DAY + min(hours * 60, WRITTEN_DAY)
    part, of = _WRITTEN[limit.unit]
    return -(-limit.amount * part // of)


def shortened_percent(committed: TimeLimit, statutory: TimeLimit) -> int:
    """Return by how many whole percent the law's limit was shortened (tỷ lệ rút ngắn), as decisions write it."""
    return 100 - round(100 * written_minutes(committed) / written_minutes(statutory))


def check_committed(committed: TimeLimit, statutory: TimeLimit) -> None:
    """Raise LimitLongerThanLaw when a committed limit (thời hạn rút ngắn) exceeds the statutory one.

    Limits of different units are compared as they are written, not on one calendar's days; only what is written as
    one day and ends on the next (a working day, a day) never fits into a result of the same day.
    """
    next_day = committed.is_by_day and committed.unit is not LimitUnit.SAME_DAY
    overnight = statutory.unit is LimitUnit.SAME_DAY and next_day
    if overnight or written_minutes(committed) > written_minutes(statutory):
        raise LimitLongerThanLaw(where="committed_limit", committed=label_vi(committed), statutory=label_vi(statutory))


def read_cutoff(text: str | time | None) -> time | None:
    """Return the cut-off hour written `HH:MM`; None for none. Raises CutoffNotUnderstood."""
    if text is None or isinstance(text, time):
        return text
    if not _HOUR.fullmatch(text.strip()):
        raise CutoffNotUnderstood(where="cutoff", text=text)
    return time.fromisoformat(text.strip().zfill(5))


def _unit(words: str) -> LimitUnit | None:
    return _WORDS.get(words) or _WORDS.get(words.removesuffix("s"))
