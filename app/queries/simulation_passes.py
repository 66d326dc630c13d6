"""The three passes of a simulation over the database (ba lượt đọc): everyone, ledgers, steps of what is late."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Select, bindparam, exists, func, select
from sqlalchemy.orm import Session

from app.db.calendars import CalendarBook
from app.db.models import Dossier, DossierFact, Hop, LedgerEntry
from app.db.once import local_midnight, local_minute
from app.domain.simulation import SECOND_SUPPLEMENT, CauseOf, Stay, Tally, culprit, late_for_ever
from workflows.calendar import WorkingCalendar
from workflows.deadlines import Standing
from workflows.errors import CalendarYearMissing, RuleBroken
from workflows.instants import local, minute_of
from workflows.ledger import Effect, Extension, Ledger, Suspension
from workflows.limits import WRITTEN_DAY, LimitUnit, TimeLimit
from workflows.replay import NEVER, Replay, Replayed

_AT_ONCE = {"yield_per": 5_000}
_STARTED = func.coalesce(Dossier.competent_received_at, DossierFact.received_at)
_STOPS = ("suspension", "extension")
_HAS_STOPS = exists().where(LedgerEntry.dossier_id == Dossier.id, LedgerEntry.kind.in_(_STOPS))
_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_ASKED_AT_ONCE = 1_000
_MOST_GROUPS = 100_000  # a limit by hours tells nearly every dossier apart
_UNKNOWN = {standing.value for standing in Standing} - {Standing.EARLY, Standing.ON_TIME, Standing.LATE}
_BACKWARDS = DossierFact.ended_at < _STARTED  # within a day too, which groups by day do not see
_Key = tuple[int, int, int, bool, str, int]  # unit, start, end, backwards, standing, requests
_Late = tuple[int, Sequence[Suspension]]  # working days late, and when the clock stood still


@dataclass(frozen=True, slots=True)
class _Limits:
    """Both limits on the calendar of one unit."""

    asked: Replay
    base: Replay
    calendar: WorkingCalendar


@dataclass(slots=True)
class _Group:
    """Dossiers that no limit tells apart: how many, and their outcome under both limits, where there is one."""

    count: int
    outcome: tuple[Replayed, Replayed] | None


@dataclass(slots=True)
class Passage:
    """One simulation on its way through the dossiers that `resolved` finds; `stands` is what a fact tells by then.

    Each dossier is read once. Of a million of them only ids are kept: of those with stops, of those late.
    """

    session: Session
    calendars: CalendarBook
    resolved: ColumnElement[bool]
    stands: ColumnElement[bool]
    tally: Tally
    _limits: dict[int, _Limits] = field(default_factory=dict)
    _groups: dict[_Key, _Group] = field(default_factory=dict)
    _stopped: array[int] = field(default_factory=lambda: array("q"))
    _late: array[int] = field(default_factory=lambda: array("q"))
    _late_days: array[int] = field(default_factory=lambda: array("q"))

    def run(self) -> None:
        """Count everything."""
        for row in self._stream(self._everyone()):
            if row[1]:
                self._stopped.append(row[0])
            else:
                self._join_group(row[0], row[2:])
        self._judge_groups()
        for ids in _chunks(self._stopped):
            self._judge_ledgers(ids)
        for ids in _chunks(range(len(self._late))):
            self._blame_steps({self._late[place]: (self._late_days[place], ()) for place in ids})
        self._blame_nobody()

    # ── Dossiers whose clock never stood still ───────────────────────────────────────────────────

    def _everyone(self) -> Select[Any]:
        fact = DossierFact
        key = (fact.settling_unit_id, *self._minutes(), _BACKWARDS, fact.standing, fact.supplement_requests)
        return _facts(Dossier.id, _HAS_STOPS, *key).where(self.resolved)

    def _minutes(self) -> tuple[ColumnElement[int], ColumnElement[int]]:
        """Return start and end as groups tell them apart: for limits by day only the days matter."""
        limits = (self.tally.limit, self.tally.base)
        by_day = all(limit.is_by_day and limit.unit is not LimitUnit.SAME_DAY for limit in limits)
        moment = local_midnight if by_day else local_minute
        return moment(_STARTED), moment(DossierFact.ended_at)

    def _join_group(self, dossier_id: int, key: _Key) -> None:
        group = self._groups.get(key)
        if group is None:
            if len(self._groups) == _MOST_GROUPS:
                self._judge_groups()
            group = self._groups[key] = _Group(0, self._outcome_of(key))
        group.count += 1
        if group.outcome is not None and group.outcome[0].late_days is not None:
            self._late.append(dossier_id)
            self._late_days.append(group.outcome[0].late_days)

    def _outcome_of(self, key: _Key) -> tuple[Replayed, Replayed] | None:
        unit_id, start, end, backwards, _, requests = key
        return None if backwards else self._replayed(lambda limits: limits.plain(start, end), unit_id, requests)

    def _judge_groups(self) -> None:
        """Count the groups and forget them."""
        for (unit_id, _, _, backwards, standing, requests), group in self._groups.items():
            self._count_now(standing, group.count, impossible=backwards)
            if group.outcome is not None:
                self._judge(group.outcome, group.count, unit_id, "", requests)
        self._groups.clear()

    # ── Dossiers with suspensions or a new appointment ───────────────────────────────────────────

    def _judge_ledgers(self, ids: Sequence[int]) -> None:
        late: dict[int, _Late] = {}
        for dossier_id, rows in groupby(self._stream(self._ledgers(), ids), key=attrgetter("dossier_id")):
            found = self._judge_ledger(list(rows))
            if found is not None:
                late[dossier_id] = found
        self._blame_steps(late)

    def _ledgers(self) -> Select[Any]:
        entry = LedgerEntry
        columns = (Dossier.id.label("dossier_id"), DossierFact.settling_unit_id, _STARTED.label("started_at"),
                   DossierFact.ended_at, DossierFact.standing, DossierFact.supplement_requests, entry.kind,
                   entry.ground, entry.effect, entry.started_at.label("since"), entry.ended_at.label("until"),
                   entry.new_due_at)  # fmt: skip
        joined = self._of_ids(*columns).join(entry, entry.dossier_id == Dossier.id)
        return joined.where(entry.kind.in_(_STOPS)).order_by(Dossier.id, entry.started_at, entry.id)

    def _judge_ledger(self, rows: Sequence[Any]) -> _Late | None:
        one = rows[0]
        impossible = one.ended_at < one.started_at
        self._count_now(one.standing, 1, impossible=impossible)
        if impossible:
            return None
        try:
            ledger = _ledger(rows)
        except RuleBroken:
            return None  # entries that contradict each other, imported so: nothing can be said
        found = self._replayed(lambda limits: limits.of_ledger(ledger), one.settling_unit_id, one.supplement_requests)
        if found is None:
            return None
        ground = _longest_ground(ledger.suspensions)
        self._judge(found, 1, one.settling_unit_id, ground, one.supplement_requests)
        return None if found[0].late_days is None else (found[0].late_days, ledger.suspensions)

    # ── The steps of what is late ────────────────────────────────────────────────────────────────

    def _blame_steps(self, late: Mapping[int, _Late]) -> None:
        hops = self._stream(self._hops(), list(late)) if late else ()
        for dossier_id, rows in groupby(hops, key=itemgetter(0)):
            self._blame_step(list(rows), *late[dossier_id])

    def _hops(self) -> Select[Any]:
        since, left, ended = map(local_minute, (Hop.handed_at, Hop.left_at, DossierFact.ended_at))
        columns = Hop.dossier_id, DossierFact.settling_unit_id, ended, Hop.step_name, Hop.unit_id, since, left
        asked = select(*columns, Hop.allotted_minutes).join(DossierFact, DossierFact.dossier_id == Hop.dossier_id)
        begun = Hop.handed_at < DossierFact.ended_at
        return asked.where(Hop.dossier_id.in_(_IDS), self.stands, begun).order_by(Hop.dossier_id, Hop.ordinal)

    def _blame_step(self, rows: Sequence[Any], late_days: int, stops: Sequence[Suspension]) -> None:
        unit_id, ended = rows[0][1:3]
        calendar = self._of_unit(unit_id).calendar
        held = [one for one in stops if one.effect is not Effect.NONE]
        stood = [(minute_of(one.start), minute_of(one.end or one.start)) for one in held]
        stays = [_stay(row[3:], ended, stood, calendar) for row in rows]
        worst = culprit(stays, self.tally.limit)
        if worst is not None:
            self.tally.blame(CauseOf.STEP, worst.step, late_days, 1)
            self.tally.blame(CauseOf.UNIT, str(unit_id), late_days, -1)
            self.tally.blame(CauseOf.UNIT, str(worst.unit_id), late_days, 1)

    def _blame_nobody(self) -> None:
        """Put what no step tells about under an empty one."""
        late = self.tally.late_by
        named = [one for (by, _), one in self.tally.causes.items() if by is CauseOf.STEP]
        rest = sum(late.values()) - sum(one.dossiers for one in named)
        days = sum(days * count for days, count in late.items()) - sum(one.late_days for one in named)
        if rest:
            self.tally.blame(CauseOf.STEP, "", 0, rest)
            self.tally.causes[CauseOf.STEP, ""].late_days = days

    # ── What all passes share ────────────────────────────────────────────────────────────────────

    def _of_ids(self, *columns: Any) -> Select[Any]:
        """Return the question for dossiers found before: nothing but their ids may lead the planner."""
        return _facts(*columns).where(self.stands, DossierFact.dossier_id.in_(_IDS))

    def _stream(self, asked: Select[Any], ids: Sequence[int] = ()) -> Iterator[Any]:
        """Yield rows past the ORM; `ids` are the dossiers, where the question names some."""
        named = {"ids": ids} if ids else {}
        for rows in self.session.connection().execute(asked, named, execution_options=_AT_ONCE).partitions():
            yield from rows

    def _count_now(self, standing: str, count: int, *, impossible: bool) -> None:
        self.tally.dossiers += count
        if impossible or standing in _UNKNOWN:
            self.tally.unknown_now += count
        elif standing == Standing.LATE:
            self.tally.late_now += count

    def _replayed(self, ask: Any, unit_id: int, requests: int) -> tuple[Replayed, Replayed] | None:
        """Return the outcome under both limits; None where a year of the calendar is missing."""
        limits = self._of_unit(unit_id)
        try:
            then = ask(limits.asked)
            base = then if limits.base is limits.asked else ask(limits.base)
        except CalendarYearMissing as missing:
            self.tally.missing_years.add(int(missing.facts["year"]))
            return None
        if late_for_ever(requests):
            return Replayed(NEVER, then.late_days or 0), Replayed(NEVER, base.late_days or 0)
        return then, base

    def _of_unit(self, unit_id: int) -> _Limits:
        if unit_id not in self._limits:
            calendar, _ = self.calendars.of_unit(self.session, unit_id)
            shared = next((known for known in self._limits.values() if known.calendar is calendar), None)
            self._limits[unit_id] = shared or _limits_on(calendar, self.tally.limit, self.tally.base)
        return self._limits[unit_id]

    def _judge(self, outcome: tuple[Replayed, Replayed], count: int, unit_id: int, ground: str, requests: int) -> None:
        """Count dossiers of one outcome, those late under their unit and the ground of their longest stop."""
        then, base = outcome
        self.tally.judge(then, base.enough, count)
        if then.late_days is not None:
            ground = SECOND_SUPPLEMENT if late_for_ever(requests) else ground
            self.tally.blame(CauseOf.UNIT, str(unit_id), then.late_days, count)
            self.tally.blame(CauseOf.GROUND, ground, then.late_days, count)


def _facts(*columns: Any) -> Select[Any]:
    return select(*columns).select_from(DossierFact).join(Dossier, Dossier.id == DossierFact.dossier_id)


def _chunks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), _ASKED_AT_ONCE):
        yield ids[start : start + _ASKED_AT_ONCE]


def _limits_on(calendar: WorkingCalendar, limit: TimeLimit, base: TimeLimit) -> _Limits:
    asked = Replay(limit, calendar)
    same_unit = base.unit is limit.unit
    return _Limits(asked, asked if same_unit else Replay(base, calendar), calendar)


def _ledger(rows: Iterable[Any]) -> Ledger:
    """Return the ledger of one dossier, without what begins or goes on after its end."""
    entries = list(rows)
    ended: datetime = entries[0].ended_at
    return Ledger(
        entries[0].started_at,
        tuple(
            Suspension(local(row.since), local(min(row.until or ended, ended)), row.ground, Effect(row.effect))
            for row in entries
            if row.kind == "suspension" and row.started_at <= row.since < min(row.until or ended, ended)
        ),
        next(
            (Extension(row.since, row.new_due_at, "") for row in reversed(entries) if row.kind == "extension"), None
        ),
        ended_at=ended,
    )


def _longest_ground(stops: Iterable[Suspension]) -> str:
    spans = [((one.end or one.start) - one.start, one.ground) for one in stops]
    return max(spans, default=(None, ""))[1]


def _stay(row: Any, ended: int, stops: Iterable[tuple[int, int]], calendar: WorkingCalendar) -> Stay:
    """Return one stay; all instants are local minutes."""
    name, unit_id, since, left, allotted = row
    until = ended if left is None else min(left, ended)
    worked = calendar.worked_before
    used = worked(until) - worked(since)
    for held, shut in stops:
        if held < until and shut > since:
            used -= worked(min(shut, until)) - worked(max(held, since))
    return Stay(name, unit_id, used * WRITTEN_DAY // calendar.minutes_a_day, allotted)  # as steps are written
