"""Dossiers whose clock stood still, or began elsewhere (hồ sơ có tạm dừng), replayed one by one in a simulation.

Most of them stood still once: that is told in minutes, without a ledger. The others are read again, whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select

from app.db.models import Dossier, DossierFact, LedgerEntry
from app.db.sql_words import among, local_minute
from app.queries.simulation_judge import STARTED, Judge, Late, Outcome, Stops
from workflows.errors import RuleBroken
from workflows.instants import local, minute_of
from workflows.ledger import Effect, Extension, Ledger, Suspension

STOPS = ("suspension", "extension")
_GIVES_NOTHING = Effect.NONE.value
_since, _until = LedgerEntry.started_at, LedgerEntry.ended_at
_IS_HELD = and_(
    _since >= STARTED, _since < DossierFact.ended_at, or_(_until.is_(None), _until > _since)
)  # while the clock ran
_OF_DOSSIER = (Dossier.id.label("dossier_id"), DossierFact.settling_unit_id, DossierFact.standing,
               DossierFact.supplement_requests, (DossierFact.ended_at < STARTED).label("impossible"))  # fmt: skip


class Ledgers:
    """Judges dossiers by what their ledgers say; its questions are built once."""

    def __init__(self, judge: Judge, stands: ColumnElement[bool]) -> None:
        self._judge = judge
        self._briefly, self._whole = _briefly(stands), _whole(stands)

    def judge_all(self, ids: Sequence[int]) -> dict[int, Late]:
        """Count these dossiers; return those that are late."""
        late: dict[int, Late] = {}
        tangled: list[int] = []
        for dossier_id, rows in groupby(self._judge.stream(self._briefly, ids), key=itemgetter(0)):
            first, *others = rows
            if others or first.kind == "extension":
                tangled.append(dossier_id)
            elif (found := _judge_one(self._judge, first)) is not None:
                late[dossier_id] = found
        return late | self._judge_whole(tangled)

    def _judge_whole(self, ids: Sequence[int]) -> dict[int, Late]:
        by_dossier = groupby(self._judge.stream(self._whole, ids) if ids else (), key=itemgetter(0))
        found = {dossier_id: _judge_ledger(self._judge, list(rows)) for dossier_id, rows in by_dossier}
        return {dossier_id: late for dossier_id, late in found.items() if late is not None}


def _briefly(stands: ColumnElement[bool]) -> Select[Any]:
    minutes = {"started": STARTED, "ended": DossierFact.ended_at, "since": _since, "until": _until}
    entry = LedgerEntry
    columns = (entry.kind, entry.ground, entry.effect, _IS_HELD.label("is_held"))
    asked = _of_ids(stands, *columns, *(local_minute(moment).label(name) for name, moment in minutes.items()))
    joined = asked.outerjoin(entry, and_(entry.dossier_id == Dossier.id, entry.kind.in_(STOPS)))
    return joined.order_by(Dossier.id)


def _whole(stands: ColumnElement[bool]) -> Select[Any]:
    entry = LedgerEntry
    columns = (STARTED.label("started_at"), DossierFact.ended_at, entry.kind, entry.ground, entry.effect,
               entry.started_at.label("since"), entry.ended_at.label("until"), entry.new_due_at)  # fmt: skip
    joined = _of_ids(stands, *columns).join(entry, and_(entry.dossier_id == Dossier.id, entry.kind.in_(STOPS)))
    return joined.order_by(Dossier.id, entry.started_at, entry.id)


def _of_ids(stands: ColumnElement[bool], *columns: Any) -> Select[Any]:
    """Return the question for dossiers found before: nothing but their ids may lead the planner."""
    asked = select(*_OF_DOSSIER, *columns).select_from(DossierFact).join(Dossier, Dossier.id == DossierFact.dossier_id)
    return asked.where(stands, among(DossierFact.dossier_id, "ids"))


def _judge_one(judge: Judge, row: Any) -> Late | None:
    """Count a dossier that stood still once at most."""
    (_, unit_id, standing, requests, impossible, _, ground, effect, is_held, start, ended, since, until) = row
    judge.count_now(standing, 1, impossible=impossible)
    if impossible:
        return None
    stops: Stops = ()
    if is_held and effect != _GIVES_NOTHING:
        stops = ((since, ended if until is None else min(until, ended)),)
    found = judge.replayed(lambda replay: replay.stopped(start, ended, stops), unit_id, requests)
    return _judged(judge, found, unit_id, ground if is_held else "", requests, stops=stops)


def _judge_ledger(judge: Judge, rows: Sequence[Any]) -> Late | None:
    one = rows[0]
    judge.count_now(one.standing, 1, impossible=one.impossible)
    if one.impossible:
        return None
    try:
        ledger = _ledger(rows)
    except RuleBroken:
        return None  # entries that contradict each other, imported so: nothing can be said
    stops = [
        (minute_of(one.start), minute_of(one.end or one.start))
        for one in ledger.suspensions
        if one.effect is not Effect.NONE
    ]
    unit_id, requests = one.settling_unit_id, one.supplement_requests
    found = judge.replayed(lambda replay: replay.of_ledger(ledger), unit_id, requests)
    return _judged(judge, found, unit_id, _longest(ledger.suspensions), requests, stops=stops)


def _judged(
    judge: Judge, found: Outcome | None, unit_id: int, ground: str, requests: int, *, stops: Stops
) -> Late | None:
    if found is None:
        return None
    judge.judge(found, 1, unit_id, ground, requests)
    return None if found[0].late_days is None else (found[0].late_days, stops)


def _ledger(rows: Sequence[Any]) -> Ledger:
    """Return the ledger of one dossier, without what begins or goes on after its end."""
    ended: datetime = rows[0].ended_at
    return Ledger(
        rows[0].started_at,
        tuple(
            Suspension(local(row.since), local(min(row.until or ended, ended)), row.ground, Effect(row.effect))
            for row in rows
            if row.kind == "suspension" and row.started_at <= row.since < min(row.until or ended, ended)
        ),
        next((Extension(row.since, row.new_due_at, "") for row in reversed(rows) if row.kind == "extension"), None),
        ended_at=ended,
    )


def _longest(stops: Iterable[Suspension]) -> str:
    spans = [((one.end or one.start) - one.start, one.ground) for one in stops]
    return max(spans, default=(None, ""))[1]
