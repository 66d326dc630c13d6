"""Schedulers that are killed at any moment, four at once: every effect exactly once, none missed, no half batch."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import Select, select

from app.db.models import Dossier, Effect, Event, OutboxMessage
from app.domain.chain import GENESIS
from app.scheduler.ticks import run_once
from tests.scheduler.words import local
from tests.support.seeded import SINGLE, Desk

ROOT = Path(__file__).parents[2]
DOSSIERS, SECONDS, LEAST_KILLS = 16, 12, 8

# Received Monday 23 November 08:30, the 24th is a holiday: due at the end of Thursday 26.
TIMES = (
    "Wednesday 2026-11-25 07:30",
    "Thursday 2026-11-26 11:00",
    "Friday 2026-11-27 00:00",
    "Friday 2026-11-27 09:00",
    "Monday 2026-11-30 09:00",
)
EACH_ONCE = [
    "apology_draft",
    "late",
    "step_late",
    "stuck",
    "warn:share-25",
    "warn:hours-4",
    "warn:due",
    "warn:late-20261127",
    "warn:late-20261130",
]


def test_four_schedulers_killed_at_random_leave_each_effect_once(desk: Desk) -> None:
    received = [desk.receive(SINGLE).dossier_id for _ in range(DOSSIERS)]
    assert slaughter() >= LEAST_KILLS, "hardly anybody was killed at work: the test has shown nothing"
    for moment in TIMES:
        run_once(desk.house, desk.clock.set(local(moment)))
    for dossier_id in received:
        assert Counter(names(desk, dossier_id)) == Counter(EACH_ONCE)
    whole_chains(desk, received)
    with desk.house.reading() as session:
        apologies = session.scalars(select(OutboxMessage.dossier_id).where(OutboxMessage.template == "apology")).all()
    assert Counter(apologies) == Counter(received)


def slaughter() -> int:
    """Let crowds of schedulers tick and be killed at each of the times; return how many died at work."""
    times = [local(moment).isoformat() for moment in TIMES]
    command = [sys.executable, "-m", "tests.scheduler.slaughter", "20261126", str(SECONDS), *times]
    done = subprocess.run(command, cwd=ROOT, env=dict(os.environ), check=True, capture_output=True, text=True)
    return int(done.stdout.splitlines()[-1])


def names(desk: Desk, dossier_id: int) -> list[str]:
    """Return a dossier's effects by kind, and by rung where it has rungs."""
    with desk.house.reading() as session:
        rows: Sequence[Effect] = session.scalars(effects_on(dossier_id)).all()
    return [f"warn:{row.occasion.split('@')[0]}" if row.kind == "warn" else row.kind for row in rows]


def effects_on(dossier_id: int) -> Select[tuple[Effect]]:
    """Ask for a dossier's effects; a unit's report has some too, under its number, which may be the same."""
    return select(Effect).where(Effect.subject == str(dossier_id), Effect.kind != "report_ready")


def whole_chains(desk: Desk, dossier_ids: list[int]) -> None:
    """Check that each dossier's events follow one another without gap, and that each effect has its event."""
    with desk.house.reading() as session:
        for dossier_id in dossier_ids:
            chain = session.scalars(select(Event).where(Event.dossier_id == dossier_id).order_by(Event.seq)).all()
            assert [event.seq for event in chain] == list(range(1, len(chain) + 1))
            assert [event.previous for event in chain] == [GENESIS, *(event.hash for event in chain[:-1])]
            assert session.get_one(Dossier, dossier_id).event_seq == len(chain)
            done = session.scalars(effects_on(dossier_id)).all()
            assert len(done) == sum(event.actor_kind == "scheduler" for event in chain)
