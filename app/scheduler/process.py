"""The process (tiến trình lập lịch): APScheduler wakes each sweep; this file watches clock, parent and signals.

The store is in memory: what is due stands in the database, so a lost wake-up costs a minute, never an effect.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from datetime import UTC, datetime, timedelta
from types import FrameType

import structlog
from apscheduler.schedulers.background import BackgroundScheduler

from app.clock import SystemClock
from app.demo_past import is_lived_through
from app.scheduler.table import SWEEPS, WORKSHOP
from app.scheduler.ticks import show_life, tick
from app.wiring import House

log = structlog.get_logger("motcua.scheduler")

MACHINE = SystemClock()  # APScheduler lives by the machine's clock, whatever time the house has
WATCH_SECONDS = 1.0
JUMP = timedelta(seconds=30)
BEAT = timedelta(seconds=30)
THREADS = 3


def serve(house: House, *, parent: int | None = None) -> None:
    """Run until SIGTERM, SIGINT, or until the process that started us is gone."""
    stopping = threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        stopping.set()

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, stop)
    scheduler = build(house)
    scheduler.start()
    log.info("scheduler_started", sweeps=len(SWEEPS))
    _watch(scheduler, stopping, parent)
    WORKSHOP.close()
    scheduler.shutdown(wait=True)
    log.info("scheduler_stopped")


def build(house: House) -> BackgroundScheduler:
    """Return a scheduler with one job for each sweep and one for the heartbeat; none runs beside itself."""
    defaults = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
    threads = {"default": {"type": "threadpool", "max_workers": THREADS}}
    scheduler = BackgroundScheduler(job_defaults=defaults, executors=threads, timezone=UTC)
    results: dict[str, int] = {}

    def run(name: str) -> None:
        sweep = next(one for one in SWEEPS if one.name == name)
        if not is_lived_through(house.settings.home):
            results[name] = tick(house, sweep, house.clock.now())

    for sweep in SWEEPS:
        _every(scheduler, run, sweep.every, sweep.name, args=[sweep.name])
    _every(scheduler, lambda: show_life(house, results), BEAT, "heartbeat", args=[])
    return scheduler


def _every(scheduler: BackgroundScheduler, run: object, every: timedelta, name: str, *, args: list[str]) -> None:
    first = MACHINE.now()
    scheduler.add_job(run, "interval", seconds=every.total_seconds(), id=name, args=args, next_run_time=first)


def _watch(scheduler: BackgroundScheduler, stopping: threading.Event, parent: int | None) -> None:
    """Wait for the end; when the machine's clock was set, wake every sweep at once.

    Interval triggers count in wall-clock time: a clock set back by a day would silence them for that day.
    """
    offset = _offset()
    while not stopping.wait(WATCH_SECONDS):
        if parent is not None and os.getppid() != parent:
            return
        if abs(_offset() - offset) > JUMP:
            offset = _offset()
            wake(scheduler)
            log.warning("clock_was_set")


def wake(scheduler: BackgroundScheduler) -> None:
    """Let every job run now."""
    for job in scheduler.get_jobs():
        job.modify(next_run_time=MACHINE.now())


def _offset() -> timedelta:
    """Return how far the wall clock is from the clock that nobody sets."""
    return MACHINE.now() - datetime(1970, 1, 1, tzinfo=UTC) - timedelta(seconds=time.monotonic())
