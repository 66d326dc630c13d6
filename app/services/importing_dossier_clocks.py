"""The clocks of imported dossiers (thời hạn của hồ sơ nhập), derived like any other: ledger, limit, calendar.

A due time of the file is a declaration in the ledger and stands in place of the limit. A dossier that waits for
its applicant waits at least since the import: the file does not say since when.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from app.domain.catalogue_rows import Fault
from app.domain.imported_dossiers import BEFORE_RECEPTION, ImportedDossier
from app.domain.version_parts import LimitLine
from workflows.calendar import WorkingCalendar
from workflows.deadlines import Projection, Standing, project
from workflows.errors import CalendarYearMissing
from workflows.ledger import Ledger, Suspension, effect_of
from workflows.limits import TimeLimit
from workflows.states import State

WAITING = {State.AWAITING_SUPPLEMENT: "supplement", State.AWAITING_PAYMENT: "payment"}


@dataclass(frozen=True, slots=True)
class Clocks:
    """Where both clocks stand; the standing is unknown without a limit and without a declared due time."""

    committed: Projection | None
    statutory: Projection | None
    by_day: bool
    calendar_version: int

    @property
    def suspended(self) -> bool:
        """True while the dossier waits for its applicant; one that was overdue before stays overdue."""
        return self.committed is not None and self.committed.standing is Standing.SUSPENDED


CalendarOf = Callable[[int], tuple[WorkingCalendar, int]]


class Deriver:
    """Derives clocks, with one calendar per unit; warns of those that stay unknown."""

    def __init__(self, calendar_of: CalendarOf, *, at: datetime) -> None:
        self.warnings: list[Fault] = []
        self._calendar_of, self._at = calendar_of, at
        self._calendars: dict[int, tuple[WorkingCalendar, int]] = {}

    def clocks(self, dossier: ImportedDossier, limit: LimitLine, unit_id: int) -> Clocks:
        """Return the clocks of `dossier` as settled by the unit."""
        calendar, version = self._calendar(unit_id)
        by_law, promised = _parsed(limit.statutory, limit), _parsed(limit.committed or limit.statutory, limit)
        known = by_law is not None or dossier.statutory_due_at is not None
        if promised is None and dossier.due_at is None and dossier.state not in BEFORE_RECEPTION:
            reason = "không có hạn, thủ tục cũng chưa có thời hạn; báo cáo tính riêng vào “không rõ hạn”"
            self.warnings.append(Fault(dossier.line, "due_at", reason))
        return Clocks(
            self._project(dossier, promised, dossier.due_at, calendar=calendar),
            self._project(dossier, by_law, dossier.statutory_due_at, calendar=calendar) if known else None,
            promised is None or promised.is_by_day,
            version,
        )

    def warned(self) -> tuple[Fault, ...]:
        """Return the warnings since it was asked last."""
        found, self.warnings = tuple(self.warnings), []
        return found

    def _calendar(self, unit_id: int) -> tuple[WorkingCalendar, int]:
        if unit_id not in self._calendars:
            self._calendars[unit_id] = self._calendar_of(unit_id)
        return self._calendars[unit_id]

    def _project(
        self, dossier: ImportedDossier, limit: TimeLimit | None, declared: datetime | None, *, calendar: WorkingCalendar
    ) -> Projection | None:
        if dossier.state in BEFORE_RECEPTION:
            return None
        ended = dossier.ended_at
        if ended is not None and ended < dossier.received_at:
            return None  # already pointed out by the reader: such an end tells nothing about being early
        ledger = Ledger(dossier.received_at, stops(dossier, self._at), ended_at=ended, declared_due_at=declared)
        try:
            return project(limit, ledger, calendar, at=max(self._at, ended or self._at))
        except CalendarYearMissing as missing:
            self.warnings.append(Fault(dossier.line, "due_at", f"chưa tính được thời hạn: {missing}"))
            return None


def stops(dossier: ImportedDossier, at: datetime) -> tuple[Suspension, ...]:
    """Return the open suspension of a dossier that waits for its applicant."""
    ground = WAITING.get(dossier.state)
    if ground is None:
        return ()
    since = max(dossier.received_at, at - timedelta(minutes=1))  # already waiting when it is imported
    return (Suspension(since, None, ground, effect_of(ground)),)


def standing(projection: Projection | None, dossier: ImportedDossier) -> str:
    """Return the standing at the end; a second supplement request counts as late (national formula)."""
    if projection is None or dossier.ended_at is None:
        return Standing.UNKNOWN
    return Standing.LATE if dossier.supplement_requests > 1 else projection.standing


@lru_cache(maxsize=4_000)
def _parsed(text: str | None, limit: LimitLine) -> TimeLimit | None:
    return TimeLimit.parse(text, cutoff=limit.cutoff) if text else None
