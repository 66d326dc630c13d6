"""What happened to a dossier's clock, written down beside the house in plain words, and what the slow reckoning says.

A test lets real services act on a real database and tells the story the same; the two must agree at every moment.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from tests.core import slow

SUPPLEMENT, STOP, NOTHING = "restart", "stop", "nothing"
DAYS_TO_COMPLETE = LONGEST_PAUSE = 15


@dataclass
class Story:
    """The clock of one dossier: when it began, what stood still since when, what was promised anew, when it ended."""

    unit: str
    count: int
    started: datetime
    told: list[slow.Entry] = field(default_factory=list)
    waiting: dict[str, datetime] = field(default_factory=dict)  # what is open, by what it is
    requests: int = 0
    ended: datetime | None = None

    def begin(self, what: str, at: datetime) -> None:
        self.waiting[what] = at
        self.requests += what == SUPPLEMENT

    def finish(self, what: str, at: datetime) -> None:
        self.told.append(slow.Entry(what, self.waiting.pop(what), at))

    def extend(self, new_day: date, at: datetime) -> None:
        self.told.append(slow.Entry("extend", at, slow.midnight_after(new_day)))

    def end(self, at: datetime) -> None:
        for what in list(self.waiting):
            self.finish(what, at)
        self.ended = at

    def let_time_pass(self, at: datetime) -> str:
        """Do what the scheduler owes at a time: close what was not completed, end a pause that lasted its longest."""
        asked = self.waiting.get(SUPPLEMENT)
        if asked and at >= slow.midnight_after(slow.after_working_days(asked.date(), DAYS_TO_COMPLETE)):
            self.end(at)
            return "expired"
        paused = self.waiting.get("pause")
        until = slow.midnight_after(slow.after_working_days(paused.date(), LONGEST_PAUSE)) if paused else at
        if paused and at >= until:
            self.finish("pause", until)
        return ""

    def due(self) -> date | datetime | None:
        """Return the due day or instant by the reading that subtracts; None while the clock stands still."""
        known = [replace(entry, what=_subtracts(entry.what)) for entry in self.told]
        due = slow.due_of(self.unit, self.count, self.started, known)
        over = due if self.unit in slow.BY_HOUR else slow.midnight_after(due)
        begun = [at for what, at in self.waiting.items() if _subtracts(what) == STOP]
        return None if any(at < over for at in begun) else due

    def standing(self) -> str:
        """Return how it stands at its end: a second request is late, whatever the clock says."""
        due, ended = self.due(), self.ended if self.unit in slow.BY_HOUR else self.ended.date()
        if self.requests > 1 or ended > due:
            return "late"
        return "on_time" if ended == due else "early"


def _subtracts(what: str) -> str:
    return STOP if what in (SUPPLEMENT, "pause", "payment", STOP) else what


