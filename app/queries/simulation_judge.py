"""What all passes of a simulation share (phần chung của các lượt): reading rows, the limits of a unit, counting."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, func
from sqlalchemy.orm import Session

from app.db.calendars import CalendarBook
from app.db.models import Dossier, DossierFact
from app.domain.simulation import SECOND_SUPPLEMENT, CauseOf, Tally, late_for_ever
from workflows.calendar import WorkingCalendar
from workflows.deadlines import Standing
from workflows.errors import CalendarYearMissing
from workflows.replay import NEVER, Replay, Replayed

STARTED = func.coalesce(Dossier.competent_received_at, DossierFact.received_at)
Stops = Sequence[tuple[int, int]]  # when the clock stood still, in local minutes
Late = tuple[int, Stops]  # working days late
Outcome = tuple[Replayed, Replayed]  # under the limit asked for, under the base
_AT_ONCE = {"yield_per": 5_000}
_UNKNOWN = {standing.value for standing in Standing} - {Standing.EARLY, Standing.ON_TIME, Standing.LATE}


@dataclass(frozen=True, slots=True)
class Limits:
    """Both limits on the calendar of one unit."""

    asked: Replay
    base: Replay
    calendar: WorkingCalendar


@dataclass(slots=True)
class Judge:
    """Reads rows past the ORM and counts what becomes of them."""

    session: Session
    calendars: CalendarBook
    tally: Tally
    _limits: dict[int, Limits] = field(default_factory=dict)

    def stream(self, asked: Select[Any], ids: Sequence[int] = ()) -> Iterator[Any]:
        """Yield rows; `ids` are the dossiers, where the question names some (see `app.db.sql_words.among`)."""
        named = {"ids": json.dumps(list(ids))} if ids else {}
        for rows in self.session.connection().execute(asked, named, execution_options=_AT_ONCE).partitions():
            yield from rows

    def of_unit(self, unit_id: int) -> Limits:
        """Return both limits on the calendar that a unit works by."""
        if unit_id not in self._limits:
            calendar, _ = self.calendars.of_unit(self.session, unit_id)
            shared = next((known for known in self._limits.values() if known.calendar is calendar), None)
            self._limits[unit_id] = shared or _limits_on(calendar, self.tally)
        return self._limits[unit_id]

    def replayed(self, ask: Callable[[Replay], Replayed], unit_id: int, requests: int) -> Outcome | None:
        """Return the outcome under both limits; None where a year of the calendar is missing."""
        limits = self.of_unit(unit_id)
        try:
            then = ask(limits.asked)
            base = then if limits.base is limits.asked else ask(limits.base)
        except CalendarYearMissing as missing:
            self.tally.missing_years.add(int(missing.facts["year"]))
            return None
        if late_for_ever(requests):
            return Replayed(NEVER, then.late_days or 0), Replayed(NEVER, base.late_days or 0)
        return then, base

    def count_now(self, standing: str, count: int, *, impossible: bool) -> None:
        """Count dossiers with the standing that they have."""
        self.tally.dossiers += count
        if impossible or standing in _UNKNOWN:
            self.tally.unknown_now += count
        elif standing == Standing.LATE:
            self.tally.late_now += count

    def judge(self, outcome: Outcome, count: int, unit_id: int, ground: str, requests: int) -> None:
        """Count dossiers of one outcome, those late under their unit and the ground of their longest stop."""
        then, base = outcome
        self.tally.judge(then, base.enough, count)
        if then.late_days is not None:
            ground = SECOND_SUPPLEMENT if late_for_ever(requests) else ground
            self.tally.blame(CauseOf.UNIT, str(unit_id), then.late_days, count)
            self.tally.blame(CauseOf.GROUND, ground, then.late_days, count)


def _limits_on(calendar: WorkingCalendar, tally: Tally) -> Limits:
    asked = Replay(tally.limit, calendar)
    same_unit = tally.base.unit is tally.limit.unit
    return Limits(asked, asked if same_unit else Replay(tally.base, calendar), calendar)
