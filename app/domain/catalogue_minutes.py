"""Working time inside a limit (thời gian làm việc trong thời hạn), for sharing it among steps.

A lower bound: what is left even in the worst week, and no more than processes are approved with, so that steps that
fit it fit every dossier and every check.
"""

from __future__ import annotations

from workflows.limits import LimitUnit, TimeLimit, written_minutes

DAY = 450  # 07:30–11:30 and 13:30–17:00
AFTER_CUTOFF = 120  # a dossier received just before 15:00 is promised for 17:00
_WEEKS_OF_MONTH = 4


def working_minutes(limit: TimeLimit) -> int:
    """Return the working minutes that `limit` holds at least. Five days of seven work; holidays are not guessed."""
    # One calendar day is less in writing (five sevenths of a working day) than the day on which it ends.
    return min(_in_the_worst_week(limit), written_minutes(limit))


def _in_the_worst_week(limit: TimeLimit) -> int:
    if limit.unit is LimitUnit.SAME_DAY:
        return AFTER_CUTOFF
    if limit.unit is LimitUnit.WORKING_HOURS:
        return limit.amount * 60
    if limit.unit is LimitUnit.WORKING_DAYS:
        return limit.amount * DAY
    if limit.unit is LimitUnit.HOURS:
        return max(60, limit.amount // 24 * 5 // 7 * DAY)
    days = limit.amount if limit.unit is LimitUnit.DAYS else limit.amount * _WEEKS_OF_MONTH * 7
    return max(1, days * 5 // 7) * DAY
