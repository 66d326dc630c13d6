"""The process: it starts, beats, ends when asked or left alone, refuses a false time, and outlives a set clock."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from app.clock import SystemClock
from app.db.models import Heartbeat
from app.demo_past import lived_through
from app.scheduler.process import build, wake
from app.scheduler.table import SWEEPS
from app.scheduler.ticks import run_once
from tests.scheduler.words import effects, events, local
from tests.support.seeded import SINGLE, Desk

ROOT = Path(__file__).parents[2]
PATIENCE = 40.0  # seconds: a busy machine takes long to load the printers


def started(*arguments: str, **environment: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "app.scheduler", *arguments]
    return subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environment}, stderr=subprocess.PIPE)


def eventually(true: Callable[[], bool]) -> bool:
    """Wait until something is true; False when patience ends."""
    end = time.monotonic() + PATIENCE
    while not true():
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True


def beats(desk: Desk) -> bool:
    with desk.house.reading() as session:
        return session.scalars(select(Heartbeat)).first() is not None


def test_it_beats_and_ends_within_seconds_of_being_asked(desk: Desk) -> None:
    with started() as process:
        assert eventually(lambda: beats(desk))
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=10)
    assert process.returncode == 0, said.decode()
    assert "Traceback" not in said.decode()


def test_it_ends_when_the_one_who_started_it_is_gone(desk: Desk) -> None:
    with started("--parent", "1") as process:  # our parent is the test, never process 1
        _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, said.decode()


def test_a_simulated_time_is_for_invented_houses_only(desk: Desk) -> None:
    with started("--once", "--at", "2027-01-01T08:00", MOTCUA_DEMO="0") as process:
        _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == 2
    assert "--at chỉ dùng cho nhà mẫu" in said.decode()


def test_one_tick_at_a_time(desk: Desk) -> None:
    dossier = desk.receive(SINGLE).dossier_id
    with started("--once", "--at", "2026-11-27T00:00", MOTCUA_DEMO="1") as process:
        _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, said.decode()
    assert "dossier:late" in events(desk, dossier)


@pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(days=400)])
def test_a_clock_that_is_set_back_repeats_nothing(desk: Desk, back: timedelta) -> None:
    dossier = desk.receive(SINGLE).dossier_id
    late = local("Friday 2026-11-27 08:00")
    run_once(desk.house, late)
    done = effects(desk, dossier)
    for at in (late - back, late, late - back, late + timedelta(minutes=1)):
        run_once(desk.house, at)
    assert effects(desk, dossier) == done


def test_a_set_clock_wakes_every_sweep(desk: Desk) -> None:
    scheduler = build(desk.house)
    scheduler.start(paused=True)
    try:
        for job in scheduler.get_jobs():
            job.modify(next_run_time=SystemClock().now() + timedelta(days=1))  # as after a clock set back
        wake(scheduler)
        waiting = {job.id: job.next_run_time for job in scheduler.get_jobs()}
    finally:
        scheduler.shutdown(wait=False)
    assert set(waiting) == {sweep.name for sweep in SWEEPS} | {"heartbeat"}
    assert max(waiting.values()) <= SystemClock().now()


def test_while_a_demo_lives_through_its_past_no_sweep_of_the_present_touches_it(desk: Desk) -> None:
    number = desk.receive(SINGLE).dossier_id
    desk.clock.set(local("Monday 2026-11-30 09:00"))
    lateness = build(desk.house).get_job("record_lateness")
    with lived_through(desk.house.settings.home):
        lateness.func(*lateness.args)
        assert effects(desk, number, "late") == []
    lateness.func(*lateness.args)
    assert effects(desk, number, "late") == ["late:late"]
