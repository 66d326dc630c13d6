"""The internal process against the promise (quy trình nội bộ và thời hạn cam kết), for every door it comes in by.

Hours are written hours: eight are one working day, as processes are approved (`workflows.limits.WRITTEN_DAY`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from workflows.errors import N_, RuleBroken
from workflows.limits import LONGEST, LimitUnit, TimeLimit, written_minutes
from workflows.steps import Step, check_steps

_HOURS = re.compile(r"\d{1,4}(?:[.,]\d{1,2})?")
_UNBOUNDED = TimeLimit(LONGEST, LimitUnit.MONTHS)


class HoursNotUnderstood(RuleBroken):
    """Working hours of a step are a number such as 4 or 7,5."""

    code = "hours_not_understood"
    sentence = N_("“{value}” không phải số giờ làm việc. Ghi như 4 hoặc 7,5.")


def tightest(limits: Iterable[Mapping[str, Any]]) -> TimeLimit | None:
    """Return the shortest limit promised in any channel; None where no channel states one.

    `limits` are rows with the texts `committed` and `statutory`: what is not shortened is promised as the law has it.
    """
    stated = (row.get("committed") or row.get("statutory") for row in limits)
    return min((TimeLimit.parse(text) for text in stated if text), key=written_minutes, default=None)


def check_process(steps: Sequence[Mapping[str, Any]], limits: Iterable[Mapping[str, Any]]) -> None:
    """Hold the steps against the tightest limit: what fits it fits every channel.

    Raises StepsBroken, or StepsTooLong naming the step where the sum first exceeds the limit. Where no channel
    states a limit only the steps themselves are looked at.
    """
    check_steps([_step(row) for row in steps], tightest(limits) or _UNBOUNDED)


def hours_of(minutes: int) -> str:
    """Return minutes as hours the way people type them: 24, 7,5."""
    return f"{minutes / 60:.2f}".rstrip("0").rstrip(".").replace(".", ",")


def minutes_of(hours: str, *, where: str) -> int:
    """Return the whole minutes of typed hours; `minutes_of(hours_of(n)) == n`. Raises HoursNotUnderstood."""
    typed = hours.strip()
    if not (typed.isascii() and _HOURS.fullmatch(typed)):
        raise HoursNotUnderstood(where=where, value=typed[:20])
    return round(Decimal(typed.replace(",", ".")) * 60)


def _step(row: Mapping[str, Any]) -> Step:
    return Step(row["ordinal"], row["name"], row["role"], row["unit_key"], row["minutes"])
