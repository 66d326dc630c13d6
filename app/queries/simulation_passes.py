"""The passes of a simulation over the database (các lượt đọc): everyone, who stood still, steps of what is late."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Select, String, cast, exists, func, or_, select

from app.db.models import Dossier, DossierFact, LedgerEntry
from app.db.sql_words import local_midnight, local_minute
from app.queries.simulation_judge import Judge
from app.queries.simulation_ledgers import STOPS, Ledgers
from app.queries.simulation_steps import blame_nobody, blame_steps, stays_of
from workflows.limits import LimitUnit

_ASKED_AT_ONCE = 1_000
_fact = DossierFact
_HAS_STOPS = exists().where(LedgerEntry.dossier_id == _fact.dossier_id, LedgerEntry.kind.in_(STOPS))
_BEGAN_ELSEWHERE = _fact.dossier_id.in_(select(Dossier.id).where(Dossier.competent_received_at.is_not(None)))
_BACKWARDS = _fact.ended_at < _fact.received_at  # within a day too, which groups by day do not see


@dataclass(slots=True)
class Passage:
    """One simulation on its way through the facts that `resolved` finds; `stands` is what a fact tells by then.

    Each dossier is read once, from an index alone where its clock ran through; those that no limit tells apart come as
    one row. Of a million of them only ids are kept: of those to be read one by one, of those late.
    """

    judge: Judge
    resolved: ColumnElement[bool]
    stands: ColumnElement[bool]
    _apart: array[int] = field(default_factory=lambda: array("q"))
    _late: array[int] = field(default_factory=lambda: array("q"))
    _late_days: array[int] = field(default_factory=lambda: array("q"))

    def run(self) -> None:
        """Count everything."""
        for count, ids, is_apart, *alike in self.judge.stream(self._everyone()):
            if is_apart:
                self._apart.extend(map(int, ids.split(",")))
            else:
                self._judge_group(count, ids, *alike)
        steps, ledgers = stays_of(self.stands), Ledgers(self.judge, self.stands)
        for ids in _chunks(self._apart):
            blame_steps(self.judge, steps, ledgers.judge_all(ids))
        for places in _chunks(range(len(self._late))):
            late = {self._late[place]: (self._late_days[place], ()) for place in places}
            blame_steps(self.judge, steps, late)
        blame_nobody(self.judge.tally)

    def _everyone(self) -> Select[Any]:
        """Return the question for all: nothing in it that the index on what is resolved does not hold."""
        is_apart = or_(_HAS_STOPS, _BEGAN_ELSEWHERE)
        alike = *self._minutes(), _BACKWARDS, _fact.standing, _fact.supplement_requests
        asked = select(_fact.dossier_id, is_apart, _fact.settling_unit_id, *alike).where(self.resolved).subquery()
        # In two steps: the conditions hold parameters, of which PostgreSQL does not see that they are the same.
        dossier_id, *key = asked.c
        ids = func.aggregate_strings(cast(dossier_id, String), ",")
        return select(func.count(), ids, *key).group_by(*key)

    def _minutes(self) -> tuple[ColumnElement[int], ColumnElement[int]]:
        """Return start and end as groups tell them apart: for limits by day only the days matter."""
        limits = (self.judge.tally.limit, self.judge.tally.base)
        by_day = all(limit.is_by_day and limit.unit is not LimitUnit.SAME_DAY for limit in limits)
        moment = local_midnight if by_day else local_minute
        return moment(_fact.received_at), moment(_fact.ended_at)

    def _judge_group(
        self, count: int, ids: str, unit_id: int, start: int, end: int, backwards: bool, standing: str, requests: int
    ) -> None:
        self.judge.count_now(standing, count, impossible=backwards)
        if backwards:
            return
        outcome = self.judge.replayed(lambda replay: replay.plain(start, end), unit_id, requests)
        if outcome is None:
            return
        self.judge.judge(outcome, count, unit_id, "", requests)
        if outcome[0].late_days is not None:
            self._late.extend(map(int, ids.split(",")))
            self._late_days.extend([outcome[0].late_days] * count)


def _chunks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), _ASKED_AT_ONCE):
        yield ids[start : start + _ASKED_AT_ONCE]
