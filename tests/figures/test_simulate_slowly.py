"""A simulation against the slow way: each dossier by itself, nothing grouped, nothing left to the database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from random import Random
from typing import Any

import pytest
from sqlalchemy import insert, select

from app.cli.simulation_crew import shared
from app.db.models import Dossier, DossierFact, Hop, LedgerEntry, Unit
from app.domain.periods import Period
from app.domain.simulation import SECOND_SUPPLEMENT, Stay, culprit
from app.queries import simulation_passes
from app.queries.simulation import simulate
from app.wiring import House
from tests.figures.histories import SOMEBODY, World, make_world, rewrite
from tests.figures.plain_facts import fact
from workflows.calendar import VIETNAM, WorkingCalendar
from workflows.deadlines import Standing
from workflows.errors import CalendarYearMissing, RuleBroken
from workflows.ledger import Effect, Extension, Ledger, Suspension
from workflows.limits import WRITTEN_DAY, LimitUnit, TimeLimit
from workflows.replay import NEVER, Replay, Replayed

PERIOD = Period(date(2026, 10, 1), date(2026, 12, 1))
MONDAY = datetime(2026, 10, 5, 8, tzinfo=VIETNAM)
FROM_ELSEWHERE = MONDAY + timedelta(days=1, hours=3)
LIMITS = ("3 working days", "4 days", "1 months", "10 working hours", "30 hours", "same day", "400 working days")
JUDGED = {Standing.EARLY, Standing.ON_TIME, Standing.LATE}


@dataclass
class Slowly:
    """What is counted, one dossier after the other."""

    dossiers: int = 0
    unknown_now: int = 0
    late_now: int = 0
    missing_years: set[Any] = field(default_factory=set)
    needs: list[int] = field(default_factory=list)
    late: list[int] = field(default_factory=list)
    causes: dict[tuple[str, str], Counter[str]] = field(default_factory=dict)

    def blame(self, by: str, name: str, late_days: int) -> None:
        self.causes.setdefault((by, name), Counter()).update(dossiers=1, late_days=late_days)


@pytest.fixture
def crowd(house: House) -> World:
    """Sixty dossiers; three of them reached the agency that settles them a day after their reception."""
    world = make_world(house, 60)
    with house.unit_of_work() as uow:
        for dossier_id in world.dossiers[:3]:
            dossier = uow.session.get_one(Dossier, dossier_id)
            dossier.competent_received_at = FROM_ELSEWHERE
            uow.record("dossier:competent_received", dossier, SOMEBODY, FROM_ELSEWHERE)
    return world


@pytest.mark.parametrize("seed", range(3))
def test_what_is_counted_in_groups_is_what_is_counted_one_by_one(house, crowd, monkeypatch, seed) -> None:
    dice = Random(seed)
    monkeypatch.setattr(simulation_passes, "_ASKED_AT_ONCE", 4)
    _live(house, crowd, dice)
    for words in LIMITS:
        limit = TimeLimit.parse(words, cutoff=None)
        with house.reading() as session:
            found = simulate(session, house.calendars, PERIOD, procedure_code="1.999999", limit=limit)
            slow = _one_by_one(session, house, limit)
        assert found.late_then == len(slow.late), words
        assert (found.dossiers, found.late_now, found.unknown_now) == (slow.dossiers, slow.late_now, slow.unknown_now)
        assert found.judged == len(slow.needs)
        assert found.missing_years == tuple(sorted(slow.missing_years))
        assert dict(found.late_by) == Counter(slow.late)
        assert found.on_time_with == _on_time_with(slow.needs)
        for percent, shortest in found.shortest.items():
            assert (shortest.amount if shortest else None) == _shortest(slow.needs, percent, words), words
        base = Replay(found.base, _calendar(house))
        assert base.limit == limit  # none of them has one of its own
        for row in found.comparison:
            amount = 0 if words == "same day" else row.limit.amount
            assert row.late == sum(need > amount for need in slow.needs)
        told = {(one.by.value, one.key): {"dossiers": one.dossiers, "late_days": one.late_days} for one in found.causes}
        assert told == {cause: dict(counted) for cause, counted in slow.causes.items()}, words


def test_two_processes_count_together_what_one_counts(house, crowd) -> None:
    _live(house, crowd, Random(7))
    with house.reading() as session:
        asked = partial(simulate, session, house.calendars, PERIOD, procedure_code="1.999999")
        limit = TimeLimit.parse("3 working days", cutoff=None)
        alone = asked(limit=limit)
        assert asked(limit=limit, counted=shared(house.settings, at_least=1)) == alone
    assert alone.late_then > 10
    assert len(alone.causes) > 3


@pytest.mark.parametrize("seed", range(3))
def test_the_base_is_the_limit_that_most_of_them_had(house, crowd, seed) -> None:
    dice = Random(seed)
    with house.unit_of_work() as uow:
        for dossier_id in crowd.dossiers[:-2]:
            dossier = uow.session.get_one(Dossier, dossier_id)
            dossier.statutory_limit = dice.choice((None, None, "5 working days", "7 days", "same day"))
            dossier.committed_limit = dice.choice((None, "30 hours"))
            dossier.limit_cutoff = dice.choice((None, "14:00"))
            uow.record("dossier:limits_drawn", dossier, SOMEBODY, FROM_ELSEWHERE)
    _live(house, crowd, dice)
    with house.reading() as session:
        limit = TimeLimit.parse("3 working days")
        found = simulate(session, house.calendars, PERIOD, procedure_code="1.999999", limit=limit)
        had = Counter(
            (dossier.statutory_limit or dossier.committed_limit, dossier.limit_cutoff or "")
            for dossier in (session.get_one(Dossier, known.dossier_id) for known in _resolved(session))
            if dossier.statutory_limit or dossier.committed_limit
        )
        (text, cutoff), _ = min(had.items(), key=lambda one: (-one[1], one[0]))
        assert found.base == TimeLimit.parse(text, cutoff=cutoff or None)
        slow = _one_by_one(session, house, found.base)
    for row in found.comparison:
        amount = 0 if row.limit.unit is LimitUnit.SAME_DAY else row.limit.amount
        assert row.late == sum(need > amount for need in slow.needs), row


def _live(house: House, crowd: World, dice: Random) -> None:
    """Let the crowd live any lives: facts, suspensions and new appointments, steps."""
    rewrite(house, [_fact(dice, crowd, dossier_id) for dossier_id in crowd.dossiers])
    with house._sessions() as session:
        session.execute(insert(LedgerEntry), [one for d in crowd.dossiers for one in _entries(dice, d)])
        session.execute(insert(Hop), [one for d in crowd.dossiers for one in _hops(dice, crowd, d)])
        session.commit()


def _one_by_one(session: Any, house: House, limit: TimeLimit) -> Slowly:
    slow, calendar = Slowly(), _calendar(house)
    for known in _resolved(session):
        dossier = session.get_one(Dossier, known.dossier_id)
        slow.dossiers += 1
        started = dossier.competent_received_at or known.received_at
        backwards = known.ended_at < started
        slow.unknown_now += backwards or known.standing not in JUDGED
        slow.late_now += not backwards and known.standing == Standing.LATE
        entries = _of(session, LedgerEntry, dossier.id, LedgerEntry.started_at, LedgerEntry.id)
        ledger = None if backwards else _ledger(started, known.ended_at, entries)
        if ledger is None:
            continue
        _judge(slow, session, known, ledger, calendar=calendar, limit=limit)
    return slow


def _resolved(session: Any) -> Iterator[DossierFact]:
    """Yield the facts of what the period resolved and everybody sees."""
    for known in session.scalars(select(DossierFact).order_by(DossierFact.id)):
        is_counted = known.received_at < PERIOD.end and known.ended_at is not None and known.ended_at < PERIOD.end
        is_of_period = is_counted and (known.received_at >= PERIOD.start or known.ended_at >= PERIOD.start)
        if is_of_period and session.get_one(Dossier, known.dossier_id).is_published:
            yield known


def _judge(
    slow: Slowly, session: Any, known: DossierFact, ledger: Ledger, *, calendar: WorkingCalendar, limit: TimeLimit
) -> None:
    try:
        found = Replay(limit, calendar).of_ledger(ledger)
    except CalendarYearMissing as missing:
        slow.missing_years.add(missing.facts["year"])
        return
    if known.supplement_requests > 1:
        found = Replayed(NEVER, found.late_days or 0)
    slow.needs.append(found.enough)
    if found.late_days is None:
        return
    slow.late.append(found.late_days)
    longest = max(((one.end - one.start, one.ground) for one in ledger.suspensions), default=(None, ""))[1]
    slow.blame("ground", SECOND_SUPPLEMENT if known.supplement_requests > 1 else longest, found.late_days)
    hops = [hop for hop in _of(session, Hop, known.dossier_id, Hop.ordinal) if hop.handed_at < known.ended_at]
    stays = [_stay(hop, ledger, calendar) for hop in hops]
    worst = culprit(stays, limit)
    slow.blame("step", worst.step if worst else "", found.late_days)
    unit = session.get_one(Unit, worst.unit_id if worst else known.settling_unit_id)
    slow.blame("unit", unit.code, found.late_days)


def _stay(hop: Hop, ledger: Ledger, calendar: WorkingCalendar) -> Stay:
    until = min(hop.left_at or ledger.ended_at, ledger.ended_at)
    stops = [one for one in ledger.suspensions if one.effect is not Effect.NONE]
    used = calendar.working_minutes_between(hop.handed_at, until)
    for one in stops:
        since, stop = max(one.start, hop.handed_at), min(one.end, until)
        used -= calendar.working_minutes_between(since, stop) if since < stop else 0
    return Stay(hop.step_name, hop.unit_id, used * WRITTEN_DAY // calendar.minutes_a_day, hop.allotted_minutes)


def _ledger(started: datetime, ended: datetime, entries: Sequence[LedgerEntry]) -> Ledger | None:
    """Return the ledger of what happened until the end; None where its entries contradict each other."""
    stops = [one for one in entries if one.kind == "suspension" and started <= one.started_at]
    closed = [Suspension(one.started_at, min(one.ended_at or ended, ended), one.ground, Effect(one.effect))
              for one in stops if one.started_at < min(one.ended_at or ended, ended)]  # fmt: skip
    appointed = [Extension(one.started_at, one.new_due_at, "") for one in entries if one.kind == "extension"]
    try:
        return Ledger(started, tuple(closed), appointed[-1] if appointed else None, ended_at=ended)
    except RuleBroken:
        return None


def _on_time_with(needs: Sequence[int]) -> tuple[tuple[int, int], ...]:
    return tuple((amount, sum(need <= amount for need in needs)) for amount in sorted(set(needs)) if amount < NEVER)


def _shortest(needs: Sequence[int], percent: int, words: str) -> int | None:
    wanted = percent * len(needs)
    amount = next((one for one in sorted(set(needs)) if sum(need <= one for need in needs) * 100 >= wanted), NEVER)
    if amount >= NEVER:
        return None
    return amount or (1 if words == "same day" else None)


def _of(session: Any, model: type[Any], dossier_id: int, *order: Any) -> Sequence[Any]:
    return session.scalars(select(model).where(model.dossier_id == dossier_id).order_by(*order)).all()


def _calendar(house: House) -> WorkingCalendar:
    with house.reading() as session:
        return house.calendars.named(session, "mac-dinh")


def _fact(dice: Random, world: World, dossier_id: int) -> Mapping[str, Any]:
    """A dossier of a few mornings, so that many are alike; one in ten ends before its reception."""
    received = MONDAY + timedelta(days=dice.randrange(4), minutes=dice.choice((0, 30, 180, 450)))
    lasted = timedelta(days=dice.randrange(9), minutes=dice.choice((-200, 0, 90, 400)))
    return fact(
        world,
        dossier_id,
        received_at=received,
        ended_at=dice.choice((received + lasted,) * 9 + (None,)),
        standing=dice.choice(sorted(Standing)).value,
        settling_unit_id=dice.choice(world.communes),
        supplement_requests=dice.choice((0, 0, 0, 1, 2)),
    )


def _entries(dice: Random, dossier_id: int) -> Iterator[dict[str, Any]]:
    """No entry mostly; else stops that may touch, overlap, stay open or go on after the end, and new appointments."""
    for _ in range(dice.choice((0, 0, 1, 1, 2, 3))):
        start = MONDAY + timedelta(days=dice.randrange(8), minutes=dice.choice((0, 200, 500)))
        end = dice.choice((None, *[start + timedelta(minutes=n) for n in (0, 300, 1500, 4000)]))
        ground = dice.choice(("supplement", "payment", "consultation"))
        effect = {"supplement": "restart", "payment": "subtract"}.get(ground, "none")
        extends = dice.random() < 0.2
        yield {"dossier_id": dossier_id, "kind": "extension" if extends else "suspension", "started_at": start,
               "ground": "" if extends else ground, "effect": "none" if extends else effect,
               "ended_at": None if extends else end,
               "new_due_at": start + timedelta(days=5) if extends else None}  # fmt: skip


def _hops(dice: Random, world: World, dossier_id: int) -> Iterator[dict[str, Any]]:
    """Steps of a control slip, some without allotted time, some begun after the end, the last one never left."""
    at = MONDAY
    for ordinal in range(1, dice.choice((0, 1, 4)) + 1):
        left = at + timedelta(minutes=dice.choice((100, 700, 3000)))
        yield {"dossier_id": dossier_id, "ordinal": ordinal, "step_ordinal": ordinal, "step_name": f"Bước {ordinal}",
               "role": "clerk", "unit_id": dice.choice(world.units), "handed_at": at,
               "left_at": None if ordinal == 4 else left, "allotted_minutes": dice.choice((0, 240, 480)),
               "from_name": "", "user_name": "", "action": "", "note": "", "outcome": ""}  # fmt: skip
        at = left
