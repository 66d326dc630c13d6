"""Ticks (lượt chạy): every sweep once, or one sweep by itself; what went wrong is logged, the rest goes on."""

from __future__ import annotations

import os
import socket
from datetime import datetime

import structlog

from app.scheduler.sweeping import Sweep
from app.scheduler.table import SWEEPS
from app.services.running import beat
from app.wiring import House

log = structlog.get_logger("motcua.scheduler")

MOST_ROUNDS = 1_000  # a sweep that always finds more work is a defect, not a reason to hang


def run_once(house: House, at: datetime) -> dict[str, int]:
    """Do everything that is due at `at` and return how much each sweep did; -1 for one that failed."""
    done = {sweep.name: _to_the_end(house, sweep, at) for sweep in SWEEPS}
    show_life(house, done)
    return done


def tick(house: House, sweep: Sweep, at: datetime) -> int:
    """Run one sweep and return how much it did, or -1 when it failed; the next tick tries again."""
    try:
        done = sweep.run(house, at)
    except Exception:  # the scheduler outlives a database that is away
        log.exception("sweep_failed", sweep=sweep.name)
        return -1
    if done:
        log.info("sweep_done", sweep=sweep.name, done=done)
    return done


def show_life(house: House, done: dict[str, int]) -> None:
    """Beat, by the machine's own clock: a simulated time is no sign of life."""
    failed = [name for name, count in done.items() if count < 0]
    detail = f"pid {os.getpid()}" + (f"; lỗi: {', '.join(failed)}" if failed else "")
    with house.unit_of_work() as uow:
        beat(uow, f"scheduler@{socket.gethostname()}", detail, house.clock.now())


def _to_the_end(house: House, sweep: Sweep, at: datetime) -> int:
    """Run a sweep until it finds nothing more: one look takes a bounded number of dossiers."""
    total = 0
    for _ in range(MOST_ROUNDS):
        done = tick(house, sweep, at)
        if done <= 0:
            return total if done == 0 else done
        total += done
    return total
