"""Real schedulers that die at any point, four at once, on clocks that jump: every effect exactly once, none missed."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path

from sqlalchemy import select

from app.db.models import Effect, OutboxMessage
from app.scheduler.ticks import run_once
from tests.scheduler.cast import EXPECTED, LADDER, each_once, play
from tests.scheduler.words import local
from tests.support.house import MONDAY_MORNING
from tests.support.seeded import SINGLE, Desk

ROOT = Path(__file__).parents[2]
SECONDS, LEAST_KILLS = 10, 8

TIMES = (
    "Wednesday 2026-11-25 07:30",
    "Thursday 2026-11-26 11:00",
    "Friday 2026-11-27 00:00",
    "Friday 2026-11-27 09:00",
    "Friday 2026-11-27 08:00",  # somebody set the clock back an hour
    "Monday 2026-11-30 09:00",  # and forward
)


def test_four_schedulers_killed_at_random_leave_each_effect_once(desk: Desk) -> None:
    owed = play(desk, 8)
    assert killed("slaughter", "20261126", str(SECONDS), *moments(*TIMES)) >= LEAST_KILLS, "hardly anybody was killed"
    for moment in TIMES:
        run_once(desk.house, desk.clock.set(local(moment)))
    each_once(desk, owed)
    with desk.house.reading() as session:
        apologies = session.scalars(select(OutboxMessage.dossier_id).where(OutboxMessage.template == "apology")).all()
    assert Counter(apologies) == Counter(one for one, effects in owed.items() if "apology_draft" in effects)


def test_after_a_week_without_power_and_killed_at_every_point_all_is_caught_up_in_order(desk: Desk) -> None:
    """From Monday to Monday nobody ran. Each kind of effect comes by its due time, however often it is cut short."""
    for moment in ("Thursday 2026-11-26 09:00", "Wednesday 2026-11-25 09:00"):  # numbered against the order of time
        desk.clock.set(local(moment))
        desk.receive(SINGLE)
    desk.clock.set(MONDAY_MORNING)
    owed = play(desk, 2)
    assert killed("cut_short", *moments("Monday 2026-11-30 09:00")) >= LEAST_KILLS
    each_once(desk, owed)
    with desk.house.reading() as session:
        rows = session.scalars(select(Effect).where(Effect.subject.not_in(stood_still(owed))).order_by(Effect.id)).all()
    for kind in {row.kind for row in rows} - {"warn"}:  # a dossier's rungs are one act
        times = [row.due_for for row in rows if row.kind == kind]
        assert all(before <= after for before, after in pairwise(times)), kind


def stood_still(owed: dict[int, tuple[str, ...]]) -> list[str]:
    """Return the dossiers whose step is found by its first due time and given more when it is looked at."""
    return [str(one) for one, effects in owed.items() if "end_suspension" in effects]


def killed(script: str, *arguments: str) -> int:
    """Run one of the scripts beside this file and return how many processes died at work."""
    command = [sys.executable, "-m", f"tests.scheduler.{script}", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=dict(os.environ), check=True, capture_output=True, text=True)
    return int(done.stdout.splitlines()[-1])


def moments(*texts: str) -> list[str]:
    return [local(text).isoformat() for text in texts]


def test_the_cast_knows_every_effect_of_the_ladder() -> None:
    """A new kind of effect on dossiers needs its part in the cast."""
    known = {name.partition(":")[0] for effects in (LADDER, *EXPECTED.values()) for name in effects}
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "app" / "services" / "sweeps").glob("*.py")]
    kinds = {found for text in sources for found in re.findall(r'^KIND = "(\w+)"', text, re.M)}
    assert kinds == known
