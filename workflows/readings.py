"""The readings of the law side by side (các cách hiểu): what restarts, what is subtracted, what the state counts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from workflows.calendar import WorkingCalendar
from workflows.deadlines import Projection, Standing, project
from workflows.first_day import other_reading
from workflows.ledger import SUPPLEMENT, Ledger, Reading, Suspension
from workflows.limits import TimeLimit


@dataclass(frozen=True, slots=True)
class Readings:
    """One clock under each reading, and the standing that the national on-time formula gives.

    `first_day` subtracts with the other reading of the day on which the limit begins (`first_day.other_reading`).
    """

    subtract: Projection
    restart: Projection
    first_day: Projection
    national: Standing


def readings(limit: TimeLimit | None, ledger: Ledger, calendar: WorkingCalendar, *, at: datetime) -> Readings:
    """Return the clock under each reading, seen at `at`. Raises as `project` does."""
    return Readings(
        subtract=project(limit, ledger, calendar, at=at),
        restart=project(limit, ledger, calendar, at=at, reading=Reading.RESTART),
        first_day=project(limit, ledger, calendar, at=at, first_days=other_reading()),
        national=national_standing(limit, ledger, calendar, at=at),
    )


def national_standing(
    limit: TimeLimit | None, ledger: Ledger, calendar: WorkingCalendar, *, at: datetime
) -> Standing:
    """Return the standing by the formula of the national portal.

    Time from a supplement request to its answer is subtracted; more than one request counts as late; a
    single request without answer counts as resolved when it was made, also once the dossier was closed for it.
    """
    requests = [one for one in ledger.suspensions if one.ground == SUPPLEMENT and one.start <= at]
    if len(requests) > 1:
        return Standing.LATE
    if requests and _is_unanswered(requests[0], ledger, at):
        asked = requests[0].start
        before = tuple(one for one in ledger.suspensions if one.end is not None and one.end <= asked)
        return project(limit, replace(ledger, suspensions=before, ended_at=asked), calendar, at=at).standing
    return project(limit, ledger, calendar, at=at).standing


def _is_unanswered(request: Suspension, ledger: Ledger, at: datetime) -> bool:
    """Tell whether nobody had answered at `at`: the request is open still, or ended only with the dossier."""
    if ledger.ended_at is not None and ledger.ended_at <= at:
        return request.end is None or request.end >= ledger.ended_at
    return request.end is None or request.end > at
